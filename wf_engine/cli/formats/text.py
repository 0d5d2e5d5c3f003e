"""`--format text`: findings for people, each with its line and carets under its range."""

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from wf_engine.cli import terminal
from wf_engine.cli.formats.report import Report
from wf_engine.cli.snippets import snippet
from wf_engine.text import Diagnostic, Severity
from wf_engine.text import Text as Source

_STYLES = {Severity.ERROR: terminal.BAD, Severity.WARNING: terminal.CAUTION, Severity.HINT: terminal.NOTE}


def write_text(report: Report, console: Console | None = None) -> None:
    """The findings, an empty line behind each, and their sum."""
    out = console or terminal.stdout()
    for found in report.diagnostics:
        for line in finding(found, report):
            out.print(line)
        out.print()
    out.print(_sum(report))


def finding(found: Diagnostic, report: Report) -> Iterator[Text]:
    """A finding: what is wrong, where, and what to do."""
    style = _STYLES[found.severity]
    source = report.texts.get(found.location.path) or Source()
    head = (f"{found.severity.label}[{found.code}]", style)
    yield Text.assemble(head, (f": {terminal.visible(found.message)}", "bold"))
    shown = snippet(found.location, source, style)
    yield from shown
    gutter = shown[0].plain.index("-->")
    bar = (" " * gutter + " |", terminal.NOTE)
    for each in found.related:
        yield Text.assemble(bar)
        there = report.texts.get(each.location.path) or Source()
        yield from snippet(each.location, there, terminal.NOTE, "-", each.message)
    if found.hint:
        yield _line(gutter, "hint", terminal.visible(found.hint))
    for fix in found.fixes:
        yield _line(gutter, "fix", terminal.visible(fix.title))
    yield _line(gutter, "docs", f"wf explain {found.code} ({found.name})", terminal.QUIET)


def _line(gutter: int, label: str, text: str, style: str = "") -> Text:
    return Text.assemble((" " * gutter + " = ", terminal.NOTE), (f"{label}: ", "bold"), (text, style))


def _sum(report: Report) -> Text:
    fixes, files = _many(report.fixed, "fix", "fixes"), _many(report.changed, "file")
    mended = f"Applied {fixes} in {files}. " if report.fixed else ""
    checked = _many(report.files, "file")
    if not report.diagnostics:
        return Text.assemble(mended, (f"No problems in {checked}.", terminal.GOOD))
    counts = [_many(count, severity.label) for severity in Severity if (count := report.count(severity))]
    style = _STYLES[min(each.severity for each in report.diagnostics)]
    return Text.assemble(mended, (" and ".join(_listed(counts)), style), f" in {checked}.", _offer(report))


def _listed(counts: list[str]) -> list[str]:
    return [", ".join(counts[:-1]), counts[-1]] if len(counts) > 1 else counts


def _offer(report: Report) -> str:
    fixable = sum(bool(each.fixes) and each.fixes[0].safe for each in report.diagnostics)
    found = len(report.diagnostics)
    if not fixable:
        return ""
    if fixable < found:
        return f" {_many(fixable, 'has a fix', 'have fixes')}: `--fix`."
    return " It has a fix: `--fix`." if found == 1 else " All have fixes: `--fix`."


def _many(count: int, word: str, plural: str | None = None) -> str:
    return f"{count:,} {word if count == 1 else plural or word + 's'}"
