"""Durations: a whole number and a unit (language §2)."""

import re

_DURATION = re.compile(r"([0-9]+)(ms|s|m|h)")
_UNIT_MS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000}


def duration_ms(text: str) -> int | None:
    """Milliseconds of a duration such as `500ms`, `30s`, `5m`, `1h`; None where it is none."""
    match = _DURATION.fullmatch(text)
    return int(match[1]) * _UNIT_MS[match[2]] if match else None
