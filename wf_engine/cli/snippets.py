"""A place in a file as people see it: where it is, its line, and carets under its range."""

from rich.text import Text

from wf_engine.cli import terminal
from wf_engine.text import Location
from wf_engine.text import Text as Source

_NARROWEST = 40
_WIDEST = 160
"""Cells of a source line shown where nobody says how wide the terminal is."""

_BEFORE = 20
"""Cells of a cropped line shown before its range."""


def snippet(location: Location, source: Source, style: str, mark: str = "^", note: str = "") -> list[Text]:
    """The lines that show a place; `note` stands behind the marks. A range over several lines shows its first."""
    start, end = (source.position(offset) for offset in location.span)
    number = str(start.line + 1)
    gutter = " " * len(number)
    written = source.line(start.line)
    stop = end.column if end.line == start.line else len(written)
    line, before, marked = _cropped(written, start.column, max(stop, start.column), _room(len(gutter)))
    place = f"{terminal.visible(terminal.relative(location.path))}:{number}:{start.column + 1}"
    marks = mark * max(marked, 1) + (f" {terminal.visible(note)}" if note else "")
    bar = (f"{gutter} |", terminal.NOTE)
    return [
        Text.assemble((f"{gutter}--> ", terminal.NOTE), place),
        Text.assemble(bar),
        Text.assemble((f"{number} |", terminal.NOTE), f" {line}"),
        Text.assemble(bar, " " + " " * before, (marks, style)),
    ]


def _room(gutter: int) -> int:
    out = terminal.stdout()
    return max(_NARROWEST, (out.width if out.is_terminal else _WIDEST) - gutter - 3)


def _cropped(line: str, start: int, stop: int, room: int) -> tuple[str, int, int]:
    """A line cut to `room` cells around a range; with the cells before the range and those of it that are left."""
    head, middle, tail = line[:start], line[start:stop], line[stop:]
    # Cut by characters first: a line may have millions, and making them visible costs a pass over each.
    cut_head, cut_tail = len(head) > room, len(tail) > room
    head, middle, tail = terminal.visible(head[-room:]), terminal.visible(middle[:room]), terminal.visible(tail[:room])
    if cut_head or terminal.width_of(head + middle) > room:
        head = "…" + _last(head, _BEFORE) if terminal.width_of(head) > _BEFORE else head
    middle = _first(middle, room - terminal.width_of(head))
    left = room - terminal.width_of(head + middle)
    shown = _first(tail, left)
    if cut_tail or len(shown) < len(tail):
        shown = _first(shown, left - 1) + "…"
    return head + middle + shown, terminal.width_of(head), terminal.width_of(middle)


def _first(text: str, room: int) -> str:
    while text and terminal.width_of(text) > room:
        text = text[: max(0, len(text) - max(1, (terminal.width_of(text) - room) // 2))]
    return text


def _last(text: str, room: int) -> str:
    while terminal.width_of(text) > room:
        text = text[max(1, (terminal.width_of(text) - room) // 2) :]
    return text
