"""Fixes: edits that keep the rest of the text as it is."""

import json
import re
from collections.abc import Iterable

from wf_engine.checks.base import DraftFix
from wf_engine.syntax import Map, Node, Place, Scalar, Seq
from wf_engine.text import Span, closest


def replacement(title: str, place: Place, text: str, *, safe: bool = True) -> DraftFix:
    """Puts `text` where `place` is; not `safe` where a person has to look at what comes of it."""
    return DraftFix(title, ((place, text),), safe)


def rename_to_closest(place: Place, name: str, candidates: Iterable[str]) -> tuple[DraftFix, ...]:
    """Replaces a misspelt name by the nearest that there is; none where none is near."""
    near = closest(name, candidates)
    return (replacement(f"Change it to `{near}`", place, near),) if near is not None else ()


def written_end(node: Node) -> int:
    """Where the text of a node ends, without the line ends that a block may include."""
    while isinstance(node, Map | Seq) and not getattr(node, "flow", False):
        last = _last(node)
        if last is None or last.segment is not node.segment:
            break
        node = last
    text = node.segment.text[node.start : node.end]
    return node.start + len(text.rstrip())


def _last(node: Map | Seq) -> Node | None:
    if isinstance(node, Seq):
        return node.items[-1] if node.items else None
    own = [pair for pair in node.pairs if not pair.merged]
    if not own:
        return None
    value = own[-1].value
    return own[-1].key if isinstance(value, Scalar) and value.style == "missing" else value


def column(node: Node) -> int:
    """The column at which a node begins."""
    return node.start - line_start(node.segment.text, node.start)


def line_start(text: str, offset: int) -> int:
    """Where the line of an offset begins."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def first_entry(title: str, node: Map, entry: str) -> DraftFix | None:
    """Adds `key: value` in front of a map's entries."""
    own = [pair for pair in node.pairs if not pair.merged]
    if not own and node.flow and not node.pairs:
        inside = Span(node.start + 1, node.start + 1)
        return replacement(title, Place(node.segment, inside), entry)
    if not own:
        return None
    key = own[0].key
    separator = ", " if node.flow else "\n" + " " * column(key)
    return replacement(title, Place(key.segment, Span(key.start, key.start)), entry + separator)


def appended_entry(title: str, node: Map, entries: Iterable[str]) -> DraftFix | None:
    """Adds entries behind those of a map."""
    own = [pair for pair in node.pairs if not pair.merged]
    added = list(entries)
    if node.flow:
        inside = Place(node.segment, Span(node.end - 1, node.end - 1))
        before = ", " if own else ""
        body = node.segment.text[node.start + 1 : node.end - 1]
        if own and body.endswith(" "):
            inside = Place(node.segment, Span(written_end(own[-1].value), written_end(own[-1].value)))
        return replacement(title, inside, before + ", ".join(added))
    if not own:
        return None
    key, value = own[-1].key, own[-1].value
    last = key if isinstance(value, Scalar) and value.style == "missing" else value
    if last.segment is not key.segment:
        return None
    at = _line_end(last.segment.text, max(written_end(last), key.end))
    indent = "\n" + " " * column(own[0].key)
    return replacement(title, Place(last.segment, Span(at, at)), "".join(indent + entry for entry in added))


def _line_end(text: str, offset: int) -> int:
    match = re.compile(r"[\r\n]|\Z").search(text, offset)
    return match.start() if match else len(text)


def yaml_scalar(value: object) -> str:
    """A JSON value in flow style on one line."""
    return json.dumps(value, ensure_ascii=False)
