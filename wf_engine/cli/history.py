"""`wf history`."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.text import Text

from wf_engine.cli import terminal
from wf_engine.cli.figures import duration, moment, status_mark, status_word
from wf_engine.cli.inputs import searched_inputs
from wf_engine.cli.options import Given, Here, Json, command
from wf_engine.cli.times import Since, Until, read_time
from wf_engine.session import opened_history, project_here

if TYPE_CHECKING:
    from wf_engine.history import ExecutionSummary

Status = Literal["running", "succeeded", "failed", "cancelled", "timedOut", "interrupted"]


@command("history")
def history(
    workflow: Annotated[str | None, typer.Option(metavar="NAME", help="Only runs of this workflow.")] = None,
    status: Annotated[Status | None, typer.Option(help="Only runs that ended so.")] = None,
    since: Since = None,
    until: Until = None,
    given: Annotated[
        list[str] | None,
        typer.Option("--input", "-i", metavar="NAME=VALUE", help="Only runs whose input has this value."),
    ] = None,
    limit: Annotated[int, typer.Option(metavar="N", help="How many to list.", min=1, max=1_000_000)] = 20,
    here: Here = False,
    as_json: Json = False,
    *,
    settings: Given,
) -> int:
    """List earlier runs, the latest first."""
    opened = opened_history(settings=settings)
    found: Sequence[ExecutionSummary] = []
    if opened is not None:
        with opened:
            found = opened.executions(
                workflow,
                status,
                limit,
                source=project_here() if here else None,
                since=read_time(since),
                until=read_time(until),
                input=searched_inputs(given),
            )
    if as_json:
        terminal.print_json([each.to_json() for each in found])
    elif found:
        for line in _lines(found):
            terminal.stdout().print(line)
    else:
        narrowed = workflow or status or here or since or until or given
        terminal.stdout().print("There is no such run." if narrowed else "Nothing has been run yet.")
    return 0


def _lines(found: "Sequence[ExecutionSummary]") -> Iterator[Text]:
    width = max(terminal.width_of(each.workflow or "") for each in found)
    for each in found:
        mark, style = status_mark(each.status)
        name = each.workflow or ""
        yield Text.assemble(
            (f"{mark} ", style),
            (f"{moment(each.started_at)}  ", terminal.QUIET),
            (name + " " * (width - terminal.width_of(name) + 2), "bold"),
            (status_word(each.status).ljust(11), style),
            duration(each.duration_ms).rjust(11),
            (f"  {each.execution_id}", terminal.QUIET),
        )
