"""`formatDate`: dates are strings, and written in any other way by a pattern."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from wf_engine.expressions.errors import MisuseError
from wf_engine.expressions.functions.model import Function, Parameter, to
from wf_engine.types import STRING

_FIELD = re.compile(r"'((?:[^']++|'')*+)'|([A-Za-z])\2*+|(.)", re.DOTALL)
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_NOON = 12
_LONGEST_PATTERN = 1000


def _offset(colon: str, zero: str) -> Callable[[datetime], str]:
    def write(moment: datetime) -> str:
        offset = moment.utcoffset()
        minutes = round(offset.total_seconds() / 60) if offset is not None else 0
        sign = "-" if minutes < 0 else "+"
        return zero if zero and minutes == 0 else f"{sign}{abs(minutes) // 60:02}{colon}{abs(minutes) % 60:02}"

    return write


_FIELDS: dict[str, Callable[[datetime], str]] = {
    "yyyy": lambda moment: f"{moment.year:04}",
    "yy": lambda moment: f"{moment.year % 100:02}",
    "MMMM": lambda moment: _MONTHS[moment.month - 1],
    "MMM": lambda moment: _MONTHS[moment.month - 1][:3],
    "MM": lambda moment: f"{moment.month:02}",
    "M": lambda moment: f"{moment.month}",
    "dd": lambda moment: f"{moment.day:02}",
    "d": lambda moment: f"{moment.day}",
    "EEEE": lambda moment: _DAYS[moment.weekday()],
    "EEE": lambda moment: _DAYS[moment.weekday()][:3],
    "HH": lambda moment: f"{moment.hour:02}",
    "H": lambda moment: f"{moment.hour}",
    "hh": lambda moment: f"{(moment.hour - 1) % _NOON + 1:02}",
    "h": lambda moment: f"{(moment.hour - 1) % _NOON + 1}",
    "mm": lambda moment: f"{moment.minute:02}",
    "m": lambda moment: f"{moment.minute}",
    "ss": lambda moment: f"{moment.second:02}",
    "s": lambda moment: f"{moment.second}",
    "SSS": lambda moment: f"{moment.microsecond // 1000:03}",
    "a": lambda moment: "AM" if moment.hour < _NOON else "PM",
    "XXX": _offset(":", "Z"),
    "xxx": _offset(":", ""),
    "Z": _offset("", ""),
}


def _format_date(text: str, pattern: str, zone: str = "UTC") -> str:
    if len(pattern) > _LONGEST_PATTERN:
        raise MisuseError(f"The pattern is longer than {_LONGEST_PATTERN} characters.", argument=1)
    moment = _moment(text, _zone(zone))
    return _FIELD.sub(lambda match: _field(match, moment), pattern)


def _moment(text: str, zone: ZoneInfo) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).astimezone(zone)
    except ValueError:
        hint = "Dates are written as 2024-05-01 or 2024-05-01T12:30:00Z."
        raise MisuseError("The text is no date.", hint, argument=0) from None
    except OverflowError:
        raise MisuseError("The date lies outside the years 1 to 9999.", argument=0) from None


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        hint = "Zones have names such as `UTC` or `Europe/Zurich`."
        raise MisuseError(f"There is no time zone `{name}`.", hint, argument=2) from None


def _field(match: re.Match[str], moment: datetime) -> str:
    quoted, letter, other = match.groups()
    if quoted is not None:
        return quoted.replace("''", "'") or "'"
    if letter is None:
        return str(other)
    write = _FIELDS.get(match.group())
    if write is None:
        hint = f"There are {' '.join(_FIELDS)}; other letters stand in single quotes."
        raise MisuseError(f"`{match.group()}` means nothing in a date pattern.", hint, argument=1)
    return write(moment)


FUNCTIONS = (
    Function(
        name="formatDate",
        parameters=(
            Parameter("text", ("string",)),
            Parameter("pattern", ("string",)),
            Parameter("zone", ("string",), default="'UTC'"),
        ),
        returns="string",
        documentation=(
            "An ISO 8601 date, UTC unless it says otherwise, written in a time zone by a pattern of "
            "yyyy yy (year), MM M MMM MMMM (month), dd d (day), EEE EEEE (weekday), HH H (hour), hh h a (hour of 12, "
            "AM/PM), mm m (minute), ss s (second), SSS (millisecond), XXX xxx Z (offset) and text in single quotes."
        ),
        example="formatDate('2024-05-01T22:30:00Z', 'dd.MM.yyyy HH:mm', 'Europe/Zurich') == '02.05.2024 00:30'",
        evaluate=_format_date,
        infer=to(STRING),
    ),
)
