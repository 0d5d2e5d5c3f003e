"""Edits of the engine as a WorkspaceEdit, as rich as the client can take it."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from wf_engine.text import FileEdit, Span, Text
from wf_engine.workspace import Workspace
from wf_lsp.convert import Json, path_of, range_of

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_LOOK = "look"
"""Id of the annotation under which edits wait until somebody has looked at them."""


class Annotated(NamedTuple):
    """An edit, with why somebody should look at it before it is applied."""

    edit: FileEdit
    doubt: str | None = None


def workspace_edit(
    server: "WfServer",
    workspace: Workspace,
    edits: Iterable[Annotated | FileEdit],
    new: Mapping[str, str] | None = None,
) -> Json:
    """Edits in documents, and new files by path, for the versions that they were computed for where a client can tell."""
    session = server.session
    client = session.client
    found: dict[str, list[Json]] = {}
    doubts: dict[str, str] = {}
    for each in edits:
        edit, doubt = (each.edit, each.doubt) if isinstance(each, Annotated) else (each, None)
        text = workspace.files[edit.path].text
        where = range_of(text, edit.edit.span, session.encoding)
        change: Json = {
            "range": where,
            "newText": edit.edit.new_text.replace("\r\n", "\n").replace("\n", _line_end(text)),
        }
        if doubt is not None and client.change_annotations and client.document_changes:
            change["annotationId"] = doubts.setdefault(doubt, f"{_LOOK}-{len(doubts)}")
        found.setdefault(edit.path, []).append(change)
    if not client.document_changes:
        return {"changes": {session.uri(path): changes for path, changes in found.items()}}
    answer: Json = {
        "documentChanges": [
            *_created(server, new or {}),
            *(
                {"textDocument": {"uri": session.uri(path), "version": _version(server, path)}, "edits": changes}
                for path, changes in found.items()
            ),
        ]
    }
    if doubts:
        answer["changeAnnotations"] = {
            name: {"label": doubt, "needsConfirmation": True} for doubt, name in doubts.items()
        }
    return answer


def to_be_resolved(server: "WfServer", uri: str, span: Span, **what: str) -> Json:
    """What a code action remembers until it is chosen: what it is, where, and of which version."""
    known = server.session.open.get(path_of(uri))
    return {**what, "uri": uri, "span": list(span), "version": known.version if known else None}


def _line_end(text: Text) -> str:
    """The line end of a text's first line."""
    return text.slice(Span(text.line_span(0).end, text.line_start(1))) or "\n"


def _created(server: "WfServer", new: Mapping[str, str]) -> Iterable[Json]:
    start = {"line": 0, "character": 0}
    for path, text in new.items():
        uri = server.session.uri(path)
        yield {"kind": "create", "uri": uri, "options": {"ignoreIfExists": True}}
        edit = {"range": {"start": start, "end": start}, "newText": text.replace("\r\n", "\n")}
        yield {"textDocument": {"uri": uri, "version": None}, "edits": [edit]}


def _version(server: "WfServer", path: str) -> int | None:
    known = server.session.open.get(path)
    return known.version if known else None
