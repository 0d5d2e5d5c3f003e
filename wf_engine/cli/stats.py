"""`wf stats`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

import typer
from rich.text import Text

from wf_engine.cli import terminal
from wf_engine.cli.figures import duration
from wf_engine.cli.options import Given, Here, Json, command
from wf_engine.cli.times import Since, Until, read_time
from wf_engine.history import task_statistics, workflow_statistics
from wf_engine.session import opened_history, project_here


@command("history")
def stats(
    workflow: Annotated[str | None, typer.Argument(metavar="NAME", help="Only runs of this workflow.")] = None,
    since: Since = None,
    until: Until = None,
    here: Here = False,
    as_json: Json = False,
    *,
    settings: Given,
) -> int:
    """Count runs by workflow and by task: how many ended well, and how long they took."""
    opened = opened_history(settings=settings)
    workflows: list[dict[str, Any]] = []
    tasks: list[dict[str, Any]] = []
    if opened is not None:
        with opened:
            source = project_here() if here else None
            earliest, latest = read_time(since), read_time(until)
            runs = opened.executions(workflow, limit=None, source=source, since=earliest, until=latest)
            workflows = workflow_statistics(runs)
            tasks = task_statistics(opened.steps(workflow, source=source, since=earliest, until=latest))
    if as_json:
        terminal.print_json({"workflows": workflows, "tasks": tasks})
    elif workflows:
        for line in (*_table("workflow", workflows), Text(), *_table("taskRef", tasks)):
            terminal.stdout().print(line)
    else:
        terminal.stdout().print(
            "There is no such run." if workflow or since or until or here else "Nothing has been run yet."
        )
    return 0


def _table(name: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[Text]:
    title = {"workflow": "Workflow", "taskRef": "Task"}[name]
    width = max([terminal.width_of(row[name]) for row in rows] + [len(title)], default=0)
    head = f"{title.ljust(width)}  {'count':>7}  {'well':>6}  {'p50':>10}  {'p95':>10}  {'p99':>10}"
    yield Text(head, terminal.QUIET)
    for row in rows:
        rate, took = row["successRate"], row["durationMs"] or {}
        figures = "".join(f"  {duration(took.get(each)):>10}" for each in ("p50", "p95", "p99"))
        share = "–" if rate is None else f"{100 * rate:.1f} %"
        style = terminal.GOOD if rate == 1 else terminal.CAUTION if rate is not None else terminal.QUIET
        padding = " " * (width - terminal.width_of(row[name]))
        yield Text.assemble((row[name] + padding, "bold"), f"  {row['count']:>7}  ", (f"{share:>6}", style), figures)
