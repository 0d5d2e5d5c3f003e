"""Schedules: five fields and a time zone (language §9)."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from cronsim import CronSim, CronSimError

_FIELDS = (
    ("minute", "0 to 59"),
    ("hour", "0 to 23"),
    ("day of the month", "1 to 31"),
    ("month", "1 to 12, or JAN to DEC"),
    ("day of the week", "0 to 7, or SUN to SAT"),
)
_START = datetime(2024, 1, 1, tzinfo=UTC)


def cron_fault(text: str) -> str | None:
    """What is wrong with the five fields of a cron expression, as a sentence; None where nothing is."""
    parts = text.split()
    if len(parts) != len(_FIELDS):
        fields = "no fields" if not parts else "1 field" if len(parts) == 1 else f"{len(parts)} fields"
        return f"`{text}` has {fields}, and a schedule has five: minute, hour, day, month, weekday"
    for number, (part, (name, bounds)) in enumerate(zip(parts, _FIELDS, strict=True)):
        alone = ["*"] * len(_FIELDS)
        alone[number] = part
        if not _fires(" ".join(alone)):
            return f"`{part}` is no {name}: {bounds}, `*`, `*/n`, lists and ranges"
    return None if _fires(text) else f"`{text}` never comes: no such day is in such a month"


def _fires(text: str) -> bool:
    try:
        next(CronSim(text, _START))
    except (CronSimError, StopIteration):
        return False
    return True


def is_zone(name: str) -> bool:
    """Whether it is an IANA time zone."""
    try:
        ZoneInfo(name)
    except (ValueError, KeyError, OSError):  # a zone that is not there, or what is no name of one
        return False
    return True


@cache
def zones() -> frozenset[str]:
    """All time zones there are; to look for them takes a tenth of a second."""
    return frozenset(available_timezones())
