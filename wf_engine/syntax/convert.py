"""From tree-sitter's concrete tree of one segment to our nodes."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from wf_engine.syntax import scalars, tags
from wf_engine.syntax.block_scalars import block_fault, block_text
from wf_engine.syntax.limits import MOST_DEPTH, MOST_NODES
from wf_engine.syntax.merging import MERGE, duplicate_keys_inside, is_merge, with_merges, wrong_merges
from wf_engine.syntax.nodes import Alias, Map, Node, Pair, Place, Scalar, Segment, Seq, SyntaxIssue, resolved
from wf_engine.text import Span

if TYPE_CHECKING:
    from tree_sitter import Node as Concrete

_NODES = frozenset({"block_node", "flow_node"})
_PAIRS = frozenset({"block_mapping_pair", "flow_pair"})


class Converter:
    """Converts one segment. `masks` are the ranges that stand for a value that could not be read."""

    def __init__(
        self,
        segment: Segment,
        source: str,
        masks: Mapping[int, Span],
        known: Mapping[str, Node] | None,
        kinds: Sequence[str],
    ) -> None:
        self.segment = segment
        self.kinds = kinds
        """The names of the kinds of concrete nodes by their numbers: a number costs less to ask for."""
        self.source = source
        self.masks = masks
        self.known = known
        """Anchors of the segments before; None: no alias is expanded."""
        self.depth = 0
        self.anchors: dict[str, Node] = {}
        self.open: dict[str, int] = {}
        """Anchors of the nodes that are being converted, with where these begin."""
        self.aliases: list[Alias] = []
        self.issues: list[SyntaxIssue] = []
        self._offsets = None if source.isascii() else _offsets(shifted(source, segment.shift))
        self._direct = self._offsets is None and not segment.shift

    def at(self, byte: int) -> int:
        """Code-point offset of a byte offset."""
        if self._direct:
            return byte
        return max(0, (byte if self._offsets is None else self._offsets[byte]) - self.segment.shift)

    def convert(self, root: "Concrete") -> Node | None:
        """The value of the segment, None where it holds none."""
        for child in root.children:
            for node in child.children if child.type == "document" else (child,):
                if node.type in _NODES:
                    return self.wrapped(node, -1)
        return None

    def issue(self, kind: str, start: int, end: int, message: str, hint: str, *, restriction: bool = False) -> None:
        """Reports a range."""
        place = Place(self.segment, Span(start, end))
        self.issues.append(SyntaxIssue(kind, place, message, hint, restriction=restriction))

    def wrapped(self, node: "Concrete", indent: int) -> Node:
        """A block or flow node: its properties (anchor, tag) and its content."""
        children = node.children
        if len(children) == 1 and self.kinds[children[0].kind_id] not in _PROPERTIES:
            return self.content(children[0], indent)
        anchor = tag = content = None
        for child in children:
            kind = self.kinds[child.kind_id]
            if kind == "anchor":
                anchor = child
            elif kind == "tag":
                tag = child
            elif kind != "comment":
                content = child
        name = self.source[self.at(anchor.start_byte) + 1 : self.at(anchor.end_byte)] if anchor is not None else None
        if name is not None:
            self.open[name] = node.start_byte
            self.anchors.pop(name, None)
        converted = self.content(content, indent) if content is not None else self.missing(self.at(node.end_byte))
        if tag is not None:
            self.tagged(converted, self.at(tag.start_byte), self.at(tag.end_byte))
        if name is not None:
            converted.anchor = name
            if self.open.get(name) == node.start_byte:  # else the name was given again inside
                del self.open[name]
                self.anchors[name] = converted
        return converted

    def content(self, node: "Concrete", indent: int) -> Node:
        """A collection, scalar or alias. `indent` is the column of the block around it."""
        kind = self.kinds[node.kind_id]
        start, end = node.start_byte, node.end_byte
        if not self._direct:
            start, end = self.at(start), self.at(end)
        if self.depth > MOST_DEPTH:
            self.issue(
                "too-deep",
                start,
                start + 1,
                f"this is nested deeper than {MOST_DEPTH} levels",
                "make the nesting flatter",
            )
            return self.broken(start, end)
        if kind == "plain_scalar":
            return self.plain(start, end)
        if kind == "double_quote_scalar":
            return self.text(start, end, scalars.double_quoted(self.source, start, end), "double")
        if kind == "single_quote_scalar":
            return self.text(start, end, scalars.single_quoted(self.source, start, end), "single")
        if kind == "block_scalar":
            return self.block(start, end, indent)
        if kind in ("block_mapping", "flow_mapping"):
            return self.mapping(node, start, end, flow=kind == "flow_mapping")
        if kind in ("block_sequence", "flow_sequence"):
            return self.sequence(node, start, end, flow=kind == "flow_sequence")
        if kind == "alias":
            return self.alias(start, end)
        return self.broken(start, end)

    def missing(self, at: int) -> Scalar:
        """The null that stands where nothing is written."""
        self.segment.count += 1
        return Scalar(self.segment, at, at, None, "", "missing")

    def broken(self, start: int, end: int) -> Scalar:
        """A value about which an error is already reported."""
        self.segment.count += 1
        text = self.segment.text[start:end]
        scalar = Scalar(self.segment, start, end, text, text, "plain")
        scalar.broken = True
        return scalar

    def plain(self, start: int, end: int) -> Scalar:
        """A plain scalar; one that stands for a masked value is broken."""
        mask = self.masks.get(start)
        if mask is not None:
            return self.broken(mask.start, mask.end)
        text = self.source[start:end]
        if "\n" in text:
            scalar = self.text(start, end, scalars.plain_text(self.source, start, end), "plain")
            text = scalar.text
        else:
            scalar = Scalar(self.segment, start, end, text, text, "plain")
            self.segment.count += 1
        scalar.value = scalars.plain_value(text)
        reason = scalars.divergent(text)
        if reason:
            scalar.broken = True
            message, hint = f"`{text}` is {reason}", "put it in quotes if it is a text"
            fix = f'"{text}"'
            self.issues.append(SyntaxIssue("ambiguous-scalar", scalar.place, message, hint, "Put it in quotes", fix))
        return scalar

    def text(self, start: int, end: int, read: scalars.ScalarText, style: str) -> Scalar:
        """A scalar that is a text whatever it looks like."""
        self.segment.count += 1
        text, offsets = read
        return Scalar(self.segment, start, end, text, text, style, offsets)

    def block(self, start: int, end: int, indent: int) -> Scalar:
        """A literal or folded scalar."""
        wrong = block_fault(self.source, start, end, indent)
        if wrong is not None:
            self.issue(
                "syntax", *wrong, "this line of the text is not indented as the others are", "align it with them"
            )
        style = "literal" if self.source[start] == "|" else "folded"
        return self.text(start, end, block_text(self.source, start, indent), style)

    def alias(self, start: int, end: int) -> Alias:
        """A reference to an anchor before it."""
        self.segment.count += 1
        name = self.source[start + 1 : end]
        target = None
        if name in self.open:
            hint = "a value cannot hold itself"
            self.issue("unknown-alias", start, end, f"`*{name}` stands inside the value that it means", hint)
        elif self.known is not None:
            target = self.anchors.get(name) or self.known.get(name)
            if name not in self.anchors:
                self.segment.uses[name] = target
            if target is None:
                hint = f"write `&{name}` in front of the value it means"
                self.issue("unknown-alias", start, end, f"there is no anchor `&{name}` before this", hint)
            elif self.depth + target.height > MOST_DEPTH:
                hint = "make the nesting flatter"
                self.issue("too-deep", start, end, f"`*{name}` is nested deeper than {MOST_DEPTH} levels here", hint)
                target = None
        alias = Alias(self.segment, start, end, name, self._expanded(target))
        self.aliases.append(alias)
        return alias

    def _expanded(self, target: Node | None) -> Node | None:
        """The target, unless the segment's aliases would then stand for more nodes than a document may hold."""
        self.segment.expansion += target.size if target else 0
        return target if self.segment.expansion <= MOST_NODES else None

    def tagged(self, node: Node, start: int, end: int) -> None:
        """Applies the tag that stands at a range."""
        tag = self.source[start:end]
        if tags.apply(node, tag):
            return
        if tags.undeclared(tag, self.source):
            self.issue("syntax", start, end, f"no `%TAG` declares what `{tag}` begins with", "remove the tag")
        else:
            hint = "remove it: values are plain JSON"
            self.issue("syntax", start, end, f"the tag `{tag}` is not allowed here", hint, restriction=True)

    def mapping(self, node: "Concrete", start: int, end: int, *, flow: bool) -> Map:
        """A mapping, block or flow."""
        self.segment.count += 1
        self.depth += 1
        indent = -1 if flow else self.column(start)
        pairs: list[Pair] = []
        for child in node.children:
            kind = self.kinds[child.kind_id]
            if kind in _PAIRS:
                pairs.append(self.pair(child, indent))
            elif kind == "flow_node":
                key = self.wrapped(child, indent)
                pairs.append(Pair(key, self.missing(key.end)))
        self.depth -= 1
        if pairs and not flow:
            end = pairs[-1].value.end  # the parser counts the line ends behind it in
        names = [pair.name for pair in pairs]
        if None in names:
            self._wrong_keys(pairs)
        if len(set(names)) < len(names) and self.segment.sound:  # a lost line may have stood between them
            self.issues += duplicate_keys_inside(pairs)
        if MERGE in names:
            self.issues += wrong_merges(pairs)
            merging = Map(self.segment, start, end, tuple(with_merges(pairs)), flow=flow)
            merging.merges = tuple(pair for pair in pairs if is_merge(pair))
            return merging
        return Map(self.segment, start, end, tuple(pairs), flow=flow)

    def _wrong_keys(self, pairs: Sequence[Pair]) -> None:
        for pair in pairs:
            if pair.name is None and not isinstance(resolved(pair.key), Alias):
                message, hint = "a key has to be a text: values are plain JSON", "write a text as the key"
                self.issue("syntax", pair.key.start, pair.key.end, message, hint, restriction=True)

    def pair(self, node: "Concrete", indent: int) -> Pair:
        """An entry; a key that is not there is the empty text."""
        key: Node | None = None
        value: Node | None = None
        behind = -1
        for child in node.children:
            kind = self.kinds[child.kind_id]
            if kind == ":":
                behind = self.at(child.end_byte)
            elif kind in _NODES:
                part = self.wrapped(child, indent)
                if behind < 0:
                    key = part
                else:
                    value = part
        if key is None:
            key = self.missing(self.at(node.start_byte))
        if value is None:
            value = self.missing(behind if behind >= 0 else key.end)
        return Pair(key, value)

    def sequence(self, node: "Concrete", start: int, end: int, *, flow: bool) -> Seq:
        """A sequence, block or flow."""
        self.segment.count += 1
        self.depth += 1
        indent = -1 if flow else self.column(start)
        items: list[Node] = []
        for child in node.children:
            kind = self.kinds[child.kind_id]
            if kind == "block_sequence_item":
                inner = next((part for part in child.children if self.kinds[part.kind_id] in _NODES), None)
                items.append(self.wrapped(inner, indent) if inner else self.missing(self.at(child.end_byte)))
            elif kind == "flow_node":
                items.append(self.wrapped(child, indent))
            elif kind == "flow_pair":
                pair = self.pair(child, indent)
                self.segment.count += 1
                items.append(Map(self.segment, pair.key.start, max(pair.key.end, pair.value.end), (pair,), flow=True))
        self.depth -= 1
        if items and not flow:
            end = items[-1].end
        return Seq(self.segment, start, end, tuple(items), flow=flow)

    def column(self, offset: int) -> int:
        """Column of an offset in its line."""
        line = self.source.rfind("\n", 0, offset) + 1
        return offset - line + (self.segment.shift if line == 0 else 0)


_PROPERTIES = frozenset({"anchor", "tag", "comment"})


def shifted(source: str, shift: int) -> str:
    """The text with its first line moved to the right, or to the left."""
    return " " * shift + source if shift >= 0 else source[-shift:]


def _offsets(source: str) -> list[int]:
    """The code-point offset of every byte offset."""
    table: list[int] = []
    for number, char in enumerate(source):
        table += [number] * len(char.encode("utf-8", "surrogatepass"))
    table.append(len(source))
    return table
