"""Parsing one segment: tree-sitter, with the lines that it cannot read isolated so that the rest keeps its tree.

Whatever is masked keeps its length, so that offsets stay those of the text.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from wf_engine.syntax import templates
from wf_engine.syntax.conflicts import conflicts, markers
from wf_engine.syntax.convert import Converter, shifted
from wf_engine.syntax.faults import Fault
from wf_engine.syntax.forbidden import forbidden, readable
from wf_engine.syntax.isolation import candidates
from wf_engine.syntax.limits import MOST_DEPTH, too_deep, too_long
from wf_engine.syntax.nodes import Node, Place, Segment, SyntaxIssue
from wf_engine.text import Span

if TYPE_CHECKING:
    from tree_sitter import Language, Parser, Tree
    from tree_sitter import Node as Concrete

_ROUNDS = 6
"""Faults isolated in one segment before the rest of it is given up."""
_TRIES = 12
"""Candidates tried for each."""
_REPORTED = 2
"""Faults of one segment that are reported: further ones mostly follow from the first."""
_TEMPLATES = 50
"""Templates without quotes of one segment that are reported."""
_BUDGET = 300_000
"""Code points parsed in search of faults, so that a long segment takes no longer than a second."""
_PERHAPS_BARE = re.compile(r"\{\{(?<![^\s\[{,:]..)")
"""What looks like a template without quotes: a quote in front of the braces tells most others apart."""
_TABBED = re.compile(r" *+\t[ \t]*+")
_VISIBLE = re.compile(r"[^\r\n]+")


@cache
def _language() -> "Language":
    import tree_sitter_yaml
    from tree_sitter import Language

    return Language(tree_sitter_yaml.language())


@cache
def _parser() -> "Parser":
    from tree_sitter import Parser

    return Parser(_language())


@cache
def _kinds() -> tuple[str, ...]:
    language = _language()
    return tuple([language.node_kind_for_id(number) or "" for number in range(language.node_kind_count)])


def parse_segment(text: str, known: Mapping[str, Node] | None = None) -> Segment:
    """The tree of a run of whole lines. `known` holds the anchors that its aliases may mean. Never raises."""
    return Parse(text).whole(known or {})


class Parse:
    """A segment being parsed: its text as the parser may see it, with what had to be masked."""

    tree: "Tree"

    def __init__(self, text: str, shift: int = 0) -> None:
        self.segment = Segment(text, shift)
        self.source = readable(text)
        if shift and (tab := _TABBED.match(self.source)):  # whoever moves the line says what is wrong with it
            self.source = " " * tab.end() + self.source[tab.end() :]
        self.issues: list[SyntaxIssue] = []
        self.masks: dict[int, Span] = {}
        self._cut_limits()
        for fault in forbidden(text):
            self._report(fault, 0)
        for fault in conflicts(self.source):
            self._apply(fault, 0)
        self._parse()
        if _PERHAPS_BARE.search(self.source):
            self._quote_templates()
        self.sound = not self.tree.root_node.has_error

    def whole(self, known: Mapping[str, Node] | None) -> Segment:
        """The segment, with what the parser cannot read masked. `known` None: no alias is expanded."""
        if not self.sound:
            self._isolate_all()
        segment = self.segment
        segment.sound = self.sound
        converter = Converter(segment, self.source, self.masks, known, _kinds())
        segment.node = converter.convert(self.tree.root_node)
        segment.anchors = converter.anchors
        segment.aliases = tuple(converter.aliases)
        segment.expanded = known is not None or not segment.aliases
        if self.issues or converter.issues:
            segment.issues = tuple(sorted([*self.issues, *converter.issues], key=lambda issue: issue.place.span))
        return segment

    def _parse(self) -> None:
        source = shifted(self.source, self.segment.shift)
        self.tree = _parser().parse(source.encode("utf-8", "surrogatepass"))

    def _cut_limits(self) -> None:
        """Blanks what lies beyond the limits that the parser survives."""
        if len(self.source) < MOST_DEPTH:
            return
        for find, kind in ((too_long, "too-large"), (too_deep, "too-deep")):
            excess = find(self.source)
            if excess is not None:
                line = _line_at(self.source, excess.offset)
                place = Place(self.segment, Span(excess.offset, max(excess.offset, line.end)))
                self.issues.append(SyntaxIssue(kind, place, excess.message, excess.hint))
                self._blank(line.start, len(self.source))

    def _apply(self, fault: Fault, base: int, *, report: bool = True) -> None:
        """Masks what a fault in the line that begins at `base` names, and reports it."""
        for gone in fault.masked or (Span(fault.start, fault.end),):
            span = gone.shift(base)
            if fault.value:
                self._mask([span])
            else:
                self._blank(*span)
        if report:
            self._report(fault, base)

    def _report(self, fault: Fault, base: int) -> None:
        place = Place(self.segment, Span(fault.start, fault.end).shift(base))
        fix_span = fault.fix_span.shift(base) if fault.fix_span else None
        title = fault.fix_title if fault.fix is not None else None
        self.issues.append(SyntaxIssue(fault.kind, place, fault.message, fault.hint, title, fault.fix, fix_span))

    def _blank(self, start: int, end: int) -> None:
        """Replaces a range by spaces; line ends stay."""
        self.source = self.source[:start] + _VISIBLE.sub(_spaces, self.source[start:end]) + self.source[end:]

    def _quote_templates(self) -> None:
        """Masks templates that stand without quotes."""
        for find in (templates.candidates, templates.in_flow):
            root, source, masked, at, end = self.tree.root_node, self.source, [], 0, 0
            for span in find(source):
                at += len(source[end : span.start].encode("utf-8", "surrogatepass"))
                byte, end = max(0, at + self.segment.shift), span.start
                if templates.in_text(source, span.start, root.descendant_for_byte_range(byte, byte + 1)):
                    continue
                masked.append(span)
                if len(masked) <= _TEMPLATES:
                    self._report(templates.fault(source, span), 0)
            if masked:
                self._mask(masked)
                self._parse()

    def _mask(self, spans: list[Span]) -> None:
        """Puts placeholders in the place of values."""
        pieces, end = [], 0
        for span in spans:
            pieces += [self.source[end : span.start], "x" * (span.end - span.start)]
            self.masks[span.start] = span
            end = span.end
        self.source = "".join([*pieces, self.source[end:]])

    def _isolate_all(self) -> None:
        """Masks until the parser reads the rest without an error."""
        budget = _BUDGET
        if self._drop_markers() and not self.tree.root_node.has_error:
            return
        for number in range(_ROUNDS):
            tries = max(1, min(_TRIES, budget // (len(self.source) + 1)))
            budget -= self._isolate(tries, report=number < _REPORTED)
            if not self.tree.root_node.has_error:
                return
            if budget <= 0:
                break
        self._give_up()

    def _drop_markers(self) -> bool:
        """Masks what merges left, and reports the first."""
        found = list(markers(self.source))
        for number, fault in enumerate(found):
            self._apply(fault, 0, report=number == 0)
        if found:
            self._parse()
        return bool(found)

    def _isolate(self, tries: int, *, report: bool) -> int:
        """Masks the fault whose loss lets the parser read the most. Gives the number of code points parsed."""
        source, masks = self.source, dict(self.masks)
        best, best_reach, parsed = None, self._error_offset(), len(source)
        found = candidates(source, best_reach, self.masks, tries)
        for candidate in found:
            self._apply(candidate.fault, candidate.base, report=False)
            self._parse()
            parsed += len(source)
            reach = self._error_offset() if self.tree.root_node.has_error else len(source) + 1
            self.source, self.masks = source, dict(masks)
            if reach > best_reach:
                best, best_reach = candidate, reach
            if reach > len(source):
                break
        best = best or next(iter(found), None)
        if best is not None:
            self._apply(best.fault, best.base, report=report)
            self._parse()
        return parsed

    def _error_offset(self) -> int:
        """Where the first error of the tree begins."""
        byte = _first_error(self.tree.root_node)
        source = shifted(self.source, self.segment.shift)
        offset = (
            byte if source.isascii() else len(source.encode("utf-8", "surrogatepass")[:byte].decode("utf-8", "ignore"))
        )
        offset = max(0, offset - self.segment.shift)
        while offset < len(self.source) and self.source[offset] in " \r\n":
            offset += 1
        return offset

    def _give_up(self) -> None:
        """Blanks everything from the first error on; what stands before it is kept."""
        start = _line_at(self.source, min(self._error_offset(), max(len(self.source) - 1, 0))).start
        while self.tree.root_node.has_error and self.source.strip():
            self._blank(start, len(self.source))
            self._parse()
            start = _line_at(self.source, start * 3 // 4).start


def _spaces(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())


def _line_at(source: str, offset: int) -> Span:
    start = source.rfind("\n", 0, offset) + 1
    end = source.find("\n", offset)
    return Span(start, len(source[: end if end >= 0 else len(source)].rstrip("\r")))


def _first_error(root: "Concrete") -> int:
    """The byte at which the first error begins: where an ERROR node or a missing token stands."""
    node = root
    while True:
        if node.is_missing:
            return node.start_byte
        broken = next((child for child in node.children if child.has_error), None)
        if broken is not None:
            node = broken
        elif node.type == "ERROR" and node.parent is None and node.children:
            # What is readable stands in front; the error itself is behind the last part that was understood.
            return node.children[-1].end_byte
        else:
            return node.start_byte
