"""Old spellings in expressions (language §10): read as what they mean today, where they stand in the text."""

from typing import NamedTuple

from wf_engine.expressions.nodes import Expr, Index, Member, Name
from wf_engine.text import Span

OLD_NAMES = frozenset({"input", "outputs"})
"""Last names of old spellings: any other member is in today's."""


class OldForm(NamedTuple):
    """An old spelling: `kind` is the name of its check, `new` what to write at `span`."""

    kind: str
    span: Span
    was: str
    new: str


def modernised(member: Member) -> tuple[Expr, OldForm] | None:
    """`workflow.input` as `input`, `tasks.x.forEach.outputs` as `tasks.x.output.results`; None for anything else."""
    target = member.target
    if member.name == "input" and isinstance(target, Name) and target.name == "workflow":
        return Name(member.span, "input"), OldForm("old-workflow-input", member.span, "workflow.input", "input")
    if member.name == "outputs" and isinstance(target, Member) and target.name == "forEach" and _is_step(target.target):
        output = Member(target.span, target.target, "output", target.name_span, target.optional)
        results = Member(member.span, output, "results", member.name_span, member.optional)
        between = "?." if member.optional else "."
        span = Span(target.name_span.start, member.name_span.end)
        return results, OldForm("old-loop-outputs", span, f"forEach{between}outputs", f"output{between}results")
    return None


def _is_step(expr: Expr) -> bool:
    """Whether an expression names a step: `tasks.ID` or `tasks['ID']`."""
    return isinstance(expr, Member | Index) and isinstance(expr.target, Name) and expr.target.name == "tasks"
