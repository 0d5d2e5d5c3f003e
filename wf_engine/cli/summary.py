"""An execution as people see it when it has ended: its steps with their times, its output or its errors."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.text import Text

from wf_engine.cli import terminal
from wf_engine.cli.figures import duration, json_text, status_mark, status_word

Body = Mapping[str, Any]
"""An execution as every door answers it (language §7)."""


def summary(execution: Body) -> Iterator[Text]:
    """The lines of the summary."""
    yield headline(execution["workflowName"], execution["status"], execution["durationMs"])
    yield Text()
    yield from _steps(execution["tasks"])
    for error in execution["errors"]:
        yield Text()
        yield from problem(error)
    if execution["status"] == "succeeded":
        yield Text("\nOutput", "bold")
        yield json_text(execution["output"])
    yield Text(f"\nwf trace {execution['executionId']}", terminal.QUIET)


def headline(workflow: str | None, status: str, milliseconds: float | None) -> Text:
    """`✓ user-profile succeeded in 45 ms`."""
    mark, style = status_mark(status)
    took = "" if milliseconds is None else f" in {duration(milliseconds)}"
    return Text.assemble(
        (f"{mark} ", style), (workflow or "(unknown)", "bold"), " ", (status_word(status), style), took
    )


def _steps(tasks: Sequence[Body]) -> Iterator[Text]:
    paths = max((terminal.width_of(task["path"]) for task in tasks), default=0)
    refs = max((terminal.width_of(task["taskRef"] or "") for task in tasks), default=0)
    for task in tasks:
        mark, style = status_mark(task["status"])
        ran = task["startedAt"] is not None and task["status"] != "skipped"
        took = duration(task["durationMs"]) if ran else status_word(task["status"])
        tries = f"  {task['attempts']} attempts" if task["attempts"] > 1 else ""
        yield Text.assemble(
            (f"  {mark} ", style),
            _padded(task["path"], paths + 2),
            (_padded(task["taskRef"] or "", refs + 2), terminal.QUIET),
            (took.rjust(9), "" if ran else terminal.QUIET),
            (tries, terminal.CAUTION),
        )


def _padded(text: str, width: int) -> str:
    return text + " " * (width - terminal.width_of(text))


def problem(error: Body) -> Iterator[Text]:
    """An error of a step or of the execution: what happened, what the service said, what to do."""
    place = f" {error['path']}" if error.get("path") else ""
    message = terminal.visible(error["message"])
    yield Text.assemble((error["code"], terminal.BAD), (place, "bold"), f": {message}")
    preview = (error.get("http") or {}).get("bodyPreview")
    if preview:
        yield _line("answer", terminal.visible(" ".join(str(preview).split())))
    if error.get("suggestion"):
        yield _line("hint", terminal.visible(error["suggestion"]))


def _line(label: str, text: str) -> Text:
    return Text.assemble(("  = ", terminal.NOTE), (f"{label}: ", "bold"), text)
