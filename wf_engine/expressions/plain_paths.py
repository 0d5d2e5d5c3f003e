"""Expressions that are a root and names behind dots: most of all that are written, and read without the parser."""

import re

from wf_engine.expressions.grammar import NAME, WORDS
from wf_engine.expressions.nodes import Expr, Member, Name
from wf_engine.expressions.old_forms import OLD_NAMES
from wf_engine.text import Span

_SPACE = r"[ \t\r\n]*+"
_PATH = re.compile(rf"{_SPACE}({NAME}(?:\.{NAME})*+)(?!\w){_SPACE}")
_TEMPLATE = re.compile(_PATH.pattern + r"(?=\}\})")
_LONGEST = 1_000
_NOT_ROOTS = frozenset({*WORDS, "in"})


def plain_path(text: str, span: Span) -> Expr | None:
    """The tree of such an expression, the same that the parser makes of it; None for any other."""
    match = _PATH.fullmatch(text, span.start, min(span.end, span.start + _LONGEST))
    return _tree(match) if match is not None and match.end() == span.end else None


def plain_template(text: str, start: int) -> tuple[Expr, int] | None:
    """The same of a template whose braces end at `start`, with where the braces behind it begin."""
    match = _TEMPLATE.match(text, start, start + _LONGEST)
    tree = _tree(match) if match is not None else None
    return (tree, match.end()) if match is not None and tree is not None else None


def _tree(match: re.Match[str]) -> Expr | None:
    root, *names = match[1].split(".")
    if root in _NOT_ROOTS or not OLD_NAMES.isdisjoint(names):
        return None
    start = match.start(1)
    at = start + len(root)
    node: Expr = Name(Span(start, at), root)
    for name in names:
        begin, at = at + 1, at + 1 + len(name)
        node = Member(Span(start, at), node, name, Span(begin, at), optional=False)
    return node
