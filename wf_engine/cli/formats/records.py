"""`--format json`: a list of records."""

from typing import Any

from wf_engine.checks import BY_CODE
from wf_engine.cli import terminal
from wf_engine.cli.formats.report import Report
from wf_engine.text import Diagnostic, Fix, Related, Span


def write_json(report: Report) -> None:
    """`[{path, range, code, name, severity, message, hint, docs, related, fixes}]`; lines and columns are from 1."""
    terminal.print_json(records(report))


def records(report: Report) -> list[dict[str, Any]]:
    """The records that `write_json` prints."""
    return [_record(report, each) for each in report.diagnostics]


def _record(report: Report, found: Diagnostic) -> dict[str, Any]:
    check = BY_CODE.get(found.code)
    return {
        "path": terminal.relative(found.location.path),
        "range": _range(report, found.location.path, found.location.span),
        "code": found.code,
        "name": found.name,
        "severity": found.severity.label,
        "message": found.message,
        "hint": found.hint,
        "docs": check.page if check else None,
        "related": [_related(report, each) for each in found.related],
        "fixes": [_fix(report, each) for each in found.fixes],
    }


def _range(report: Report, path: str, span: Span) -> dict[str, Any]:
    start, end = report.positions(path, span)
    return {"start": start._asdict(), "end": end._asdict()}


def _related(report: Report, related: Related) -> dict[str, Any]:
    path, span = related.location.path, related.location.span
    return {"path": terminal.relative(path), "range": _range(report, path, span), "message": related.message}


def _fix(report: Report, fix: Fix) -> dict[str, Any]:
    edits = [
        {
            "path": terminal.relative(each.path),
            "range": _range(report, each.path, each.edit.span),
            "newText": each.edit.new_text,
        }
        for each in fix.edits
    ]
    return {"title": fix.title, "edits": edits}
