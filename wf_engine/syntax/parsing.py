"""Parsing one segment: tree-sitter, with the lines that it cannot read isolated so that the rest keeps its tree.

Whatever is masked keeps its length, so that offsets stay those of the text.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from wf_engine.syntax.convert import Converter
from wf_engine.syntax.faults import Fault, fault_of, unquoted_template, unquoted_templates, unreadable
from wf_engine.syntax.nodes import Node, Place, Segment, SyntaxIssue
from wf_engine.syntax.limits import too_deep, too_long
from wf_engine.text import Span

if TYPE_CHECKING:
    from tree_sitter import Node as Concrete
    from tree_sitter import Parser, Tree

_ROUNDS = 6
"""Lines isolated in one segment before the rest of it is given up."""
_TRIES = 8
"""Candidates tried for each."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")


@cache
def _parser() -> "Parser":
    import tree_sitter_yaml  # noqa: PLC0415 - costs start-up time
    from tree_sitter import Language, Parser  # noqa: PLC0415

    return Parser(Language(tree_sitter_yaml.language()))


def parse_segment(text: str, known: Mapping[str, Node | None] | None = None) -> Segment:
    """The tree of a run of whole lines. `known` holds the anchors that its aliases may mean. Never raises."""
    segment = Segment(text)
    work = _Work(segment)
    work.run()
    converter = Converter(segment, work.source, work.masks, known or {})
    segment.node = converter.convert(work.tree.root_node)
    segment.anchors = converter.anchors
    segment.aliases = tuple(converter.aliases)
    segment.uses = {alias.name: alias.target for alias in converter.aliases if alias.name not in converter.anchors}
    issues = [*work.issues, *converter.issues]
    segment.issues = tuple(sorted(issues, key=lambda issue: issue.place.span))
    return segment


