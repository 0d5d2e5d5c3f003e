"""`wf validate`."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from wf_engine.cli import formats, terminal
from wf_engine.cli.errors import NOT_RUN
from wf_engine.cli.formats import Report
from wf_engine.cli.options import Given, command
from wf_engine.session import Selection, selected
from wf_engine.text import Severity, Text, WfError

FINDINGS = 1
"""Exit code where there is a finding at or above `--fail-on`."""

_STDIN = "-"
_WRITERS: Mapping[str, Callable[[Report], None]] = {
    "text": formats.write_text,
    "json": formats.write_json,
    "sarif": formats.write_sarif,
    "github": formats.write_github,
}
_LEAST = {"error": Severity.ERROR, "warning": Severity.WARNING, "hint": Severity.HINT}


@command("env", "checks")
def validate(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders, or `-` for standard input.", show_default=False)
    ],
    format: Annotated[  # noqa: A002 - the option's name
        Literal["text", "json", "sarif", "github"], typer.Option("--format", help="How to print the findings.")
    ] = "text",
    json: Annotated[bool, typer.Option("--json", help="The same as `--format json`.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Apply all fixes that go together, until none is left.")] = False,
    stdin_path: Annotated[
        str | None,
        typer.Option("--stdin-path", metavar="PATH", help="Where the text of standard input is to be thought."),
    ] = None,
    *,
    settings: Given,
) -> int:
    """Say what is wrong with workflow files, where, and what to do.

    Exits with 0, with 1 where there are findings at or above --fail-on, with 2 where nothing could be checked.
    """
    texts = _stdin_text(stdin_path or "<stdin>") if _STDIN in paths else {}
    named = [next(iter(texts)) if path == _STDIN else path for path in paths]
    chosen = list(selected(named, settings=settings, texts=texts))
    if not any(files for _, files in chosen):
        terminal.stderr().print(f"There are no workflow documents under {', '.join(paths)}.")
    fixed = _fixed(chosen, frozenset(texts)) if fix else (chosen, 0, 0)
    report = _report(*fixed)
    if fix and texts:
        return _write_fixed(report, next(iter(texts)), chosen)
    _WRITERS["json" if json else format](report)
    return _exit_code(report, chosen)
