"""Edits that put a value one level further in, and keep what it says."""

import re

from wf_engine.language.spellings.model import Edits
from wf_engine.syntax.nodes import Map, Node, Pair, Place, Scalar
from wf_engine.text import Span

_LINE = re.compile(r"(?<=\n)(?=[^\r\n])")
_BETWEEN = re.compile(r"(?:[:\s]|#[^\r\n]*)*+")
_NOT_IN_FLOW = re.compile(r"[,\[\]{}\r\n]")


def column(node: Node) -> int:
    """The column at which a node begins."""
    text = node.segment.text
    return node.start - (max(text.rfind("\n", 0, node.start), text.rfind("\r", 0, node.start)) + 1)


def indented(node: Node, start: int, end: int, without: Span | None = None) -> Edits:
    """Indents every line that begins in a range of a node's segment by two, those that go `without` left out."""
    return tuple(
        (Place(node.segment, Span(at.start(), at.start())), "  ")
        for at in _LINE.finditer(node.segment.text, start, end)
        if without is None or not without.start <= at.start() < without.end
    )


def under_key(node: Map, pair: Pair, key: str) -> Edits:
    """Puts the value of an entry under `key` in a map of its own: in braces where it can stand there, else below."""
    value, text = pair.value, pair.key.segment.text
    if value.segment is not pair.key.segment or not isinstance(pair.key, Scalar):
        return ()
    behind = text[pair.key.end : value.start]
    between = _BETWEEN.match(text, pair.key.end, value.start)
    start = between.end() if between else value.start
    place = Place(value.segment, Span(start, start))
    if "\n" in behind and not node.flow:
        return ((place, f"{key}: "), *indented(value, start, value.end))
    if node.flow or _flows(value, text[start : value.end]):
        return ((place, f"{{{key}: "), (Place(value.segment, Span(value.end, value.end)), "}"))
    below = f"\n{' ' * (column(pair.key) + 2)}{key}: "
    return (
        (Place(value.segment, Span(pair.key.end, start)), ":" + below),
        *indented(value, start, value.end),
    )


def _flows(value: Node, written: str) -> bool:
    """Whether a value may stand in braces as it is written."""
    if "\n" in written or "\r" in written:
        return False
    return not (isinstance(value, Scalar) and value.style == "plain" and _NOT_IN_FLOW.search(written))
