"""Engine values to protocol values and back: the only place that knows position encodings and URIs.

What is sent often or in great numbers is made as JSON at once: a class for every position would cost more than the answer.
"""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from lsprotocol import types

from wf_engine.text import Diagnostic, Edit, Position, Severity, Span, Text
from wf_lsp.client import Client

Encoding = types.PositionEncodingKind | str
Json = dict[str, Any]

_ASTRAL = 0x10000


def units(text: str, encoding: Encoding) -> int:
    """Length of a text in the units of an encoding."""
    if text.isascii() or encoding == types.PositionEncodingKind.Utf32:
        return len(text)
    if encoding == types.PositionEncodingKind.Utf8:
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) + sum(1 for char in text if ord(char) >= _ASTRAL)


def column_of(line: str, count: int, encoding: Encoding) -> int:
    """Code points before `count` units of a line; inside a character its beginning, past the end the end."""
    if line.isascii() or encoding == types.PositionEncodingKind.Utf32:
        return min(count, len(line))
    left = count
    for index, char in enumerate(line):
        left -= units(char, encoding)
        if left < 0:
            return index
    return len(line)


def offset_at(text: Text, position: types.Position, encoding: Encoding) -> int:
    """The offset that a protocol position means; past the end of a line its end, past the last line the text's end."""
    if position.line >= text.line_count:
        return len(text)
    return text.offset(Position(position.line, column_of(text.line(position.line), position.character, encoding)))


def position_at(text: Text, offset: int, encoding: Encoding) -> Json:
    """The protocol position of an offset."""
    line, column = text.position(offset)
    start = text.line_start(line)
    return {"line": line, "character": units(text.slice(Span(start, start + column)), encoding)}


def range_of(text: Text, span: Span, encoding: Encoding) -> Json:
    """The protocol range of a span."""
    return {"start": position_at(text, span.start, encoding), "end": position_at(text, span.end, encoding)}


def span_of(text: Text, range_: types.Range, encoding: Encoding) -> Span:
    """The span of a protocol range; one that is the wrong way round is turned."""
    start, end = offset_at(text, range_.start, encoding), offset_at(text, range_.end, encoding)
    return Span(min(start, end), max(start, end))


def edit_of(text: Text, change: types.TextDocumentContentChangeEvent, encoding: Encoding) -> Edit:
    """The edit that a change makes."""
    if isinstance(change, types.TextDocumentContentChangePartial):
        return Edit(span_of(text, change.range, encoding), change.text)
    return Edit(Span(0, len(text)), change.text)


def path_of(uri: str) -> str:
    """The workspace's name of a document: its path if it is a file, else the URI itself."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return uri  # brackets that hold no address
    if parts.scheme.lower() != "file":
        return uri
    path = unquote(parts.path).rstrip("/") or "/"
    if len(path) > 2 and path[0] == "/" and path[2] == ":":  # noqa: PLR2004 - /C:/…
        return str(PureWindowsPath(path[1].upper() + path[2:]))
    host = parts.netloc if parts.netloc != "localhost" else ""
    return f"//{host}{path}" if host else path


def uri_of(path: str) -> str:
    """The URI of a path, or what was a URI all along."""
    if len(path) > 1 and path[1] == ":":
        return "file:///" + quote(PureWindowsPath(path).as_posix(), safe="/")
    if not path.startswith("/"):
        return path
    return "file://" + quote(str(PurePosixPath(path)), safe="/~")


_SEVERITY = {
    Severity.ERROR: types.DiagnosticSeverity.Error.value,
    Severity.WARNING: types.DiagnosticSeverity.Warning.value,
    Severity.HINT: types.DiagnosticSeverity.Hint.value,
}
_TAGS = {"unnecessary": types.DiagnosticTag.Unnecessary, "deprecated": types.DiagnosticTag.Deprecated}


@cache
def page_uri(code: str) -> str | None:
    """Where the documentation of a diagnostic stands on this machine."""
    import wf_engine

    package = Path(wf_engine.__file__).parent
    pages = (folder / "docs" / "diagnostics" / f"{code}.md" for folder in (package, package.parent))
    return next((page.as_uri() for page in pages if page.is_file()), None)


def diagnostic(
    found: Diagnostic,
    text: Text,
    encoding: Encoding,
    client: Client,
    texts: Mapping[str, Text],
    uri: Callable[[str], str],
) -> Json:
    """A diagnostic of a document. `texts` are those of the documents in which related places lie.

    `data` is `{fixes}`, the titles of its code actions, so that an editor can tell what has one.
    """
    item: Json = {
        "range": range_of(text, found.location.span, encoding),
        "message": f"{found.message}\n{found.hint}" if found.hint else found.message,
        "severity": _SEVERITY[found.severity],
        "code": found.code,
        "source": "wf",
    }
    page = page_uri(found.code)
    if page is not None and client.code_description:
        item["codeDescription"] = {"href": page}
    tags = [_TAGS[tag].value for tag in found.tags if _TAGS[tag] in client.diagnostic_tags]
    if tags:
        item["tags"] = tags
    if found.fixes and client.diagnostic_data:
        item["data"] = {"fixes": [fix.title for fix in found.fixes]}
    if found.related and client.related:
        item["relatedInformation"] = [
            {
                "location": {
                    "uri": uri(each.location.path),
                    "range": range_of(texts[each.location.path], each.location.span, encoding),
                },
                "message": each.message,
            }
            for each in found.related
            if each.location.path in texts
        ]
    return item


def plain_text(markdown: str) -> str:
    """Markdown for clients that show it as it is written."""
    lines = (line for line in markdown.split("\n") if not line.startswith("```"))
    return "\n".join(lines).replace("**", "").replace("`", "").strip()
