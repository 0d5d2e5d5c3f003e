"""A cron line for people: in words, and when it fires next (language §9)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from wf_engine.analysis.schedules import cron_fault

_ANY_TIME = datetime(2024, 1, 1, tzinfo=UTC)
_FIELDS = 5
_FIRINGS = 3


def cron_markdown(line: str, zone: str, now: datetime) -> str | None:
    """What a cron line means and its next three firings after `now` (aware) in a time zone; None where it is wrong."""
    try:
        place = ZoneInfo(zone)
        if len(line.split()) != _FIELDS:
            return None
        firings = CronSim(line, now.astimezone(place))
        lines = [f"- {_shown(next(firings), now)}" for _ in range(_FIRINGS)]
        return "\n".join([f"{firings.explain()} ({zone})", "", "Next:", "", *lines])
    except (CronSimError, StopIteration, ValueError, OSError, KeyError):  # the last three: no such zone
        return None


def cron_words(line: str) -> str | None:
    """What a cron line means, in words; None where it is wrong or never comes."""
    if cron_fault(line) is not None:
        return None
    words: str = CronSim(line, _ANY_TIME).explain()
    return words


def _shown(when: datetime, now: datetime) -> str:
    return f"{when:%a %Y-%m-%d %H:%M} (in {_distance(when - now)})"


def _distance(left: timedelta) -> str:
    """How far off something is, in its largest unit: `3 days`, `1 hour`."""
    minutes = max(int(left.total_seconds() // 60), 0)
    for size, name in ((60 * 24, "day"), (60, "hour"), (1, "minute")):
        count = minutes // size
        if count:
            return f"{count} {name}{'s' if count > 1 else ''}"
    return "less than a minute"
