"""A trace as a chart in text: a row a step, what is inside of it below it, time from left to right."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from rich.text import Text

from wf_engine.cli import terminal
from wf_engine.cli.attempts import Attempt
from wf_engine.cli.figures import duration, status_mark, status_word
from wf_engine.history import around

Timing = Mapping[str, Any]
Cell = tuple[str, str]
"""A sign and its style."""

_WIDTH = 100
"""Cells of the chart where nobody says how wide the terminal is."""

_WIDEST = 140
_NARROWEST_BAR = 24
_TOOK, _AGAIN = 10, 5
"""Cells for what a step took, and for its retries."""

_MOST_AFTER = 28
"""Cells for the steps that it waited for."""

_MOST_ITERATIONS = 20
"""Rows for the iterations of one loop; those that failed come first."""

_BETWEEN_TICKS = 10

_RUNS, _BROKE, _RETRIES, _QUEUES = "━", "✗", "╌", "·"
_LEGEND = {
    _RUNS: "runs",
    _BROKE: "an attempt failed",
    _RETRIES: "waits to try again",
    _QUEUES: "waits for its turn",
}


@dataclass(frozen=True)
class _Scale:
    """Milliseconds to cells."""

    total: float
    width: int

    def cell(self, milliseconds: float) -> int:
        return min(max(int(milliseconds / self.total * self.width), 0), self.width - 1)


@dataclass(frozen=True)
class _Columns:
    """The widths of the columns; one that has no room is 0. Each stands two cells from the next."""

    name: int
    ref: int
    bar: int
    after: int


def gantt(trace: Mapping[str, Any], tried: Mapping[str, Sequence[Attempt]]) -> Iterator[Text]:
    """The chart of a trace, its scale above and its legend below. `tried` has the attempts by step."""
    timings, hidden = _in_order(trace["taskTimings"])
    ends = [(_start(trace, each) or 0) + (each["durationMs"] or 0) for each in timings]
    columns = _columns(timings)
    scale = _Scale(max([trace["totalDurationMs"] or 0, 1, *ends]), columns.bar)
    indent = " " * (4 + columns.name + (columns.ref + 2 if columns.ref else 0))
    yield Text(indent + _ticks(scale), terminal.QUIET)
    signs: set[str] = set()
    for timing in timings:
        cells = _cells(trace, timing, tried.get(timing["taskId"], ()), scale)
        signs |= {sign for sign, _ in cells}
        yield _row(timing, columns, cells)
        if count := hidden.get(timing["taskId"]):
            yield Text(f"{'  ' * _depth(timing)}  … and {count:,} iterations more", terminal.QUIET)
    legend = [f"{sign} {words}" for sign, words in _LEGEND.items() if sign in signs]
    if len(legend) > 1:
        yield Text("\n" + indent + "   ".join(legend), terminal.QUIET)


def _in_order(timings: Sequence[Timing]) -> tuple[list[Timing], Mapping[str, int]]:
    """The rows with what is inside of each below it; and how many iterations are left out, by the last one shown."""
    inside: dict[str, list[Timing]] = {}
    known = {timing["taskId"] for timing in timings}
    for timing in timings:
        inside.setdefault(_nearest(timing["taskId"], known), []).append(timing)
    rows: list[Timing] = []
    hidden: dict[str, int] = {}
    todo = inside.get("", [])[::-1]
    while todo:
        timing = todo.pop()
        rows.append(timing)
        below = inside.get(timing["taskId"], [])
        iterations = [each for each in below if each["taskId"].endswith("]")]
        if len(iterations) > _MOST_ITERATIONS:
            shown = sorted(iterations, key=lambda each: each["status"] != "failed")[:_MOST_ITERATIONS]
            kept = {each["taskId"] for each in shown}
            below = [each for each in iterations if each["taskId"] in kept]
            hidden[below[-1]["taskId"]] = len(iterations) - len(below)
        todo += below[::-1]
    return rows, hidden


def _nearest(path: str, known: Collection[str]) -> str:
    """The path of the innermost row that a path is a part of."""
    path = around(path)
    while path and path not in known:
        path = around(path)
    return path


def _columns(timings: Sequence[Timing]) -> _Columns:
    names = _widest(_name(each) for each in timings)
    refs = _widest(each["taskRef"] or "" for each in timings)
    after = min(_widest(map(_after, filter(_waited, timings))), _MOST_AFTER)
    out = terminal.stdout()
    room = (min(out.width, _WIDEST) if out.is_terminal else _WIDTH) - names - 4 - _TOOK - _AGAIN
    # The bar is what the chart is for: what others need of its least width they do not get.
    after = after if room - after - 2 >= _NARROWEST_BAR else 0
    room -= after + 2 if after else 0
    refs = refs if room - refs - 2 >= _NARROWEST_BAR else 0
    room -= refs + 2 if refs else 0
    return _Columns(names, refs, max(room, _NARROWEST_BAR), after)


def _row(timing: Timing, columns: _Columns, cells: Sequence[Cell]) -> Text:
    mark, style = status_mark(timing["status"])
    ran = timing["startedAt"] is not None
    row = Text.assemble((f"{mark} ", style), _padded(_name(timing), columns.name), "  ")
    if columns.ref:
        row.append(_padded(timing["taskRef"] or "", columns.ref) + "  ", terminal.QUIET)
    for look, run in groupby(cells, key=lambda cell: cell[1]):
        row.append("".join(sign for sign, _ in run), look)
    row.append((duration(timing["durationMs"]) if ran else status_word(timing["status"])).rjust(_TOOK))
    row.append((f"  ↻ {timing['retryCount']}" if timing["retryCount"] else "").ljust(_AGAIN), terminal.CAUTION)
    if columns.after and _waited(timing):
        after = _after(timing)
        row.append("  " + (after if len(after) <= _MOST_AFTER else after[: _MOST_AFTER - 1] + "…"), terminal.QUIET)
    row.rstrip()
    return row


def _waited(timing: Timing) -> bool:
    return bool(timing["waitedForTasks"])


def _after(timing: Timing) -> str:
    scope = around(timing["taskId"]) + "."
    return "after " + ", ".join(path.removeprefix(scope) for path in timing["waitedForTasks"])


def _widest(texts: Iterable[str]) -> int:
    return max(map(terminal.width_of, texts), default=0)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - terminal.width_of(text))


def _name(timing: Timing) -> str:
    """The last part of a step's path, indented by how deep it stands."""
    path: str = timing["taskId"]
    return "  " * _depth(timing) + path[len(around(path)) :].removeprefix(".")


