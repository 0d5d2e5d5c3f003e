"""Events as they are made: numbered, timed, masked, handed on (language §7)."""

from collections.abc import Callable
from typing import Any, Final

from wf_engine.execution.clock import Clock
from wf_engine.execution.masking import Masker

Event = dict[str, Any]
Sink = Callable[[Event], None]


class Recorder:
    """Makes the events of one execution. `seq` counts from 1 without gaps."""

    __slots__ = ("_masker", "_masks", "_most", "_seq", "_sink", "clock", "execution_id")

    def __init__(self, execution_id: str, sink: Sink, clock: Clock, masker: Masker, most: int) -> None:
        """`most` is the number of events at which the execution is to end."""
        self.execution_id = execution_id
        self.clock = clock
        self._sink = sink
        self._masker = masker
        self._masks = bool(masker)
        self._seq = 0
        self._most = most

    @property
    def full(self) -> bool:
        """Whether there are as many events as there may be; those that end the execution still come."""
        return self._seq >= self._most

    def record(self, kind: str, path: str, now: float, fields: dict[str, Any]) -> Event:
        """Hands an event on and gives it back. The values in `fields` must not be changed afterwards."""
        self._seq += 1
        event: Event = {
            "seq": self._seq,
            "at": self.clock.text(now),
            "executionId": self.execution_id,
            "type": kind,
            "path": path,
            **(self._masked(fields) if self._masks else fields),
        }
        self._sink(event)
        return event

    def _masked(self, fields: dict[str, Any]) -> dict[str, Any]:
        mask = self._masker.mask
        return {name: value if name in _FIGURES else mask(value) for name, value in fields.items()}


_FIGURES: Final = frozenset({"n", "status", "index", "durationMs", "delayMs"})
"""Fields that the engine itself counts and measures."""
