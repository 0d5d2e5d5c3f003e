"""textDocument/formatting, rangeFormatting and onTypeFormatting."""

from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.text import Edit, Span, Text
from wf_engine.workspace import SourceFile
from wf_lsp.convert import Json, path_of, range_of, span_of

if TYPE_CHECKING:
    from wf_engine.editing.formatting import Formatted
    from wf_lsp.server import WfServer


def formatting(server: "WfServer", params: types.DocumentFormattingParams) -> list[Json]:
    """The edits that lay out the whole document, as `wf fmt` does: its settings stand in wf.toml, not in the editor."""
    from wf_engine.editing.formatting import format_document

    path = path_of(params.text_document.uri)
    file = _file(server, path)
    if file is None:
        return []
    return _answer(server, file.text, format_document(file.file, server.session.workspace(path).settings.format))


def range_formatting(server: "WfServer", params: types.DocumentRangeFormattingParams) -> list[Json]:
    """The edits that lay out the lines of a range."""
    path = path_of(params.text_document.uri)
    file = _file(server, path)
    if file is None:
        return []
    return _in_range(server, path, file, span_of(file.text, params.range, server.session.encoding))


def on_type_formatting(server: "WfServer", params: types.DocumentOnTypeFormattingParams) -> list[Json]:
    """The edits that lay out the line that was just ended; where the cursor is now nothing moves."""
    path = path_of(params.text_document.uri)
    file = _file(server, path)
    line = params.position.line - 1
    if file is None or not 0 <= line < file.text.line_count:
        return []
    edits = _in_range(server, path, file, file.text.line_span(line))
    return [edit for edit in edits if edit["range"]["start"]["line"] == edit["range"]["end"]["line"] == line]


def _file(server: "WfServer", path: str) -> SourceFile | None:
    """The file, if anything in it is ours."""
    file = server.session.workspace(path).files.get(path)
    return file if file is not None and any(document.ours for document in file.documents) else None


def _in_range(server: "WfServer", path: str, file: SourceFile, span: Span) -> list[Json]:
    from wf_engine.editing.formatting import format_range

    return _answer(server, file.text, format_range(file.file, span, server.session.workspace(path).settings.format))


def _answer(server: "WfServer", text: Text, found: "Formatted") -> list[Json]:
    """The edits; where there are none because the text was left alone, the log says why."""
    if found.refusal is not None:
        server.window_log_message(
            types.LogMessageParams(types.MessageType.Info, f"A document was left as it is: {found.refusal}.")
        )
    return [_edit(server, text, edit) for edit in found.edits]


def _edit(server: "WfServer", text: Text, edit: Edit) -> Json:
    return {"range": range_of(text, edit.span, server.session.encoding), "newText": edit.new_text}