def _depth(timing: Timing) -> int:
    path = timing["taskId"]
    return sum(map(path.count, ".[~"))


def _start(trace: Mapping[str, Any], timing: Timing) -> float | None:
    """Milliseconds from the run's start to the step's, None where it never started."""
    if timing["startedAt"] is None:
        return None
    begun = datetime.fromisoformat(timing["startedAt"]) - datetime.fromisoformat(trace["startedAt"])
    return begun.total_seconds() * 1000


def _cells(trace: Mapping[str, Any], timing: Timing, tried: Sequence[Attempt], scale: _Scale) -> list[Cell]:
    cells: list[Cell] = [(" ", "")] * scale.width
    start = _start(trace, timing)
    if start is None:
        return cells
    end = start + timing["durationMs"] if timing["durationMs"] is not None else scale.total
    style = status_mark(timing["status"])[1]
    _draw(cells, scale, start - timing["waitTimeMs"], start, (_QUEUES, terminal.QUIET), least=0)
    if len(tried) < 2:  # noqa: PLR2004 - one attempt is the step itself
        _draw(cells, scale, start, end, (_RUNS, style))
        return cells
    _draw(cells, scale, start, end, (_RETRIES, terminal.QUIET))
    for each in tried:
        stop = end if each.end is None else each.end
        _draw(cells, scale, each.start, stop, (_RUNS, terminal.BAD if each.error else style))
        if each.error:
            cells[scale.cell(stop)] = (_BROKE, terminal.BAD)
    return cells


def _draw(cells: list[Cell], scale: _Scale, start: float, end: float, cell: Cell, least: int = 1) -> None:
    first = scale.cell(start)
    last = max(scale.cell(end), first + least - 1) if end < scale.total else scale.width - 1
    stop = last + 1 if least else scale.cell(end)
    cells[first:stop] = [cell] * (stop - first)


def _ticks(scale: _Scale) -> str:
    """`0        100 ms      200 ms`, at round figures."""
    line = "0"
    step = _round_step(scale.total * _BETWEEN_TICKS / scale.width)
    at = step
    while at < scale.total:
        label, column = _tick(at), scale.cell(at)
        if column + len(label) <= scale.width and column > len(line):
            line += " " * (column - len(line)) + label
        at += step
    return line


def _tick(milliseconds: float) -> str:
    return f"{milliseconds:g} ms" if milliseconds < 1000 else f"{milliseconds / 1000:g} s"  # noqa: PLR2004 - a second


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, 20, … that is no less."""
    power = 1.0
    while True:
        for factor in (1, 2, 5):
            if factor * power >= least:
                return factor * power
        power *= 10
