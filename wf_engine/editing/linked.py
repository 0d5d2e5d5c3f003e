"""Linked editing: a name that is being written where it is made, and the places of its document that use it."""

from wf_engine.editing.references import highlights
from wf_engine.text import Span
from wf_engine.workspace import Workspace


def linked(workspace: Workspace, path: str, offset: int) -> tuple[Span, ...]:
    """The ranges of a file that hold the same name as the definition at an offset; none elsewhere.

    Where a name is used, who changes it means another one.
    """
    file, found = workspace.files.get(path), highlights(workspace, path, offset)
    if file is None:
        return ()
    own = next(
        (each.location.span for each in found if each.role == "definition" and each.location.span.contains(offset)),
        None,
    )
    if own is None:
        own = next(
            (each.location.span for each in found if each.role == "definition" and each.location.span.end == offset),
            None,
        )
    if own is None:
        return ()
    name = file.text.slice(own)
    spans = {each.location.span for each in found if file.text.slice(each.location.span) == name}
    return tuple(sorted(spans)) if len(spans) > 1 else ()
