"""Old spellings in `pipeline` (language §10): names of operations, and operations that are maps with a name in them."""

import re

from wf_engine.language.sites import Problem
from wf_engine.language.spellings.model import Edits, Rewritten, key_edit, old, synthetic
from wf_engine.language.spellings.wrapping import column, indented
from wf_engine.syntax.nodes import Map, Node, Pair, Place, Scalar, Seq, resolved
from wf_engine.text import Span

OLD_OPERATIONS = {"sortBy": "sort", "unique": "distinct"}
"""Operations by their old name."""
_OPERATION = "operation"
_COMMA = re.compile(r"(?:\s|#[^\r\n]*)*+,")


def pipeline(_: Map, pair: Pair) -> Rewritten | None:
    """The pipeline with every operation in today's spelling; None where all are."""
    seq = resolved(pair.value)
    if not isinstance(seq, Seq):
        return None
    items = [(item, _item(resolved(item))) for item in seq.items]
    if not any(found for _, found in items):
        return None
    modern = Seq(seq.segment, seq.start, seq.end, tuple(f[0] if f else item for item, f in items), flow=seq.flow)
    return Rewritten(pair.changed(value=modern), tuple(found[1] for _, found in items if found))


def _item(node: Node) -> tuple[Node, Problem] | None:
    if isinstance(node, Scalar):
        name = OLD_OPERATIONS.get(node.text)
        said = old("old-operation-name", node.place, node.text, name, ((node.place, name),)) if name else None
        return (synthetic(node, name), said) if name and said else None
    if not isinstance(node, Map):
        return None
    named = node.pair(_OPERATION)
    if named is not None:
        return _named(node, named)
    pair = next((pair for pair in node.pairs if pair.name in OLD_OPERATIONS), None)
    if pair is None:
        return None
    name = OLD_OPERATIONS[pair.name or ""]
    pairs = tuple(each.changed(key=synthetic(each.key, name)) if each is pair else each for each in node.pairs)
    modern = Map(node.segment, node.start, node.end, pairs, flow=node.flow)
    return modern, old("old-operation-name", pair.key.place, pair.name or "", name, key_edit(pair, name))


def _named(node: Map, named: Pair) -> tuple[Node, Problem] | None:
    """`{operation: filter, field: …}` as `filter: {field: …}`."""
    word = resolved(named.value)
    if not isinstance(word, Scalar) or word.broken or not isinstance(word.value, str):
        return None
    name = OLD_OPERATIONS.get(word.text, word.text)
    key = synthetic(word, name)
    rest = tuple(pair for pair in node.pairs if pair is not named)
    was = f"operation: {word.text}"
    if not rest:
        return key, old("old-operation-map", named.key.place, was, name, ((node.place, name),))
    arguments = Map(node.segment, node.start, node.end, rest, flow=node.flow)
    modern = Map(node.segment, node.start, node.end, (Pair(key, arguments),), flow=node.flow)
    here = all(part.segment is node.segment for pair in node.pairs for part in (pair.key, pair.value))
    edits = () if not here or named.merged else (_flow if node.flow else _block)(node, named, name)
    return modern, old("old-operation-map", named.key.place, was, f"{name}: …", edits)


def _written(node: Map) -> list[Pair]:
    """The entries as they stand in the text, `<<` among them."""
    own = (pair for pair in node.pairs if not pair.merged)
    return sorted((*own, *node.merges), key=lambda pair: pair.key.start)


def _flow(node: Map, named: Pair, name: str) -> Edits:
    """Puts the other entries in braces behind the operation's name. Comments stay where they are."""
    text, key, value = node.segment.text, named.key, named.value
    written = _written(node)
    at = written.index(named)
    comma = _COMMA.match(text, value.end)
    after = comma.end() if comma else value.end
    behind = (_place(node, node.end - 1, node.end - 1), "}")
    if at == 0:
        first = written[1].key.start
        if "#" not in text[value.end : first]:
            return ((_place(node, key.start, first), f"{name}: {{"), behind)
        return ((_place(node, key.start, value.end), f"{name}: {{"), (_place(node, after - 1, after), ""), behind)
    first, last = written[0].key.start, written[at - 1].value.end
    gone = (key.start, after) if "#" in text[last : key.start] else (last, value.end)
    return ((_place(node, first, first), f"{name}: {{"), (_place(node, *gone), ""), behind)


def _block(node: Map, named: Pair, name: str) -> Edits:
    """Puts the other entries below the operation's name, one level further in."""
    text = node.segment.text
    written = _written(node)
    first = written[0].key
    if written[0] is named:
        head: Edits = ((_place(node, first.start, named.value.end), f"{name}:"),)
        gone = Span(first.start, named.value.end)
    else:
        line = text.rfind("\n", 0, named.key.start) + 1
        end = text.find("\n", named.value.end)
        gone = Span(line, len(text) if end < 0 else end + 1)
        comment = text.find("#", named.value.end, gone.end)
        if comment >= 0:
            gone = Span(named.key.start, comment)
        head = (
            (_place(node, first.start, first.start), f"{name}:\n{' ' * (column(first) + 2)}"),
            (Place(node.segment, gone), ""),
        )
    return (*head, *indented(node, first.start, node.end, gone))


def _place(node: Node, start: int, end: int) -> Place:
    return Place(node.segment, Span(start, end))
