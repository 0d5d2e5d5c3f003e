"""Times as they are typed: `2025-01-31`, `2025-01-31T12:00`, or how long ago: `30m`, `2h`, `7d`."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from wf_engine.text import WfError

_AGO = re.compile(r"([0-9]{1,6})(m|h|d|w)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}

Since = Annotated[
    str | None, typer.Option(metavar="TIME", help="Only runs since then: `2025-01-31`, or `2h`, `7d` ago.")
]
Until = Annotated[str | None, typer.Option(metavar="TIME", help="Only runs before then.")]


def read_time(text: str | None) -> datetime | None:
    """The moment that a text names; without a zone it is the user's own. Raises WfError."""
    if text is None:
        return None
    ago = _AGO.fullmatch(text)
    try:
        if ago is not None:
            return datetime.now(UTC) - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError):
        hint = "Write a date (`2025-01-31`), a time (`2025-01-31T12:00`) or how long ago (`30m`, `2h`, `7d`, `4w`)."
        raise WfError(f"`{text}` is no time.", hint=hint) from None
