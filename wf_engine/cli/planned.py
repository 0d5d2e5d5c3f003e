"""A plan as people see it: what runs when, what waits for what, and the values that are known already."""

from collections.abc import Iterator

from rich.text import Text

from wf_engine.cli import terminal
from wf_engine.cli.figures import duration
from wf_engine.planning import Plan

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
    refs = {node.id: node.task_ref or "" for node in plan.nodes}
    ids, tasks = max(map(len, refs), default=0), max(map(len, refs.values()), default=0)
    for number, group in enumerate(plan.parallel_groups, 1):
        for position, name in enumerate(group):
            critical = name in plan.critical_path
            waits = plan.dependencies[name]
            row = Text.assemble(
                (f"{number:>3}  " if position == 0 else "     ", terminal.QUIET),
                ("● " if critical else "○ ", terminal.CAUTION if critical else terminal.QUIET),
                name.ljust(ids + 2),
                (refs[name].ljust(tasks + 2), terminal.QUIET),
                (f"after {', '.join(waits)}" if waits else "", terminal.QUIET),
            )
            row.rstrip()
            yield row


def _templates(plan: Plan) -> Iterator[Text]:
    width = max(len(each.path) for each in plan.templates)
    for each in plan.templates:
        value = terminal.visible(each.display)
        shown = value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
        yield Text.assemble(f"  {each.path.ljust(width)}  ", (shown, terminal.GOOD if each.known else terminal.NOTE))
