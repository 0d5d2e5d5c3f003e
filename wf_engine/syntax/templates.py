"""Templates without quotes: YAML reads `{{` as the start of a map (language §1)."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wf_engine.syntax.faults import Fault, quoted, without_comment
from wf_engine.text import Span

if TYPE_CHECKING:
    from tree_sitter import Node as Concrete

_VALUE = re.compile(
    r"""^[ ]*+(?:[-?][ ]++)*+(?:(?:"[^"\r\n]*+"|'[^'\r\n]*+'|[\w.$/-][^\r\n:\#"']*+)[ ]*+:[ ]++)?(\{\{[^\r\n]*+)""",
    re.MULTILINE | re.VERBOSE,
)
_LINES_ABOVE = 200
"""Lines looked at for the key whose text a line may belong to."""
_BLOCK_HEADER = re.compile(r"(?:[:?-][ \t]+|^[ \t]*)(?:[&!]\S+[ \t]+)*[|>][-+0-9]{0,2}[ \t]*(?:#[^\r\n]*)?\r?$")
_TEXTS = frozenset(
    {"block_scalar", "double_quote_scalar", "single_quote_scalar", "plain_scalar", "string_scalar", "comment"}
)


def candidates(source: str) -> Iterator[Span]:
    """Values of block entries that begin with `{{`, to the end of their line; they may stand in a text of several lines."""
    if "{{" in source:
        for match in _VALUE.finditer(source):
            text = without_comment(match[1])
            yield Span(match.start(1), match.start(1) + len(text))


def fault(source: str, span: Span) -> Fault:
    """The fault of a template without quotes."""
    fixed = quoted(source[span.start : span.end])
    return Fault(
        "a template needs quotes: YAML reads `{{` as the start of a map", f"write {fixed}", *span,
        value=True, fix=fixed, fix_title="Put it in quotes", kind="unquoted-template",
    )  # fmt: skip


def in_text(source: str, at: int, leaf: "Concrete | None") -> bool:
    """Whether an offset lies in a text of several lines. `leaf` is what the parser has there."""
    if leaf is not None and leaf.type in _TEXTS:
        return True
    start = source.rfind("\n", 0, at) + 1
    line = source[start:at]
    indent = len(line) - len(line.lstrip(" "))
    for _ in range(_LINES_ABOVE):
        if start == 0 or indent == 0:
            break
        end = start - 1
        start = source.rfind("\n", 0, end) + 1
        line = source[start:end]
        column = len(line) - len(line.lstrip(" "))
        if column < indent and line.strip():
            if _BLOCK_HEADER.search(line):
                return True
            indent = column
    return False


_TEMPLATE = re.compile(r"\{\{[^{}\r\n]*+\}\}[^,\[\]{}\r\n]*+")


def in_flow(source: str) -> Iterator[Span]:
    """Items and values of flow collections that look like templates."""
    for match in _TEMPLATE.finditer(source):
        before = match.start() - 1
        while before > 0 and source[before] == " ":
            before -= 1
        if before >= 0 and source[before] in "[{,:":
            yield Span(match.start(), match.start() + len(match[0].rstrip()))
