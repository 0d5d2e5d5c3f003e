"""Errors as people see them: what is wrong, where, and what to do. Never a traceback unless it is asked for."""

import os
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from typer.exceptions import TyperException

from wf_engine.cli import terminal
from wf_engine.cli.snippets import snippet
from wf_engine.text import Location, WfError
from wf_engine.text import Text as Source

if TYPE_CHECKING:
    from wf_engine.session import InvalidDocuments

NOT_RUN = 2
"""Exit code where nothing was run: wrong usage, an invalid document, an invalid input."""

DEBUG = "WF_DEBUG"
"""With this variable set, faults of wf itself are shown with their traceback."""


def show(error: WfError) -> None:
    """A WfError on stderr, with the line that it points at, or with all the findings that it stands for."""
    from wf_engine.session import InvalidDocuments  # loads the engine, which `wf --help` has no use for

    if isinstance(error, InvalidDocuments):
        _show_findings(error)
    _headline(error.message)
    if error.location is not None and not isinstance(error, InvalidDocuments):
        for line in _place(error.location):
            terminal.stderr().print(line)
    _hint(error.hint)


def _show_findings(error: "InvalidDocuments") -> None:
    from wf_engine.cli.formats import Report, finding

    report = Report(error.diagnostics, error.texts, files=0)
    for found in error.diagnostics:
        for line in finding(found, report):
            terminal.stderr().print(line)
        terminal.stderr().print()


def show_usage(error: TyperException) -> None:
    """A mistake in the arguments."""
    _headline(error.format_message().replace("Value error, ", ""))
    context = getattr(error, "ctx", None)
    _hint(f"`{context.command_path} --help` shows how it is used." if context else None)


def show_fault(error: Exception) -> None:
    """A fault of wf itself."""
    if os.environ.get(DEBUG):
        lines = "".join(traceback.format_exception(error)).split("\n")
        terminal.stderr().print(Text("\n".join(map(terminal.visible, lines))))
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    _headline(f"wf has a fault of its own: {type(error).__name__}: {error} ({place})")
    _hint(f"This should not happen whatever the files hold. {DEBUG}=1 shows the traceback; please report it.")


def _headline(message: str) -> None:
    first, *rest = map(terminal.visible, message.split("\n"))
    terminal.stderr().print(Text.assemble(("error", terminal.BAD), (f": {first}", "bold")))
    for line in rest:
        terminal.stderr().print(Text(line))


def _hint(hint: str | None) -> None:
    if hint:
        terminal.stderr().print(Text.assemble(("  hint", terminal.NOTE), f": {terminal.visible(hint)}"))


def _place(location: Location) -> list[Text]:
    try:
        source = Source(Path(location.path).read_text("utf-8"))
    except (OSError, ValueError):
        return [Text.assemble(("  --> ", terminal.NOTE), terminal.visible(terminal.relative(location.path)))]
    return snippet(location, source, terminal.BAD)
