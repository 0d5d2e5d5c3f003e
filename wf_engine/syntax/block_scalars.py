"""Literal (`|`) and folded (`>`) scalars."""

import re
from typing import NamedTuple

from wf_engine.syntax.scalars import LINE_END, ScalarText, TextBuilder
from wf_engine.text import Span

_MARKER = re.compile(r"(?:---|\.\.\.)(?:[ \t]|\Z)")
_TABS = re.compile(r" *+\t[ \t]*+(?=[\r\n])")
_HEADER = re.compile(r"([|>])([-+1-9]{0,2})[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r|\Z)")


class _Line(NamedTuple):
    """A line without its indentation, and where it begins in the source."""

    text: str
    offset: int


class _Content(NamedTuple):
    lines: list[_Line]
    indent: int
    end: int
    """Where the text ends: the offset of the first line that does not belong to it."""


def block_text(source: str, start: int, parent_indent: int) -> ScalarText:
    """The text of a block scalar whose header begins at `start`; its parent is indented by `parent_indent` (-1: none)."""
    header = _HEADER.match(source, start)
    if header is None:
        return ScalarText("", ((0, start),))
    style, indicators = header[1], header[2]
    lines = _content(source, header.end(), parent_indent, indicators).lines
    built = TextBuilder()
    body = _trimmed(lines)
    (_literal if style == "|" else _folded)(built, body)
    behind = body[-1].offset + len(body[-1].text) if body else header.end()
    if body and "-" not in indicators:
        built.add("\n", behind)
    if "+" in indicators:
        built.add("\n" * (len(lines) - len(body)), behind + bool(body))
    return built.build(header.end())


def block_fault(source: str, start: int, end: int, parent_indent: int) -> Span | None:
    """A line of a block scalar that is indented less than its text, or is blank and indented more than the first."""
    header = _HEADER.match(source, start)
    if header is None:
        return None
    content = _content(source, header.end(), parent_indent, header[2])
    if content.end < end:
        rest = source[content.end : end]
        if rest.strip(" \r\n") and not rest.lstrip(" \r\n").startswith("#"):
            line = rest.lstrip("\r\n").splitlines()[0]
            at = content.end + rest.index(line)
            return Span(at, at + len(line))
    if any(char.isdigit() for char in header[2]):
        return None
    if not _trimmed(content.lines) and (tabs := _TABS.match(source, content.end)):
        return Span(tabs.start(), tabs.end())
    for text, offset in content.lines:
        if text.strip(" "):
            return None
        if text:
            return Span(offset - content.indent, offset + len(text))
    return None


def _content(source: str, at: int, parent_indent: int, indicators: str) -> _Content:
    """The lines of a block scalar, told by their indentation; an indicator sets it, else the first line does."""
    digit = next((int(char) for char in indicators if char.isdigit()), None)
    indent = None if digit is None else max(parent_indent, 0) + digit
    lines: list[_Line] = []
    while at < len(source):
        match = LINE_END.search(source, at)
        end, after = (match.start(), match.end()) if match else (len(source), len(source))
        line = source[at:end]
        spaces = len(line) - len(line.lstrip(" "))
        if spaces < len(line):
            if indent is None and spaces > parent_indent:
                indent = spaces
            if indent is None or spaces < indent or (spaces == 0 and _MARKER.match(line)):
                break
        elif match is None and (indent is None or spaces <= indent):
            break
        lines.append(_Line(line, at))
        at = after
    cut = indent if indent is not None else max((len(line.text) for line in lines), default=0)
    return _Content([_Line(text[cut:], offset + min(cut, len(text))) for text, offset in lines], cut, at)


def _trimmed(lines: list[_Line]) -> list[_Line]:
    count = len(lines)
    while count and not lines[count - 1].text:
        count -= 1
    return lines[:count]


def _literal(built: TextBuilder, lines: list[_Line]) -> None:
    for number, (line, offset) in enumerate(lines):
        built.add(line, offset)
        if number + 1 < len(lines):
            built.add("\n", offset + len(line))


def _folded(built: TextBuilder, lines: list[_Line]) -> None:
    """Joins lines by spaces; lines that are indented more, and blank ones around them, keep their breaks."""
    pending, previous_loose = 0, True
    behind = lines[0].offset if lines else 0
    for line, offset in lines:
        if not line:
            pending += 1
            continue
        loose = line[0] in " \t"
        if not built.length:
            built.add("\n" * pending, behind)
        elif loose or previous_loose:
            built.add("\n" * (pending + 1), behind)
        else:
            built.add("\n" * pending if pending else " ", behind)
        built.add(line, offset)
        behind = offset + len(line)
        pending, previous_loose = 0, loose
