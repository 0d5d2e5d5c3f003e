"""How far a run has come, on a terminal, while it runs."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from wf_engine.cli import terminal

if TYPE_CHECKING:
    from wf_engine.session.running import Watcher

_MOST_NAMED = 4
"""Running steps whose names are shown."""

_ENDED = "stepFinished"


@contextmanager
def shown_progress(workflow: str) -> "Iterator[Watcher | None]":
    """A watcher that draws a bar and the steps that run; None where nobody would see it."""
    if not terminal.stderr().is_terminal:
        yield None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(20),
        MofNCompleteColumn(),
        TextColumn("{task.fields[running]}", style=terminal.QUIET),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=terminal.stderr(), transient=True) as bar:
        yield _Steps(bar, workflow).take


class _Steps:
    """The workflow's own steps by their events; those inside of others are their business."""

    def __init__(self, bar: Progress, workflow: str) -> None:
        self._bar = bar
        self._task = bar.add_task(workflow, total=None, running="")
        self._running: dict[str, None] = {}
        self._done = 0

    def take(self, event: Mapping[str, Any]) -> None:
        """The watcher."""
        path = event["path"]
        if event["type"] == "executionStarted":
            groups = (event.get("plan") or {}).get("parallelGroups") or ()
            self._bar.update(self._task, total=sum(map(len, groups)) or None)
        if not path or any(sign in path for sign in ".[~"):
            return
        if event["type"] == "stepStarted":
            self._running[path] = None
        elif event["type"] == _ENDED:
            self._running.pop(path, None)
            self._done += 1
        self._bar.update(self._task, completed=self._done, running=self._named())

    def _named(self) -> str:
        names = list(self._running)
        more = len(names) - _MOST_NAMED
        return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
