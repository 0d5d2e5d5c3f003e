"""`--format github`: workflow commands of GitHub Actions, which shows them on the lines of a pull request."""

import sys

from wf_engine.cli import terminal
from wf_engine.cli.formats.report import Report
from wf_engine.text import Diagnostic, Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def write_github(report: Report) -> None:
    """A line `::error file=…,line=…::message` for each finding."""
    for found in report.diagnostics:
        sys.stdout.write(_line(report, found) + "\n")


def _line(report: Report, found: Diagnostic) -> str:
    start, end = report.positions(found.location.path, found.location.span)
    properties = {
        "file": terminal.relative(found.location.path),
        "line": start.line,
        "endLine": end.line,
        # GitHub wants columns only for a range within a line.
        **({"col": start.column, "endColumn": end.column} if start.line == end.line else {}),
        "title": f"{found.code} {found.name}",
    }
    said = ",".join(f"{name}={str(value).translate(_IN_PROPERTY)}" for name, value in properties.items())
    message = found.message if found.hint is None else f"{found.message}\nhint: {found.hint}"
    return f"::{_COMMANDS[found.severity]} {said}::{message.translate(_IN_MESSAGE)}"
