"""When garbage is looked for: not in the middle of a keystroke.

What was opened or read stays for long, and looking through all of it again and again is what makes single answers late.
So it is set aside once nothing is left to do; what becomes garbage in there is found when the user rests.
"""

import asyncio
import gc
from collections.abc import Callable

from wf_engine.text.garbage import collect_seldom

_SETTLED = 0.25
"""Seconds without news after which what was read is set aside."""
_RESTING = 5.0
"""Seconds without an edit after which there is time to look through everything."""
_MANY_EDITS = 2_000
"""Edits from which on that is worth the time."""
_TOO_MANY_EDITS = 10_000
"""Edits after which no rest is waited for: whoever types for so long without one waits a moment once."""


class Memory:
    """Garbage collection of a server with these pending jobs."""

    def __init__(self, busy: Callable[[], bool]) -> None:
        self._busy = busy
        self._edits = 0
        self._timer: asyncio.TimerHandle | None = None
        collect_seldom()

    def grown(self) -> None:
        """Documents were opened or read."""
        self._later(_SETTLED, self._set_aside)

    def read(self) -> None:
        """Files were read, and more will be: what was made of them is looked through no more."""
        gc.freeze()

    def edited(self) -> None:
        """A document was edited."""
        self._edits += 1
        if self._edits >= _TOO_MANY_EDITS:
            self._look()
        elif self._edits >= _MANY_EDITS:
            self._later(_RESTING, self._look_through)

    def _later(self, seconds: float, what: Callable[[], None]) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds, what)

    def _set_aside(self) -> None:
        if self._busy():
            self.grown()
        else:
            gc.freeze()

    def _look_through(self) -> None:
        if self._busy():
            self._later(_RESTING, self._look_through)
        else:
            self._look()

    def _look(self) -> None:
        self._edits = 0
        gc.unfreeze()
        gc.collect()
        gc.freeze()
