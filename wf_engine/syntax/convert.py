"""From tree-sitter's concrete tree of one segment to our nodes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wf_engine.syntax import scalars
from wf_engine.syntax.nodes import Alias, Map, Node, Pair, Scalar, Segment, Seq, SyntaxIssue, resolved
from wf_engine.text import Span

if TYPE_CHECKING:
    from tree_sitter import Node as Concrete

CONVERTED = 0
"""Nodes made so far in this process: what the tests of incrementality count."""

_PAIRS = frozenset({"block_mapping_pair", "flow_pair"})
_KNOWN_TAGS = {"!!str": str, "!!int": int, "!!float": float, "!!bool": bool, "!!null": type(None), "!!map": dict, "!!seq": list}


class Converter:
    """Converts one segment. `offsets` maps byte offsets to code points where they differ."""

    def __init__(self, segment: Segment, source: str, masks: Mapping[int, Span], known: Mapping[str, Node | None]) -> None:
        self.segment = segment
        self.source = source
        self.bytes = source.encode("utf-8", "surrogatepass")
        self.ascii = len(self.bytes) == len(source)
        self.masks = masks
        self.known = known
        self.anchors: dict[str, Node] = {}
        self.aliases: list[Alias] = []
        self.issues: list[SyntaxIssue] = []
        self._table: list[int] | None = None

    def at(self, byte: int) -> int:
        """Code-point offset of a byte offset."""
        if self.ascii:
            return byte
        if self._table is None:
            table, count = [], 0
            for char in self.source:
                table.extend([count] * len(char.encode("utf-8", "surrogatepass")))
                count += 1
            table.append(count)
            self._table = table
        return self._table[byte]

    def convert(self, root: "Concrete") -> Node | None:
        """The value of the segment, None where it holds none."""
        for child in root.children:
            if child.type == "document":
                for inner in child.children:
                    if inner.type in ("block_node", "flow_node"):
                        return self.wrapped(inner, -1)
            elif child.type in ("block_node", "flow_node"):
                return self.wrapped(child, -1)
        return None

    def wrapped(self, node: "Concrete", indent: int) -> Node:
        """A block or flow node: its properties (anchor, tag) and its content."""
        anchor = tag = None
        content = None
        for child in node.children:
            kind = child.type
            if kind == "anchor":
                anchor = child
            elif kind == "tag":
                tag = child
            elif kind != "comment":
                content = child
        converted = self.content(content, indent) if content is not None else self.missing(self.at(node.end_byte))
        if tag is not None:
            converted = self.tagged(converted, tag)
        if anchor is not None:
            name = self.source[self.at(anchor.start_byte) + 1 : self.at(anchor.end_byte)]
            converted.anchor = name
            self.anchors[name] = converted
        return converted

    def content(self, node: "Concrete", indent: int) -> Node:
        """A collection, scalar or alias."""
        kind = node.type
        start, end = self.at(node.start_byte), self.at(node.end_byte)
        if kind == "plain_scalar":
            return self.plain(start, end)
        if kind == "double_quote_scalar":
            return self.quoted(start, end, scalars.double_quoted(self.source, start, end), "double")
        if kind == "single_quote_scalar":
            return self.quoted(start, end, scalars.single_quoted(self.source, start, end), "single")
        if kind == "block_scalar":
            style = "literal" if self.source[start] == "|" else "folded"
            return self.quoted(start, end, scalars.block_text(self.source, start, indent), style)
        if kind in ("block_mapping", "flow_mapping"):
            return self.mapping(node, start, end, flow=kind == "flow_mapping")
        if kind in ("block_sequence", "flow_sequence"):
            return self.sequence(node, start, end, flow=kind == "flow_sequence")
        if kind == "alias":
            return self.alias(start, end)
        return self.broken(start, end)

    def count(self) -> None:
        """Notes that a node was made."""
        global CONVERTED  # noqa: PLW0603 - a counter for tests
        CONVERTED += 1

    def missing(self, at: int) -> Scalar:
        """The null that stands where nothing is written."""
        self.count()
        return Scalar(self.segment, at, at, None, "", "missing")

    def broken(self, start: int, end: int) -> Scalar:
        """A value about which an error is already reported."""
        self.count()
        text = self.segment.text[start:end]
        scalar = Scalar(self.segment, start, end, text, text, "plain")
        scalar.broken = True
        return scalar

    def plain(self, start: int, end: int) -> Scalar:
        """A plain scalar; one that stands for a masked value is broken."""
        mask = self.masks.get(start)
        if mask is not None:
            return self.broken(mask.start, mask.end)
        text, offsets = scalars.plain_text(self.source, start, end)
        scalar = self.quoted(start, end, scalars.ScalarText(text, offsets), "plain")
        scalar.value = scalars.plain_value(text)
        reason = scalars.divergent(text)
        if reason:
            self.issues.append(
                SyntaxIssue(
                    "ambiguous-scalar", scalar.place, f"`{text}` is {reason}", "put it in quotes if it is a text",
                    "Put it in quotes", f'"{text}"',
                )
            )  # fmt: skip
            scalar.broken = True
        return scalar

    def quoted(self, start: int, end: int, read: scalars.ScalarText, style: str) -> Scalar:
        """A scalar that is a text whatever it looks like."""
        self.count()
        scalar = Scalar(self.segment, start, end, read.text, read.text, style)
        scalar.offsets = read.offsets
        return scalar

    def alias(self, start: int, end: int) -> Alias:
        """A reference to an anchor before it."""
        self.count()
        name = self.source[start + 1 : end]
        target = self.anchors.get(name) or self.known.get(name)
        alias = Alias(self.segment, start, end, name, target)
        self.aliases.append(alias)
        if target is None:
            message = f"there is no anchor `&{name}` before this"
            self.issues.append(SyntaxIssue("unknown-alias", alias.place, message, f"write `&{name}` at the value it means"))
        return alias

    def tagged(self, node: Node, tag: "Concrete") -> Node:
        """Applies a tag of the core schema; any other is an error (language §1)."""
        name = self.source[self.at(tag.start_byte) : self.at(tag.end_byte)]
        wanted = _KNOWN_TAGS.get(name)
        if wanted is None and name != "!":
            span = Span(self.at(tag.start_byte), self.at(tag.end_byte))
            self.issues.append(_issue(self.segment, "syntax", span, f"the tag `{name}` is not known here", "remove it"))
        if isinstance(node, Scalar) and (wanted is str or name == "!"):
            node.value, node.broken = node.text, False
        elif isinstance(node, Scalar) and wanted in (int, float, bool, type(None)):
            node.value = _as_tagged(node.text, wanted)
        return node

    def mapping(self, node: "Concrete", start: int, end: int, *, flow: bool) -> Map:
        """A mapping, block or flow."""
        self.count()
        indent = self.column(start)
        pairs: list[Pair] = []
        for child in node.children:
            if child.type in _PAIRS:
                pairs.append(self.pair(child, indent))
            elif child.type == "flow_node":
                key = self.wrapped(child, indent)
                pairs.append(Pair(key, self.missing(key.end)))
        merged = with_merges(pairs)
        self.issues.extend(duplicate_keys(merged))
        return Map(self.segment, start, end, tuple(merged), flow=flow)

    def pair(self, node: "Concrete", indent: int) -> Pair:
        """An entry; a key that is not there is the empty text."""
        key_node, value_node = node.child_by_field_name("key"), node.child_by_field_name("value")
        colon = next((child for child in node.children if child.type == ":"), node)
        key = self.wrapped(key_node, indent) if key_node else self.missing(self.at(node.start_byte))
        value = self.wrapped(value_node, indent) if value_node else self.missing(self.at(colon.end_byte))
        return Pair(key, value)

    def sequence(self, node: "Concrete", start: int, end: int, *, flow: bool) -> Seq:
        """A sequence, block or flow."""
        self.count()
        indent = self.column(start)
        items: list[Node] = []
        for child in node.children:
            kind = child.type
            if kind == "block_sequence_item":
                inner = [part for part in child.children if part.type in ("block_node", "flow_node")]
                items.append(self.wrapped(inner[0], indent) if inner else self.missing(self.at(child.end_byte)))
            elif kind == "flow_node":
                items.append(self.wrapped(child, indent))
            elif kind == "flow_pair":
                pair = self.pair(child, indent)
                items.append(Map(self.segment, pair.key.start, max(pair.key.end, pair.value.end), (pair,), flow=True))
        return Seq(self.segment, start, end, tuple(items), flow=flow)

    def column(self, offset: int) -> int:
        """Column of an offset in its line."""
        return offset - (max(self.source.rfind("\n", 0, offset), self.source.rfind("\r", 0, offset)) + 1)


def _issue(segment: Segment, kind: str, span: Span, message: str, hint: str | None = None) -> SyntaxIssue:
    from wf_engine.syntax.nodes import Place  # noqa: PLC0415

    return SyntaxIssue(kind, Place(segment, span), message, hint)


def _as_tagged(text: str, wanted: Any) -> Any:
    value = scalars.plain_value(text)
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


def with_merges(pairs: list[Pair]) -> list[Pair]:
    """The entries with those of `<<` laid under them; what is written directly wins (language §1)."""
    if not any(pair.name == "<<" for pair in pairs):
        return pairs
    own = [pair for pair in pairs if pair.name != "<<"]
    names = {pair.name for pair in own}
    for pair in pairs:
        if pair.name != "<<":
            continue
        source = resolved(pair.value)
        sources = source.items if isinstance(source, Seq) else (source,)
        for each in map(resolved, sources):
            for inherited in each.pairs if isinstance(each, Map) else ():
                if inherited.name not in names:
                    names.add(inherited.name)
                    own.append(Pair(inherited.key, inherited.value, merged=True))
    return own


def duplicate_keys(pairs: list[Pair] | tuple[Pair, ...]) -> list[SyntaxIssue]:
    """An issue for each key that stood before."""
    seen: set[str | None] = set()
    issues = []
    for pair in pairs:
        name = pair.name
        if name in seen and name is not None and not pair.merged:
            message = f"`{name}` is written twice in this map"
            issues.append(SyntaxIssue("duplicate-key", pair.key.place, message, "remove one of them"))
        seen.add(name)
    return issues
