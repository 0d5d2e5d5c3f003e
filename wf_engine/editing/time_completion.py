"""Completion of times: durations, cron lines with their words field by field, and time zones."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from wf_engine.analysis.schedules import zones
from wf_engine.editing.cron import cron_words
from wf_engine.editing.cursor import Cursor
from wf_engine.editing.items import Item, Kind
from wf_engine.editing.placeholder import Placed
from wf_engine.language import WorkflowDocument, duration_ms
from wf_engine.language.shapes import Duration

_USUAL = (
    "0 6 * * *", "0 9 * * MON-FRI", "0 * * * *", "*/15 * * * *", "*/5 * * * *", "0 0 * * *", "0 6 * * MON", "0 0 1 * *",
    "0 0 L * *", "0 */6 * * *", "0 9-17 * * MON-FRI", "0 0 1 1 *", "* * * * *",
)  # fmt: skip
_FIELDS = (
    ("minute, 0 to 59", ("0", "*/5", "*/10", "*/15", "*/30", "15", "30", "45", "0,30", "*")),
    ("hour, 0 to 23", ("6", "0", "9", "12", "18", "*", "*/2", "*/6", "*/12", "9-17")),
    ("day of the month, 1 to 31, `L` for the last", ("*", "1", "15", "1,15", "L", "*/2")),
    ("month, 1 to 12 or JAN to DEC", (
        "*", "*/3", "*/6", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    )),
    ("day of the week, 0 to 7 or SUN to SAT, `MON#1` for the first Monday of a month", (
        "*", "MON-FRI", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN", "SAT,SUN", "MON#1", "5L",
    )),
)  # fmt: skip
"""What each field is, and what it usually holds."""


_UNITS = (("s", "second"), ("m", "minute"), ("ms", "millisecond"), ("h", "hour"))
_DURATION = re.compile(r"([0-9]+)([a-z]+)")
_DURATIONS = ("30s", "500ms", "1s", "5s", "10s", "1m", "5m", "100ms", "1h")


def duration_items(cursor: Cursor, placed: Placed, shape: Duration) -> Iterator[Item]:
    """Usual durations, the field's default first; behind a number the units that it may have."""
    spec, number = cursor.field.spec, placed.typed.strip()
    default = str(spec.default) if spec is not None and spec.default else ""
    counted = [f"{int(number)}{unit}" for unit, _ in _UNITS] if number.isascii() and number.isdigit() else []
    for rank, text in enumerate(dict.fromkeys(filter(None, [*counted, default, *_DURATIONS]))):
        length = duration_ms(text)
        if length is not None and length <= (shape.maximum_ms or length):
            about = _spoken(text) + (", the default" if text == default else "")
            yield Item(text, Kind.VALUE, text, about, rank=rank)


def _spoken(duration: str) -> str:
    match = _DURATION.fullmatch(duration)
    count, unit = (match[1], dict(_UNITS)[match[2]]) if match else (duration, "")
    return f"{count} {unit}{'' if count == '1' else 's'}"


def cron_items(cursor: Cursor, placed: Placed) -> Iterator[Item]:
    """Lines for the field at the cursor, the rest as it is, each with its words; where nothing is yet, usual lines."""
    written = placed.typed.split()
    number = len(written) - (bool(written) and not placed.typed[-1].isspace())
    if number >= len(_FIELDS):
        return
    about, choices = _FIELDS[number]
    text = cursor.source.tree.text[placed.replaces.start : placed.replaces.end]
    behind = text[len(placed.typed) :]
    rest = behind.split()[0 if not behind or behind[0].isspace() else 1 :]
    lines = [text, *(() if number else _USUAL)]
    if number == 1 and written[0].startswith("*"):
        choices = ("*", *choices)
    lines += [_line(written[:number], choice, rest) for choice in choices]
    for rank, line in enumerate(dict.fromkeys(lines)):
        words = cron_words(line)
        if words is not None:
            text = line if placed.quoted else f'"{line}"'
            yield Item(line, Kind.VALUE, text, words, f"{words}.\n\nAt the cursor: {about}.", rank=rank)


def _line(before: list[str], field: str, behind: list[str]) -> str:
    """A whole line: what is missing at its end is every time there is."""
    known = [*before, field, *behind][: len(_FIELDS)]
    return " ".join(known + ["*"] * (len(_FIELDS) - len(known)))


def zone_items(cursor: Cursor) -> Iterator[Item]:
    """Time zones: those that the workspace uses already, UTC, then those of cities; old names last."""
    used = Counter(_used(cursor))
    first = [zone for zone, _ in used.most_common() if zone in zones()]
    for rank, name in enumerate(dict.fromkeys([*first, "UTC", *_in_order()])):
        yield Item(name, Kind.VALUE, name, "used elsewhere" if name in used else "", rank=rank)


def _used(cursor: Cursor) -> Iterator[str]:
    for source in cursor.workspace.documents():
        model = source.model
        triggers = model.spec.triggers if isinstance(model, WorkflowDocument) and model.spec else None
        yield from (each.timezone for each in triggers or () if each.timezone)


_PLACES = ("Europe", "America", "Asia", "Australia", "Africa", "Pacific", "Atlantic", "Indian")
_NO_ZONES = frozenset({"localtime", "Factory"})


@cache
def _in_order() -> tuple[str, ...]:
    def place(name: str) -> tuple[int, str]:
        area = name.partition("/")[0]
        return (_PLACES.index(area) if area in _PLACES else len(_PLACES), name)

    return tuple(sorted(zones() - _NO_ZONES, key=place))
