"""Events as they are made: numbered, timed, masked, handed on (language §7)."""

from collections.abc import Callable
from typing import Any

from wf_engine.execution.clock import Clock
from wf_engine.execution.masking import Masker

Event = dict[str, Any]
Sink = Callable[[Event], None]


class Recorder:
    """Makes the events of one execution. `seq` counts from 1 without gaps."""

    __slots__ = ("_masker", "_masks", "_seq", "_sink", "clock", "execution_id")

    def __init__(self, execution_id: str, sink: Sink, clock: Clock, masker: Masker) -> None:
        self.execution_id = execution_id
        self.clock = clock
        self._sink = sink
        self._masker = masker
        self._masks = bool(masker)
        self._seq = 0

    def record(self, kind: str, path: str, now: float, fields: dict[str, Any]) -> Event:
        """Hands an event on and gives it back. The values in `fields` must not be changed afterwards."""
        self._seq += 1
        event: Event = {
            "seq": self._seq,
            "at": self.clock.text(now),
            "executionId": self.execution_id,
            "type": kind,
            "path": path,
        }
        event.update(self._masker.mask(fields) if self._masks else fields)
        self._sink(event)
        return event
