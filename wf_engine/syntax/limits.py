"""Limits of one segment, measured before the text is handed to the parser, which crashes on deep nesting."""

import re
from typing import NamedTuple

MOST_DEPTH = 100
"""Levels of nesting. The parser crashes at 254 block levels; no document that people read comes near this."""
_MOST_COLUMNS = 200
MOST_LINES = 32_000
"""Lines of one segment; the parser loses the tree at 32,768."""
MOST_NODES = 100_000
"""Nodes of a document after its aliases are expanded (language §1)."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z)|\'(?:[^\']|\'\')*+(?:\'|\Z)|(?<!\S)#[^\r\n]*+')


class Excess(NamedTuple):
    """Where the first thing too many stands, and what to say about it."""

    offset: int
    message: str
    hint: str


def too_long(source: str) -> Excess | None:
    """The first line too many of a segment."""
    if source.count("\n") < MOST_LINES:
        return None
    for number, match in enumerate(_LINE_END.finditer(source), 1):
        if number == MOST_LINES:
            message = f"this part is longer than {MOST_LINES:,} lines; the rest of it is not read"
            return Excess(match.end(), message, "split it")
    return None


def too_deep(source: str) -> Excess | None:
    """The first place that is nested too deeply."""
    return _flow_excess(source) or _block_excess(source)


def _message(offset: int) -> Excess:
    return Excess(
        offset, f"this is nested deeper than {MOST_DEPTH} levels; the rest is not read", "make the nesting flatter"
    )


def _flow_excess(source: str) -> Excess | None:
    if source.count("[") + source.count("{") <= MOST_DEPTH:
        return None
    depth = 0
    for match in re.finditer(_QUOTED.pattern + r"|[\[\]{}]", source):
        if match[0] in "[{":
            depth += 1
            if depth > MOST_DEPTH:
                return _message(match.start())
        elif match[0] in "]}":
            depth = max(0, depth - 1)
    return None


_LEAD = re.compile(
    r"^([ \t]*+(?:[-?:][ \t]++)*+)(?:[-?:](?=[\r\n]|\Z)|(?=[^\s#])|(?<=[-?: \t])(?=[\r\n]|\Z))", re.MULTILINE
)

_NOTHING = ("", "\r", "\n")
_LEVELS = ("\n", "- ", "? ", ": ", "\t")
"""What every level of nesting has at least one of."""


def _columns(lead: str) -> list[int]:
    return [index for index, char in enumerate(lead) if char not in " \t"] if lead.strip() else []


def _block_excess(source: str) -> Excess | None:
    """Counts the columns at which a block may begin: each level needs one of its own, a list under a key its dash.

    In text that is no YAML the parser may count otherwise, but never more levels than there are such columns.
    """
    if sum(map(source.count, _LEVELS)) < MOST_DEPTH:
        return None
    stack: list[int] = []
    columns: set[int] = set()
    for match in _LEAD.finditer(source):
        lead = match[1]
        here = [*_columns(lead), len(lead)]
        if len(here) == 1 and match.end() == match.end(1) and source[match.end() : match.end() + 1] in _NOTHING:
            continue
        while stack and stack[-1] >= here[0]:
            stack.pop()
        stack += here
        columns.update(here)
        if len(stack) > MOST_DEPTH or len(columns) > _MOST_COLUMNS:
            return _message(match.end(1))
    return None
