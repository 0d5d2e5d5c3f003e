"""Engine values to protocol values and back: the only place that knows position encodings and URIs."""

from collections.abc import Iterable
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import quote, unquote, urlsplit

from lsprotocol import types

from wf_engine.text import Diagnostic, Edit, FileEdit, Position, Severity, Span, Text

Encoding = types.PositionEncodingKind | str

_ASTRAL = 0x10000


def units(text: str, encoding: Encoding) -> int:
    """Length of a text in the units of an encoding."""
    if encoding == types.PositionEncodingKind.Utf32 or text.isascii():
        return len(text)
    if encoding == types.PositionEncodingKind.Utf8:
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) + sum(1 for char in text if ord(char) >= _ASTRAL)


def column_of(line: str, count: int, encoding: Encoding) -> int:
    """Code points before `count` units of a line; inside a character its beginning, past the end the end."""
    if encoding == types.PositionEncodingKind.Utf32 or line.isascii():
        return min(count, len(line))
    left = count
    for index, char in enumerate(line):
        left -= units(char, encoding)
        if left < 0:
            return index
        if left == 0:
            return index + 1
    return len(line)


def offset_at(text: Text, position: types.Position, encoding: Encoding) -> int:
    """The offset that a protocol position means."""
    if position.line >= text.line_count:
        return len(text)
    return text.offset(Position(position.line, column_of(text.line(position.line), position.character, encoding)))


def position_at(text: Text, offset: int, encoding: Encoding) -> types.Position:
    """The protocol position of an offset."""
    line, column = text.position(offset)
    start = text.line_start(line)
    return types.Position(line, units(text.slice(Span(start, start + column)), encoding))


def range_of(text: Text, span: Span, encoding: Encoding) -> types.Range:
    """The protocol range of a span."""
    return types.Range(position_at(text, span.start, encoding), position_at(text, span.end, encoding))


def span_of(text: Text, range_: types.Range, encoding: Encoding) -> Span:
    """The span of a protocol range; one that is the wrong way round is turned."""
    start, end = offset_at(text, range_.start, encoding), offset_at(text, range_.end, encoding)
    return Span(min(start, end), max(start, end))


def edit_of(text: Text, change: types.TextDocumentContentChangeEvent, encoding: Encoding) -> Edit | None:
    """The edit that a change makes, None where it replaces the whole text."""
    if isinstance(change, types.TextDocumentContentChangePartial):
        return Edit(span_of(text, change.range, encoding), change.text)
    return None


def path_of(uri: str) -> str:
    """The workspace's name of a document: its path if it is a file, else the URI itself."""
    parts = urlsplit(uri)
    if parts.scheme != "file":
        return uri
    path = unquote(parts.path)
    if len(path) > 2 and path[0] == "/" and path[2] == ":":  # noqa: PLR2004 - /C:/…
        return str(PureWindowsPath(path[1:]))
    return f"//{parts.netloc}{path}" if parts.netloc else path


def uri_of(path: str) -> str:
    """The URI of a path, or what was a URI all along."""
    if "://" in path or path.startswith("untitled:"):
        return path
    if len(path) > 1 and path[1] == ":":
        return "file:///" + quote(PureWindowsPath(path).as_posix(), safe="/")
    return "file://" + quote(str(PurePosixPath(path)), safe="/~")


_SEVERITY = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.HINT: types.DiagnosticSeverity.Hint,
}
_TAGS = {"unnecessary": types.DiagnosticTag.Unnecessary, "deprecated": types.DiagnosticTag.Deprecated}


def page_uri(code: str) -> str | None:
    """Where the documentation of a diagnostic stands on this machine."""
    import wf_engine

    package = Path(wf_engine.__file__).parent
    for folder in (package / "docs", package.parent / "docs"):
        page = folder / "diagnostics" / f"{code}.md"
        if page.is_file():
            return page.as_uri()
    return None


def diagnostic(
    found: Diagnostic, text: Text, texts: dict[str, Text], encoding: Encoding, *, related: bool
) -> types.Diagnostic:
    """A diagnostic of a file. `texts` are those of the files that related places lie in."""
    page = page_uri(found.code)
    message = f"{found.message}\n{found.hint}" if found.hint else found.message
    places = [
        types.DiagnosticRelatedInformation(
            types.Location(uri_of(each.location.path), range_of(texts[each.location.path], each.location.span, encoding)),
            each.message,
        )
        for each in found.related
        if each.location.path in texts
    ]
    return types.Diagnostic(
        range=range_of(text, found.location.span, encoding),
        message=message,
        severity=_SEVERITY[found.severity],
        code=found.code,
        code_description=types.CodeDescription(page) if page else None,
        source="wf",
        tags=[_TAGS[tag] for tag in found.tags] or None,
        related_information=places if related and places else None,
    )


def workspace_edit(edits: Iterable[FileEdit], texts: dict[str, Text], uris: dict[str, str], encoding: Encoding) -> types.WorkspaceEdit:
    """Edits in files as the protocol has them; `uris` are the names that the client gave to open documents."""
    changes: dict[str, list[types.TextEdit]] = {}
    for each in edits:
        path, edit = each.path, each.edit
        text = texts[path]
        uri = uris.get(path, uri_of(path))
        changes.setdefault(uri, []).append(types.TextEdit(range_of(text, edit.span, encoding), edit.new_text))
    return types.WorkspaceEdit(changes=changes)
