"""A child process that is started before anybody wants to run anything, so that a run begins at once.

It has loaded what it needs and waits for its request; documents and settings it reads only then, so that it knows none
that are outdated. One child makes one run.
"""

import asyncio
from collections.abc import Mapping
from typing import NamedTuple

from wf_lsp.child import Child

_COMMAND = ("run", "--stdin")
_PAUSE = 1.0
"""Seconds that pass before one is started: first comes whatever the user does now."""


class _Spare(NamedTuple):
    folder: str | None
    environ: Mapping[str, str]
    child: Child


class Warm:
    """The one child that waits."""

    def __init__(self) -> None:
        self._spare: _Spare | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[object] | None = None
        self._closed = False

    def take(self, folder: str | None, environ: Mapping[str, str]) -> Child:
        """A child for a run in a folder: the one that waits, if it was started for such a run."""
        spare = self._spare
        if spare is not None and (spare.folder, spare.environ) == (folder, environ) and not spare.child.gone:
            self._spare = None
            return spare.child
        return Child(_COMMAND, folder, environ)

    def prepare(self, folder: str | None, environ: Mapping[str, str]) -> None:
        """Has a child wait for a run in a folder, soon."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(_PAUSE, self._begin, folder, environ)

    def _begin(self, folder: str | None, environ: Mapping[str, str]) -> None:
        spare = self._spare
        if self._closed or (
            spare is not None and (spare.folder, spare.environ) == (folder, environ) and not spare.child.gone
        ):
            return
        if spare is not None:
            spare.child.stop()
        self._spare = _Spare(folder, environ, Child(_COMMAND, folder, environ))
        self._task = asyncio.get_running_loop().create_task(self._spare.child.begun())

    async def close(self) -> None:
        """Ends the child that waits."""
        self._closed = True
        if self._timer is not None:
            self._timer.cancel()
        if self._spare is not None:
            self._spare.child.stop()
            await self._spare.child.ended()
