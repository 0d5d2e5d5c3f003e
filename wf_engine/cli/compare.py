"""`wf compare`."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer
from rich.text import Text

from wf_engine.cli import terminal
from wf_engine.cli.figures import brief_json, duration, status_mark, status_word
from wf_engine.cli.options import Given, Json, command
from wf_engine.history import compare as comparison
from wf_engine.session import opened_history
from wf_engine.text import WfError

_SHOWN = 10
"""Differences and timings that are listed; `--json` gives all."""


@command("history")
def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="A run, or how its id begins.")],
    second: Annotated[
        str | None, typer.Argument(metavar="B", help="The run to set beside it; without it, the latest.")
    ] = None,
    as_json: Json = False,
    *,
    settings: Given,
) -> int:
    """Set two runs side by side: where they part, what differs, what took longer."""
    opened = opened_history(settings=settings)
    if opened is None:
        raise WfError("Nothing has been run yet.", hint="`wf run FILE` runs a workflow.")
    with opened:
        latest = opened.latest() if second is None else opened.find(second)
        if latest is None:
            raise WfError("Nothing has been run yet.", hint="`wf run FILE` runs a workflow.")
        found = comparison(opened.events(first), opened.events(latest.execution_id))
    if as_json:
        terminal.print_json(found)
        return 0
    for line in _lines(found):
        terminal.stdout().print(line)
    return 0


def _lines(found: Mapping[str, Any]) -> Iterator[Text]:
    for side in ("a", "b"):
        run = found[side]
        mark, style = status_mark(run["status"])
        took = f"{status_word(run['status'])}  {duration(run['durationMs']):>9}"
        yield Text.assemble(
            (f"{side}  ", "bold"),
            (f"{mark} ", style),
            f"{run['workflowName']}  ",
            took,
            (f"  {run['executionId']}", terminal.QUIET),
        )
    if not found["sameDefinition"]:
        yield Text("\nThe workflow was changed between the two.", terminal.CAUTION)
    first = found["firstDifference"]
    if first is None:
        yield Text("\nInputs, outputs and statuses are alike.")
    else:
        yield Text.assemble("\nThey part at ", (_place(first), "bold"), f" ({first['what']})")
    for title, key in (("Inputs", "inputs"), ("Statuses", "statuses"), ("Outputs", "outputs")):
        yield from _differences(title, found[key])
    yield from _timings(found["timings"])


def _place(difference: Mapping[str, Any]) -> str:
    """The step, or the run as a whole, and where inside the value."""
    return f"{difference['path'] or 'the run'}{' · ' if difference.get('at') else ''}{difference.get('at', '')}"


def _differences(title: str, found: list[Mapping[str, Any]]) -> Iterator[Text]:
    if not found:
        return
    yield Text(f"\n{title}", "bold")
    for each in found[:_SHOWN]:
        yield Text.assemble(f"  {_place(each)}  ", *_sides(each))
    if len(found) > _SHOWN:
        yield Text(f"  … and {len(found) - _SHOWN} more (--json has them all)", terminal.QUIET)


def _sides(difference: Mapping[str, Any]) -> Iterator[str | tuple[str, str]]:
    yield (brief_json(difference["a"]), terminal.BAD) if "a" in difference else ("nothing", terminal.QUIET)
    yield " → "
    yield (brief_json(difference["b"]), terminal.GOOD) if "b" in difference else ("nothing", terminal.QUIET)


def _timings(found: list[Mapping[str, Any]]) -> Iterator[Text]:
    if not found:
        return
    yield Text("\nDurations, the largest change first", "bold")
    width = max(terminal.width_of(each["path"]) for each in found[:_SHOWN])
    for each in found[:_SHOWN]:
        padding = " " * (width - terminal.width_of(each["path"]))
        sign = "+" if each["deltaMs"] > 0 else "−" if each["deltaMs"] < 0 else "±"
        change = f"{sign}{duration(abs(each['deltaMs']))}"
        style = terminal.CAUTION if each["deltaMs"] > 0 else terminal.GOOD
        yield Text.assemble(
            f"  {each['path']}{padding}  {duration(each['a']):>10} → {duration(each['b']):>10}  ", (change, style)
        )
