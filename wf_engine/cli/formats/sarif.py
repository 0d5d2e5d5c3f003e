"""`--format sarif`: SARIF 2.1.0, which code scanning services read."""

from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from wf_engine.checks import BY_CODE
from wf_engine.cli import terminal
from wf_engine.cli.formats.report import Report
from wf_engine.text import Diagnostic, Fix, Location, Severity, Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}


def write_sarif(report: Report) -> None:
    """One run with the checks that found something as its rules."""
    codes = sorted({each.code for each in report.diagnostics})
    driver = {"name": "wf", "version": version("wf"), "rules": [_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"uri": Path.cwd().as_uri().rstrip("/") + "/"}},
        "results": [_result(report, each, codes.index(each.code)) for each in report.diagnostics],
    }
    terminal.print_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str) -> dict[str, Any]:
    check = BY_CODE.get(code)
    if check is None:
        return {"id": code}
    return {
        "id": code,
        "name": check.name,
        "shortDescription": {"text": check.summary},
        "help": {"text": f"`wf explain {code}` explains it; so does {check.page}."},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
    }


def _result(report: Report, found: Diagnostic, rule: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": _LEVELS[found.severity],
        "message": {"text": found.message if found.hint is None else f"{found.message} ({found.hint})"},
        "locations": [_location(report, found.location)],
    }
    if found.related:
        result["relatedLocations"] = [
            {**_location(report, each.location), "id": number, "message": {"text": each.message}}
            for number, each in enumerate(found.related, 1)
        ]
    if found.fixes:
        result["fixes"] = [_fix(report, each) for each in found.fixes]
    return result


def _location(report: Report, location: Location) -> dict[str, Any]:
    physical = {"artifactLocation": _artifact(location.path), "region": _region(report, location.path, location.span)}
    return {"physicalLocation": physical}


def _artifact(path: str) -> dict[str, Any]:
    shown = Path(terminal.relative(path))
    if shown.is_absolute():
        return {"uri": shown.as_uri()}
    return {"uri": quote(shown.as_posix(), safe="/"), "uriBaseId": "SRCROOT"}


def _region(report: Report, path: str, span: Span) -> dict[str, Any]:
    start, end = report.positions(path, span)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _fix(report: Report, fix: Fix) -> dict[str, Any]:
    changes: dict[str, list[dict[str, Any]]] = {}
    for each in fix.edits:
        region = _region(report, each.path, each.edit.span)
        replacement = {"deletedRegion": region, "insertedContent": {"text": each.edit.new_text}}
        changes.setdefault(each.path, []).append(replacement)
    artifacts = [{"artifactLocation": _artifact(path), "replacements": edits} for path, edits in changes.items()]
    return {"description": {"text": fix.title}, "artifactChanges": artifacts}
