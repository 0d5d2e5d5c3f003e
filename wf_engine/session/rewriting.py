"""Files put into another form that says the same: laid out anew, or in today's spelling."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from wf_engine.checks import OLD_CODES
from wf_engine.editing import format_document
from wf_engine.language import GROUPS, group_of
from wf_engine.language.envelope import record_of
from wf_engine.language.shapes import Obj
from wf_engine.language.spellings import meaning
from wf_engine.session.fixing import mended
from wf_engine.syntax import Document, Map, tokens
from wf_engine.text import Edit, Location, Span
from wf_engine.workspace import SourceFile, Workspace
from wf_engine.workspace.settings import Checks


class LeftAlone(NamedTuple):
    """A file that was not rewritten, and why."""

    location: Location
    reason: str


class Rewritten(NamedTuple):
    """The workspace with files rewritten, and those of them that were left alone."""

    workspace: Workspace
    left: tuple[LeftAlone, ...] = ()


def laid_out(workspace: Workspace, paths: Iterable[str]) -> Rewritten:
    """The workspace with files laid out as its settings say (language §11)."""
    left = []
    for path in paths:
        file = workspace.files[path].file
        found = format_document(file, workspace.settings.format)
        if found.refusal is not None:
            left.append(LeftAlone(Location(path, found.span or Span(0, 0)), found.refusal))
        for edit in reversed(found.edits):
            workspace = workspace.edited(path, edit)
    return Rewritten(workspace, tuple(left))


def migrated(workspace: Workspace, paths: Iterable[str]) -> Rewritten:
    """The workspace with files in today's spelling (language §10): the fixes of old spellings applied, no others.

    A file that would say anything else then, or lose a comment or an anchor, is left alone.
    """
    files = tuple(paths)
    plain = workspace.with_settings(replace(workspace.settings, checks=Checks()))
    now = mended(plain, files, OLD_CODES).workspace
    left = [path for path in files if _said(workspace.files[path]) != _said(now.files[path])]
    for path in left:
        now = now.edited(path, _restoring(now.files[path], workspace.files[path]))
    reason = "it is not rewritten, since that would change what it says"
    found = tuple(LeftAlone(Location(path, Span(0, 0)), reason) for path in left)
    return Rewritten(now.with_settings(workspace.settings), found)


def _restoring(now: SourceFile, before: SourceFile) -> Edit:
    return Edit(Span(0, len(now.text)), before.text.value)


def _said(file: SourceFile) -> list[Any]:
    """What the documents of a file say in whatever spelling, with their comments and anchors."""
    return [tuple(_parts(document)) for document in file.file.documents]


def _parts(document: Document) -> Iterator[Any]:
    root = document.root
    record = record_of(root) if isinstance(root, Map) and group_of(root) in GROUPS else None
    if root is not None and record is not None:
        yield repr(meaning(root, Obj(record)))
    elif root is not None:
        yield document.text
    yield [token.text for token in tokens(document) if token.kind in ("comment", "anchor", "tag")]