class _Work:
    """The text as it is parsed, with what had to be masked."""

    tree: "Tree"

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self.source = _sanitised(segment.text)
        self.issues: list[SyntaxIssue] = []
        self.masks: dict[int, Span] = {}

    def run(self) -> None:
        """Masks until the parser reads the rest without an error."""
        self.cut_limits()
        self.report_controls()
        for start, end in unquoted_templates(self.source):
            self.apply(unquoted_template(self.source[start:end], 0), start)
        self.parse()
        for _ in range(_ROUNDS):
            if not self.tree.root_node.has_error:
                return
            self.isolate()
        if self.tree.root_node.has_error:
            self.give_up()

    def parse(self) -> None:
        """Parses the text as it is now."""
        self.tree = _parse(self.source)

    def cut_limits(self) -> None:
        """Blanks what lies beyond the limits that the parser survives."""
        for find, kind in ((too_long, "too-large"), (too_deep, "too-deep")):
            found = find(self.source)
            if found is not None:
                offset, message, hint = found
                end = _line_end(self.source, offset)
                place = Place(self.segment, Span(offset, max(offset, end)))
                self.issues.append(SyntaxIssue(kind, place, message, hint))
                start = self.source.rfind("\n", 0, offset) + 1
                self.blank(start, len(self.source))

    def report_controls(self) -> None:
        """Reports characters that YAML does not allow."""
        match = _CONTROL.search(self.segment.text)
        if match:
            place = Place(self.segment, Span(match.start(), match.end()))
            message = f"the control character U+{ord(match[0]):04X} is not allowed in YAML"
            self.issues.append(SyntaxIssue("syntax", place, message, "remove it, or write it as an escape in double quotes"))

    def apply(self, fault: Fault, base: int, *, report: bool = True) -> None:
        """Masks the part that a fault names and reports it. `base` is the offset of the fault's line."""
        start, end = base + fault.start, base + fault.end
        if fault.value and end > start:
            self.source = self.source[:start] + "x" * (end - start) + self.source[end:]
            self.masks[start] = Span(start, end)
        else:
            self.blank(start, end)
        if report:
            place = Place(self.segment, Span(start, end))
            fix = (f"Change it to {fault.fix}" if fault.kind == "syntax" else "Put it in quotes") if fault.fix else None
            self.issues.append(SyntaxIssue(fault.kind, place, fault.message, fault.hint, fix, fault.fix))

    def blank(self, start: int, end: int) -> None:
        """Replaces a range by spaces; line ends stay."""
        self.source = self.source[:start] + re.sub(r"[^\r\n]", " ", self.source[start:end]) + self.source[end:]

    def isolate(self) -> None:
        """Masks the line whose loss lets the parser read the most, and reports it."""
        stop = self.error_offset()
        before = self.source, dict(self.masks), len(self.issues)
        best: tuple[int, int, Fault] | None = None
        for base, fault in self.candidates(stop):
            self.apply(fault, base, report=False)
            self.parse()
            reach = len(self.source) + 1 if not self.tree.root_node.has_error else self.error_offset()
            self.source, self.masks = before[0], dict(before[1])
            if best is None or reach > best[0]:
                best = (reach, base, fault)
            if reach > len(self.source):
                break
        if best is None:
            self.give_up()
            return
        self.apply(best[2], best[1])
        self.parse()

    def candidates(self, stop: int) -> list[tuple[int, Fault]]:
        """Faults worth a try, the likeliest first: lines that look wrong up to the error, then the lines around it."""
        lines = [(match.start(), match[0].rstrip("\r\n")) for match in _LINE.finditer(self.source)]
        here = max((index for index, (start, _) in enumerate(lines) if start <= stop), default=0)
        found = []
        for start, line in reversed(lines[: here + 2]):
            fault = fault_of(line)
            if fault is not None and not any(start + fault.start <= mask < start + fault.end for mask in self.masks):
                found.append((start, fault))
        found = found[: _TRIES // 2]
        for index in (here, here + 1, here - 1, here + 2):
            if 0 <= index < len(lines) and lines[index][1].strip():
                above = lines[index - 1][1] if index else None
                found.append((lines[index][0], unreadable(lines[index][1], above)))
        return found[:_TRIES]

    def error_offset(self) -> int:
        """Where the first error of the tree begins."""
        byte = _first_error(self.tree.root_node)
        encoded = self.source.encode("utf-8", "surrogatepass")
        offset = len(encoded[:byte].decode("utf-8", "ignore")) if len(encoded) != len(self.source) else byte
        while offset < len(self.source) and self.source[offset] in " \r\n":
            offset += 1
        return offset

    def give_up(self) -> None:
        """Blanks everything from the first error on; what stands before it is kept."""
        stop = min(self.error_offset(), max(len(self.source) - 1, 0))
        start = self.source.rfind("\n", 0, stop) + 1
        if not self.issues:
            line = self.source[start : _line_end(self.source, start)]
            fault = unreadable(line, None)
            place = Place(self.segment, Span(start + fault.start, start + fault.end))
            self.issues.append(SyntaxIssue("syntax", place, fault.message, fault.hint))
        while self.tree.root_node.has_error and self.source.strip():
            self.blank(start, len(self.source))
            self.parse()
            start = self.source.rfind("\n", 0, max(start - 1, 0)) + 1


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def _sanitised(text: str) -> str:
    """The text as the parser may see it: lone \\r as \\n, and characters that YAML forbids as spaces."""
    text = _CONTROL.sub("x", text)
    return re.sub(r"\r(?!\n)", "\n", text) if "\r" in text else text


def _parse(source: str) -> "Tree":
    return _parser().parse(source.encode("utf-8", "surrogatepass"))


def _line_end(source: str, offset: int) -> int:
    end = source.find("\n", offset)
    return len(source[:end].rstrip("\r")) if end >= 0 else len(source)


def _first_error(root: "Concrete") -> int:
    """The byte at which the first error begins: where an ERROR node or a missing token stands."""
    node = root
    while True:
        if node.is_missing:
            return node.start_byte
        if node.type == "ERROR":
            # What is readable stands in front; the error itself is behind the last part that was understood.
            inner = [child for child in node.children if child.has_error]
            if not inner:
                return node.start_byte if node.parent is not None else _behind(node)
            node = inner[0]
            continue
        broken = [child for child in node.children if child.has_error]
        if not broken:
            return node.start_byte
        node = broken[0]


def _behind(node: "Concrete") -> int:
    return node.children[-1].end_byte if node.children else node.start_byte
