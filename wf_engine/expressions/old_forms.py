"""Old spellings in expressions (language §10): read as what they mean today, where they stand in the text."""

from typing import NamedTuple

from wf_engine.expressions.nodes import Expr, Index, Literal, Member, Name
from wf_engine.text import Span

OLD_NAMES = frozenset({"input", "outputs"})
"""Last names of old spellings: any other member is in today's."""


class OldForm(NamedTuple):
    """An old spelling: `kind` is the name of its check, `new` what to write at `span`."""

    kind: str
    span: Span
    was: str
    new: str


Link = Member | Index


def modernised(link: Link, text: str) -> tuple[Expr, OldForm] | None:
    """`workflow.input` as `input`, `tasks.x.forEach.outputs` as `tasks.x.output.results`; None for anything else.

    Any of the names may stand in brackets. `text` is that of the expression.
    """
    target = link.target
    if link_key(link) == "input" and isinstance(target, Name) and target.name == "workflow":
        was = text[link.span.start : link.span.end]
        return Name(link.span, "input"), OldForm("old-workflow-input", link.span, was, "input")
    if link_key(link) != "outputs" or not isinstance(target, Link) or link_key(target) != "forEach":
        return None
    return _results(link, target, text) if _is_step(target.target) else None


def _results(link: Link, loop: Link, text: str) -> tuple[Expr, OldForm]:
    before, between = ("?." if each.optional else "." for each in (loop, link))
    start, end = _written_from(loop, text), _written_to(link)
    output = Member(loop.span, loop.target, "output", Span(start, _written_to(loop)), loop.optional)
    results = Member(link.span, output, "results", Span(_written_from(link, text), end), link.optional)
    span = Span(start, end)
    new = f"{before if isinstance(loop, Index) else ''}output{between}results"
    return results, OldForm("old-loop-outputs", span, text[start:end], new)


def link_key(link: Link) -> str | None:
    """The name behind a dot, or between quotes in brackets."""
    if isinstance(link, Member):
        return link.name
    return link.index.value if isinstance(link.index, Literal) and isinstance(link.index.value, str) else None


def _written_from(link: Link, text: str) -> int:
    """Where a name, or the brackets around it and a `?.` before them, begin."""
    if isinstance(link, Member):
        return link.name_span.start
    return text.rindex("?." if link.optional else "[", 0, link.index.span.start)


def _written_to(link: Link) -> int:
    return link.name_span.end if isinstance(link, Member) else link.span.end


def _is_step(expr: Expr) -> bool:
    """Whether an expression names a step: `tasks.ID` or `tasks['ID']`."""
    return isinstance(expr, Link) and isinstance(expr.target, Name) and expr.target.name == "tasks"
