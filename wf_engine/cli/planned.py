"""A plan as people see it: what runs when, what waits for what, and the values that are known already."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from wf_engine.cli import terminal
from wf_engine.cli.figures import duration
from wf_engine.planning import Branch, Plan, Runs, StepShape

_LONGEST = 100
"""Characters of a value that are shown."""


def planned(plan: Plan) -> Iterator[Text]:
    """The lines of the plan."""
    estimate = plan.estimated_duration_ms
    usual = "" if estimate is None else f", about {duration(estimate)} by earlier runs"
    yield Text.assemble((plan.workflow, "bold"), (f"  plan{usual}; nothing was called", terminal.QUIET))
    yield Text()
    yield from _steps(plan)
    yield Text("\n● the critical path: the longest chain of steps that wait for each other", terminal.QUIET)
    if plan.templates:
        yield Text("\nValues", "bold")
        yield from _templates(plan)


def _steps(plan: Plan) -> Iterator[Text]:
    steps = {step.id: step for step in plan.steps.steps}
    ids, whats = max(map(len, steps), default=0), max((len(_what(step.runs)) for step in steps.values()), default=0)
    for number, group in enumerate(plan.parallel_groups, 1):
        for position, name in enumerate(group):
            critical = name in plan.critical_path
            row = Text.assemble(
                (f"{number:>3}  " if position == 0 else "     ", terminal.QUIET),
                ("● " if critical else "○ ", terminal.CAUTION if critical else terminal.QUIET),
                name.ljust(ids + 2),
                (_what(steps[name].runs).ljust(whats + 2), terminal.QUIET),
                (_circumstances(steps[name], plan.dependencies[name]), terminal.QUIET),
            )
            row.rstrip()
            yield row
            yield from _inside(steps[name].runs, steps[name].branches, 1)


_MARGIN = " " * 7
_INDENT = "  "


def _inside(runs: Runs, branches: Sequence[Branch], depth: int) -> Iterator[Text]:
    """What runs inside a step, or in its place: a line for each step of a block, and for each branch."""
    for step in runs.inside.steps if runs.inside is not None else ():
        assert runs.inside is not None
        about = _circumstances(step, runs.inside.dependencies[step.id])
        yield _line(depth, step.id, "  ".join(filter(None, (_what(step.runs), about))))
        yield from _inside(step.runs, step.branches, depth + 1)
    for branch in branches:
        label = f"{branch.label}:" if branch.role == "case" else f"{branch.role}:"
        label = f"{branch.label}:" if branch.role == "fallback" else label
        yield _line(depth, label, _what(branch.runs))
        yield from _inside(branch.runs, (), depth + 1)


def _line(depth: int, name: str, about: str) -> Text:
    row = Text.assemble((f"{_MARGIN}{_INDENT * (depth - 1)}· ", terminal.QUIET), f"{name}  ", (about, terminal.QUIET))
    row.rstrip()
    return row


def _what(runs: Runs) -> str:
    """What runs, in a word or two."""
    if runs.kind == "workflow":
        return f"workflow {runs.ref}"
    return f"switch on {runs.ref}" if runs.kind == "switch" else runs.ref or runs.kind


def _circumstances(step: StepShape, waits: Sequence[str]) -> str:
    """When and how often a step runs."""
    parts = [
        f"after {', '.join(waits)}" if waits else "",
        f"for each {step.loop.item_var} of {step.loop.items}" if step.loop else "",
        f"if {step.condition}" if step.condition else "",
    ]
    return terminal.visible("; ".join(filter(None, parts)))


def _templates(plan: Plan) -> Iterator[Text]:
    width = max(len(each.path) for each in plan.templates)
    for each in plan.templates:
        value = terminal.visible(each.display)
        shown = value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
        yield Text.assemble(f"  {each.path.ljust(width)}  ", (shown, terminal.GOOD if each.known else terminal.NOTE))
