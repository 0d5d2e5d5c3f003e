"""Times, durations and values as people read them."""

import json
from datetime import datetime
from typing import Any

from rich.highlighter import JSONHighlighter
from rich.text import Text

from wf_engine.cli import terminal

_SECOND, _MINUTE, _HOUR = 1000, 60_000, 3_600_000

MARKS = {
    "succeeded": ("✓", terminal.GOOD),
    "failed": ("✗", terminal.BAD),
    "running": ("▶", terminal.NOTE),
    "skipped": ("–", terminal.QUIET),
    "cancelled": ("⊘", terminal.CAUTION),
    "timedOut": ("✗", terminal.BAD),
    "interrupted": ("✗", terminal.BAD),
    "pending": ("·", terminal.QUIET),
}
"""A sign and a style for each status."""

WORDS = {"timedOut": "timed out"}
"""Statuses that people write otherwise."""


def duration(milliseconds: float | None) -> str:
    """`0.4 ms`, `840 ms`, `1.24 s`, `2 min 3 s`; `–` where it is not known."""
    if milliseconds is None:
        return "–"
    if milliseconds < 10:  # noqa: PLR2004 - below that, tenths are of interest
        return f"{milliseconds:.1f} ms"
    if round(milliseconds) < _SECOND:
        return f"{milliseconds:.0f} ms"
    if milliseconds < _MINUTE:
        return f"{milliseconds / _SECOND:.2f} s"
    if milliseconds < _HOUR:
        return f"{milliseconds // _MINUTE:.0f} min {milliseconds % _MINUTE / _SECOND:.0f} s"
    return f"{milliseconds // _HOUR:.0f} h {milliseconds % _HOUR / _MINUTE:.0f} min"


def moment(at: str | None) -> str:
    """A time of an event in the user's time zone, to the second."""
    return "–" if at is None else datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def status_mark(status: str) -> tuple[str, str]:
    """The sign of a status and its style."""
    return MARKS.get(status, ("·", terminal.QUIET))


def status_word(status: str) -> str:
    """A status as people write it."""
    return WORDS.get(status, status)


def json_text(value: Any) -> Text:
    """A JSON value over several lines, with colours."""
    written = json.dumps(value, ensure_ascii=False, indent=2)
    return JSONHighlighter()(Text("\n".join(map(terminal.visible, written.split("\n")))))


def brief_json(value: Any, most: int = 60) -> str:
    """A JSON value on a line, cut to `most` characters."""
    written = terminal.visible(json.dumps(value, ensure_ascii=False))
    return written if len(written) <= most else written[: most - 1] + "…"
