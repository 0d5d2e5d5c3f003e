"""Time as executions see it: UTC in milliseconds that never goes back, and ids made from it."""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime

Seconds = Callable[[], float]


class Clock:
    """Reads the wall clock once and counts on from there, so that a clock set back does not disorder events."""

    __slots__ = ("_millisecond", "_offset", "_second", "_second_text", "_text", "_ticks")

    def __init__(self, wall: Seconds = time.time, ticks: Seconds = time.perf_counter) -> None:
        self._ticks = ticks
        self._offset = wall() - ticks()
        self._millisecond = -1
        self._text = ""
        self._second = -1
        self._second_text = ""

    def now(self) -> float:
        """Seconds since 1970, never less than before."""
        return self._ticks() + self._offset

    def text(self, now: float) -> str:
        """A time as in `2026-01-31T12:00:00.123Z`."""
        millisecond = int(now * 1000)
        if millisecond != self._millisecond:
            second = millisecond // 1000
            if second != self._second:
                self._second = second
                self._second_text = datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%S")
            self._millisecond = millisecond
            self._text = f"{self._second_text}.{millisecond % 1000:03d}Z"
        return self._text


def execution_id(now: float) -> str:
    """A UUIDv7 (RFC 9562): its first 48 bits are the milliseconds, so that ids sort by time."""
    random = int.from_bytes(os.urandom(10))
    number = (int(now * 1000) & (1 << 48) - 1) << 80 | 7 << 76 | (random >> 68) << 64 | 2 << 62 | random & (1 << 62) - 1
    digits = f"{number:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
