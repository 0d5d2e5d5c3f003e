"""Running a workflow until it has ended or a signal cancels it, and telling programs about it line by line."""

import asyncio
import signal
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from wf_engine.cli import terminal
from wf_engine.cli.formats import Report, records
from wf_engine.session import InvalidDocuments, Project
from wf_engine.text import WfError
from wf_engine.workspace import Definition

if TYPE_CHECKING:
    from wf_engine.session.running import Watcher

FAILED = 1
"""Exit code of an execution that did not succeed."""

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_BY_SIGNAL = 128


class How(NamedTuple):
    """How a workflow is run: with the answers of services, of a mock, or of an earlier run."""

    mode: Literal["live", "mock", "replay"] = "live"
    seed: int = 0
    replay: str | None = None
    recording: bool = False


LIVE = How()


def execute(
    project: Project,
    definition: Definition,
    value: Mapping[str, Any] | None,
    watcher: "Watcher | None",
    how: How = LIVE,
) -> tuple[dict[str, Any], int]:
    """Runs a workflow; gives the execution and the exit code: 0, 1 where it did not succeed, 130 after Ctrl-C.

    SIGINT and SIGTERM cancel it, a second one ends the process at once.
    """
    return asyncio.run(_until_done(project, definition, value, watcher, how))


async def _until_done(
    project: Project, definition: Definition, value: Mapping[str, Any] | None, watcher: "Watcher | None", how: How
) -> tuple[dict[str, Any], int]:
    loop, cancel = asyncio.get_running_loop(), asyncio.Event()
    caught: list[int] = []

    def stop(number: int) -> None:
        if caught:
            raise KeyboardInterrupt
        caught.append(number)
        cancel.set()

    for number in _SIGNALS:
        with suppress(NotImplementedError):  # on Windows, where Ctrl-C cancels the task instead
            loop.add_signal_handler(number, stop, number)
    execution = await project.execute(definition, value, cancel=cancel, watcher=watcher, **how._asdict())
    if caught:
        return execution, _BY_SIGNAL + caught[0]
    return execution, 0 if execution["status"] == "succeeded" else FAILED


def stream(project: Project, definition: Definition, value: Mapping[str, Any] | None, how: How = LIVE) -> int:
    """Runs a workflow and prints `{"event": …}` lines and at last `{"execution": …}`; gives the exit code."""
    execution, code = execute(project, definition, value, lambda event: terminal.print_line({"event": event}), how)
    terminal.print_line({"execution": execution})
    return code


def refusal(error: WfError) -> dict[str, Any]:
    """`{"error": {message, hint}}`, with `diagnostics` as `wf validate --format json` has them where there are some."""
    said: dict[str, Any] = {"message": error.message, "hint": error.hint}
    if isinstance(error, InvalidDocuments):
        said["diagnostics"] = records(Report(error.diagnostics, error.texts, files=0))
    return {"error": said}
