"""Required fields that stand one level too deep, where YAML reads them as entries of the field before: read all the same."""

from collections.abc import Mapping
from typing import NamedTuple

from wf_engine.language.documents import TaskDocument, TestDocument, WorkflowDocument
from wf_engine.language.records import Record
from wf_engine.language.sites import Problem
from wf_engine.language.workflow import WorkflowSpec
from wf_engine.syntax import Map, Node, Pair, Place, Scalar, Seq, resolved
from wf_engine.text import Span

_INSIDE: Mapping[type[Record], tuple[str, str]] = {
    WorkflowDocument: ("spec", "metadata"),
    TaskDocument: ("spec", "metadata"),
    TestDocument: ("spec", "metadata"),
    WorkflowSpec: ("tasks", "input"),
}
"""By record a required field, and the one before it, which has no such entry itself."""


class Mended(NamedTuple):
    """A record's map with the field where it belongs, and what there is to say of it."""

    node: Map
    problems: tuple[Problem, ...] = ()


def brought_back(record: type[Record], node: Map) -> Mended:
    """The map of a record, the same node where nothing is misplaced."""
    name, inside = _INSIDE.get(record, ("", ""))
    if not name or node.pair(name) is not None or node.pair(inside) is None:
        return Mended(node)
    return node.remember(("brought back", record), lambda: _mended(node, name, inside))


def _mended(node: Map, name: str, inside: str) -> Mended:
    around = node.pairs[[pair.name for pair in node.pairs].index(inside)]
    inner = resolved(around.value)
    lost = inner.pair(name) if isinstance(inner, Map) else None
    if lost is None or not isinstance(inner, Map) or lost.merged:
        return Mended(node)
    at = inner.pairs.index(lost)
    left, value = inner.pairs[:at] + inner.pairs[at + 1 :], lost.value
    if isinstance(value, Scalar) and value.style == "missing" and left[at:]:
        left, value = left[:at], _map_of(inner, left[at:])
    if not isinstance(resolved(value), Seq if name == "tasks" else Map):
        return Mended(node)
    entries = [pair.changed(value=_map_of(inner, left)) if pair is around else pair for pair in node.pairs]
    problem = _problem(node, lost, inside)
    return Mended(_map_of(node, (*entries, lost.changed(value=value))), (problem,))


def _map_of(node: Map, pairs: tuple[Pair, ...]) -> Map:
    return Map(node.segment, node.start, node.end, pairs, flow=node.flow)


def _problem(node: Map, lost: Pair, inside: str) -> Problem:
    key = lost.key
    message = f"`{lost.name}` stands inside `{inside}`: it belongs beside it"
    hint = f"indent it as `{inside}` is"
    begin, column = _line_start(key), node.pairs[0].key.start - _line_start(node.pairs[0].key)
    if node.flow or key.segment.text[begin : key.start].strip():
        return Problem("unknown-field", key.place, message, hint, lost.name or "")
    edit = (Place(key.segment, Span(begin, key.start)), " " * column)
    return Problem(
        "unknown-field", key.place, message, hint, lost.name or "", edits=(edit,), title=f"Indent it by {column}"
    )


def _line_start(node: Node) -> int:
    text = node.segment.text
    return max(text.rfind("\n", 0, node.start), text.rfind("\r", 0, node.start)) + 1
