"""Where what is open at a cursor ends: the quote, the entry of a flow collection, the lines that belong to a value."""

import re
from typing import NamedTuple

from wf_engine.editing.situation import Value, quote_closed

_MARK = re.compile(r"""(?<=[\[{,:\s])(?:"(?:[^"\\\r\n]|\\.)*+"|'(?:[^'\r\n]|'')*+')|[\[\]{},:#]|\r\n|\n|\r""")
_NEXT = re.compile(r"(?:[ \t]*+(?:\r\n|\n|\r))*+( *+)([^\s]?)")
_LINE_END = re.compile(r"[^\r\n]*+")
_COMMENT = re.compile(r"[ \t]+#|[ \t]*+\Z")
_PAIRS = {"]": "[", "}": "{"}


class EntryEnd(NamedTuple):
    """Where an entry of a flow collection ends; `closed`: everything that is open around it is closed later."""

    offset: int
    closed: bool
    colon: bool


def line_end(text: str, offset: int) -> int:
    """The end of the line that an offset lies in."""
    match = _LINE_END.match(text, offset)
    return match.end() if match else len(text)


def value_end(text: str, offset: int) -> int:
    """The end of what stands on a line from an offset on, without a comment and trailing spaces."""
    end = line_end(text, offset)
    match = _COMMENT.search(text, offset, end)
    return match.start() if match else end


def below(text: str, offset: int, column: int, *, items: bool) -> int:
    """The end of the lines below an offset that belong to a value whose key or dash stands at `column`.

    `items`: the value belongs to a key, so that the items of a list may stand at the same column.
    """
    end = line_end(text, offset)
    while (following := _NEXT.match(text, _after(text, end))) is not None and following[2]:
        indent = len(following[1])
        dashed = text[following.start(2) : following.start(2) + 2].rstrip("\r\n") in ("-", "- ")
        if indent < column or (indent == column and not (items and dashed)):
            break
        end = line_end(text, following.end())
    return end


def quote_end_from(text: str, offset: int, value: Value) -> int | None:
    """Where the quote in which `offset` lies is closed, behind its mark; None where it is not."""
    if value.quote is None:
        return None
    quote, end = text[value.quote], line_end(text, offset)
    while (closed := quote_closed(text, quote, offset, end)) is None:
        following = _NEXT.match(text, _after(text, end))
        if following is None or not following[2] or len(following[1]) <= value.column:
            return None
        offset, end = following.start(2), line_end(text, following.start(2))
    return closed


def entry_end(text: str, offset: int, value: Value) -> EntryEnd:
    """Where the entry of a flow collection ends in which `offset` lies, outside of quotes."""
    opened = [bracket.char for bracket in value.brackets]
    depth, found, colon = len(opened), None, False
    for match in _MARK.finditer(text, offset):
        mark = match[0]
        if mark[0] in "\r\n":
            if _ends_flow(text, match.end(), value.column):
                break
        elif mark == "#" and text[match.start() - 1] in " \t\n":
            break
        elif mark in _PAIRS:
            if opened[-1] != _PAIRS[mark]:
                break
            found = match.start() if found is None and len(opened) == depth else found
            opened.pop()
            if not opened:
                return EntryEnd(found if found is not None else match.start(), closed=True, colon=colon)
        elif mark in "[{":
            opened.append(mark)
        elif (
            found is None and len(opened) == depth and (mark == "," or (mark == ":" and _separates(text, match.end())))
        ):
            found, colon = match.start(), mark == ":"
    return EntryEnd(line_end(text, offset), closed=False, colon=False)


def _separates(text: str, offset: int) -> bool:
    return text[offset : offset + 1] in ("", " ", "\t", "\n", "\r", ",", "}", "]")


def _ends_flow(text: str, offset: int, column: int) -> bool:
    """Whether the line that begins at an offset can be no part of a flow collection that began at `column`."""
    following = _NEXT.match(text, offset)
    return following is None or (len(following[1]) <= column and following[2] not in ("]", "}"))


def _after(text: str, end: int) -> int:
    return end + 2 if text.startswith("\r\n", end) else min(end + 1, len(text))
