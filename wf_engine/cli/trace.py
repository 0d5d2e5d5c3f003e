"""`wf trace`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

import typer
from rich.text import Text

from wf_engine.cli import terminal
from wf_engine.cli.attempts import Attempt, attempts
from wf_engine.cli.figures import brief_json, duration, moment
from wf_engine.cli.gantt import gantt
from wf_engine.cli.options import Given, Here, Json, command
from wf_engine.cli.summary import headline, problem
from wf_engine.history import gaps, state_at, status, timeline
from wf_engine.history import trace as trace_of
from wf_engine.session import opened_history, project_here
from wf_engine.text import WfError

_LONGEST = 48
"""Cells of an expression that the values beside it are lined up for."""


@command("history")
def trace(
    execution: Annotated[
        str | None, typer.Argument(metavar="ID", help="The run, or how its id begins; without it, the latest.")
    ] = None,
    here: Here = False,
    values: Annotated[bool, typer.Option("--values", help="Show what the templates gave, too.")] = False,
    in_words: Annotated[bool, typer.Option("--timeline", help="List what happened, one line after the other.")] = False,
    at: Annotated[
        int | None, typer.Option("--at", metavar="SEQ", help="The run as it stood after this event (see --timeline).")
    ] = None,
    as_json: Json = False,
    *,
    settings: Given,
) -> int:
    """Draw a run: when each step waited and ran, what was tried again, what went wrong."""
    events = _events(execution, settings, here=here)
    if in_words:
        return _print_timeline(events, as_json=as_json)
    if at is not None:
        state = _state_at(events, at)
        if as_json:
            terminal.print_json(state)
            return 0
        events = events[: events.index(state["event"]) + 1]
    if as_json:
        terminal.print_json(trace_of(events))
        return 0
    for line in (*_lines(events, values=values), *_missing(events)):
        terminal.stdout().print(line)
    return 0


def _missing(events: Sequence[Mapping[str, Any]]) -> Iterator[Text]:
    """What is not known of the run."""
    for first, last in gaps(events):
        which = f"Event {first} is" if first == last else f"Events {first} to {last} are"
        yield Text(f"\n{which} missing: damaged, or lost before the history could keep them.", terminal.CAUTION)


def _print_timeline(events: list[dict[str, Any]], *, as_json: bool) -> int:
    found = timeline(events)
    if as_json:
        terminal.print_json(found)
        return 0
    width = max(terminal.width_of(each["path"]) for each in found)
    numbers = len(str(found[-1]["seq"]))
    for each in found:
        path = each["path"] + " " * (width - terminal.width_of(each["path"]))
        head = f"{each['seq']:>{numbers}}  {duration(each['offsetMs']):>9}  "
        terminal.stdout().print(
            Text.assemble((head, terminal.QUIET), (path, "bold"), f"  {terminal.visible(each['text'])}")
        )
    for line in _missing(events):
        terminal.stdout().print(line)
    return 0


def _state_at(events: list[dict[str, Any]], seq: int) -> dict[str, Any]:
    try:
        return state_at(events, seq)
    except LookupError as error:
        message = f"In this run {error.args[0]}."
        raise WfError(message, hint="`wf trace ID --timeline` lists the events with their numbers.") from error


def _events(execution: str | None, settings: Given, *, here: bool) -> list[dict[str, Any]]:
    opened = opened_history(settings=settings)
    if opened is None:
        raise _nothing()
    with opened:
        latest = opened.latest(project_here() if here else None) if execution is None else opened.find(execution)
        if latest is None:
            raise _nothing()
        return opened.events(latest.execution_id)


def _nothing() -> WfError:
    return WfError("Nothing has been run yet.", hint="`wf run FILE` runs a workflow.")


def _lines(events: Sequence[Mapping[str, Any]], *, values: bool) -> Iterator[Text]:
    body, timings, tried = status(events), trace_of(events), attempts(events)
    yield headline(body["workflowName"], body["status"], body["durationMs"])
    yield Text(f"  {moment(timings['startedAt'])}   {body['executionId']}", terminal.QUIET)
    yield Text()
    yield from gantt(timings, tried)
    for path, all_of_step in tried.items():
        if len(all_of_step) > 1:
            yield Text()
            yield from _attempts(path, all_of_step)
    for error in body["errors"]:
        yield Text()
        yield from problem(error)
    if values:
        yield Text("\nValues", "bold")
        yield from _values(timings["templateResolutions"])


def _attempts(path: str, tried: Sequence[Attempt]) -> Iterator[Text]:
    yield Text.assemble((path, "bold"), f" was tried {len(tried)} times")
    answers = [str(each.status or (each.error or {}).get("code") or "no answer yet") for each in tried]
    width = max(map(len, answers))
    for each, answer in zip(tried, answers, strict=True):
        wait = "" if each.waited_ms is None else f", then waited {duration(each.waited_ms)}"
        style = terminal.GOOD if each.error is None else terminal.CAUTION
        took = f"  after {duration(each.duration_ms)}{wait}"
        yield Text.assemble(f"  {each.number}  ", (answer.ljust(width), style), took)


def _values(resolutions: Sequence[Mapping[str, Any]]) -> Iterator[Text]:
    """Each value behind its expression, step by step."""
    shown = [terminal.visible(each["expression"]) for each in resolutions]
    paths = max((terminal.width_of(each["path"]) for each in resolutions), default=0)
    width = min(max(map(terminal.width_of, shown), default=0), _LONGEST)
    for each, expression in zip(resolutions, shown, strict=True):
        path = each["path"] + " " * (paths - terminal.width_of(each["path"]))
        gap = " " * max(width - terminal.width_of(expression), 0)
        yield Text.assemble(f"  {path}  ", expression, gap, "  ", (brief_json(each["value"]), terminal.GOOD))
