"""`wf validate`."""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Literal

import typer

from wf_engine.cli import formats, terminal
from wf_engine.cli.formats import Report
from wf_engine.cli.options import Given, command
from wf_engine.session import Selection, selected
from wf_engine.text import Severity, WfError
from wf_engine.text.garbage import undisturbed

FINDINGS = 1
"""Exit code where there is a finding at or above `--fail-on`."""

STDIN = "-"
UNNAMED = "<stdin>"
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
        list[str] | None,
        typer.Argument(
            metavar="PATH…",
            help="Files, folders, or `-` for standard input; without one, the current folder.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Literal["text", "json", "sarif", "github"], typer.Option("--format", help="How to print what is found.")
    ] = "text",
    as_json: Annotated[bool, typer.Option("--json", help="The same as `--format json`.")] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="Apply all fixes that go together, until none is left; `-` prints the result.")
    ] = False,
    stdin_filename: Annotated[
        str | None, typer.Option(metavar="PATH", help="The file that standard input is to be taken for.")
    ] = None,
    *,
    settings: Given,
) -> int:
    """Say what is wrong with workflow files, where, and what to do.

    Exits with 0, with 1 where there are findings at or above --fail-on, with 2 where nothing could be checked.
    """
    paths = paths or ["."]
    if fix and STDIN in paths and len(paths) > 1:
        raise WfError("With --fix, `-` stands alone: its mended text is what is printed.")
    name = stdin_filename or UNNAMED
    texts = {name: read_stdin()} if STDIN in paths else {}
    named = [name if path == STDIN else path for path in paths]
    with terminal.busy("Reading the documents"), undisturbed():
        chosen = list(selected(named, settings=settings, texts=texts))
    require_files(chosen, paths)
    if fix and texts:
        return _mend_stdin(chosen)
    with terminal.busy("Checking the documents"), undisturbed():
        report = _mended(chosen) if fix else _report(chosen)
    _WRITERS["json" if as_json else output](report)
    return _exit_code(report, chosen)


def read_stdin() -> str:
    """Standard input as text. Raises WfError where it is none."""
    data = sys.stdin.buffer.read()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"Standard input is not UTF-8: byte 0x{data[error.start]:02X} at offset {error.start}."
        raise WfError(message, hint="A document is a text in UTF-8.") from None


def require_files(chosen: Sequence[Selection], paths: Sequence[str]) -> None:
    """Raises WfError where paths mean no documents; notes files that hold none of ours."""
    if not any(files for _, files in chosen):
        hint = "A workflow document is YAML that begins with `apiVersion: workflow.io/v1`."
        raise WfError(f"There are no workflow documents under {', '.join(f'`{path}`' for path in paths)}.", hint=hint)
    for project, files in chosen:
        for path in files:
            if not project.workspace.files[path].ours and path not in project.unreadable:
                shown = terminal.visible(terminal.relative(path))
                terminal.stderr().print(f"note: {shown} holds no document of workflow.io, so nothing in it is checked")


def _report(chosen: Sequence[Selection], fixed: int = 0, changed: int = 0) -> Report:
    found = [each for project, files in chosen for each in project.diagnostics(files)]
    texts = {path: file.text for project, _ in chosen for path, file in project.workspace.files.items()}
    return Report(found, texts, sum(len(files) for _, files in chosen), fixed, changed)


def _mended(chosen: Sequence[Selection]) -> Report:
    """Mends the files on disk, and reports what is left."""
    done = [(project.fixed(files), files) for project, files in chosen]
    for fixed, _ in done:
        fixed.project.save(fixed.changed)
    left = [Selection(fixed.project, files) for fixed, files in done]
    return _report(left, sum(fixed.applied for fixed, _ in done), sum(len(fixed.changed) for fixed, _ in done))


def _mend_stdin(chosen: Sequence[Selection]) -> int:
    """Prints the mended text, and on stderr what is left to say of it."""
    (project, files), *_ = chosen
    fixed = project.fixed(files)
    left = [Selection(fixed.project, files)]
    report = _report(left, fixed.applied, len(fixed.changed))
    sys.stdout.buffer.write(fixed.project.workspace.files[files[0]].text.value.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()
    formats.write_text(report, terminal.stderr())
    return _exit_code(report, left)


def _exit_code(report: Report, chosen: Sequence[Selection]) -> int:
    least = {path: project.settings.checks.fail_on for project, files in chosen for path in files}
    bad = any(each.severity <= _LEAST[least[each.location.path]] for each in report.diagnostics)
    return FINDINGS if bad else 0
