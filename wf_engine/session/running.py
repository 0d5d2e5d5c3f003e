"""A run that is recorded: events go into the history first, and to whoever watches once they are safe there."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from wf_engine.execution import Answers, Engine, Mode, normalised
from wf_engine.history import History, Recorder
from wf_engine.workspace import Definition, Workspace

Watcher = Callable[[Mapping[str, Any]], None]
"""Gets each event of a run, in order, once its commit has returned."""


class _Recording:
    """The events of one execution on their way into the history and to the watcher."""

    def __init__(self, history: History, definition: str, watcher: Watcher | None) -> None:
        self._history = history
        self._definition = definition
        self._watcher = watcher
        self._recorder: Recorder | None = None
        self._unseen: list[Mapping[str, Any]] = []
        self._arrived = asyncio.Event()

    def take(self, event: dict[str, Any]) -> None:
        """The engine's sink. Nothing is recorded of an execution that was refused before its first event."""
        if self._recorder is None:
            self._recorder = self._history.record(event["executionId"], event.get("source"), self._definition)
        self._recorder.append(event)
        if self._watcher is not None:
            self._unseen.append(event)
            self._arrived.set()

    async def forward(self) -> None:
        """Shows events to the watcher as they are committed. Ends only by being cancelled, or with an error."""
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            await self._show()

    async def finish(self) -> None:
        """Commits what is left and shows it."""
        if self._recorder is not None:
            await self._recorder.close()
        self._pass_on(self._unseen)

    async def _show(self) -> None:
        events, self._unseen = self._unseen, []
        if self._recorder is not None:
            try:
                await self._recorder.flush()
            except asyncio.CancelledError:
                self._unseen = events + self._unseen
                raise
        self._pass_on(events)

    def _pass_on(self, events: list[Mapping[str, Any]]) -> None:
        if self._watcher is not None:
            for event in events:
                self._watcher(event)


async def recorded_run(
    history: History,
    workspace: Workspace,
    definition: Definition,
    given: Mapping[str, Any],
    *,
    mode: Mode,
    source: str,
    secrets: Mapping[str, str],
    cancel: asyncio.Event | None,
    watcher: Watcher | None,
    answers: Answers | None = None,
    recording: bool = False,
) -> dict[str, Any]:
    """Runs a workflow and gives the execution's body once all its events are committed.

    Raises InvalidInput and WfError before anything is recorded; WfError too where the history cannot be written, and
    whatever the watcher raises: the execution is then cancelled.
    """
    kept = _Recording(history, normalised(definition.model), watcher)
    async with Engine() as engine:
        run = asyncio.create_task(
            engine.execute(
                workspace,
                definition,
                given,
                mode=mode,
                source=source,
                sink=kept.take,
                cancel=cancel,
                secrets=secrets,
                answers=answers,
                recording=recording,
            )
        )
        forwarding = asyncio.create_task(kept.forward())
        try:
            await asyncio.wait((run, forwarding), return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _ended(forwarding)
            await _ended(run)
            await kept.finish()
        if not forwarding.cancelled():
            forwarding.result()
        return run.result()


async def _ended(task: "asyncio.Task[Any]") -> None:
    task.cancel()
    await asyncio.wait((task,))
