"""Findings that comments silence are left out; comments that silence nothing are findings themselves."""

from collections.abc import Iterator, Mapping, Sequence

from wf_engine.checks.base import Check, DraftFix, Found
from wf_engine.checks.catalogue import BY_CODE, BY_NAME
from wf_engine.checks.suppression import MARK, Code, Suppression, silenced
from wf_engine.checks.unknown_suppression import unknown_suppression
from wf_engine.checks.unused_suppression import unused_suppression
from wf_engine.syntax import Place
from wf_engine.text import Diagnostic, Severity, Span
from wf_engine.workspace import SourceDocument, SourceFile, Workspace

_KNOWN = (*BY_CODE, *BY_NAME)


def unsilenced(
    workspace: Workspace, file: SourceFile, found: Sequence[Diagnostic]
) -> tuple[Sequence[Diagnostic], list[tuple[SourceDocument, Found]]]:
    """The findings that no comment of the file silences, and what there is to say of its comments."""
    if not file.text.mentions(MARK):
        return found, []
    left, used = silenced(file, found)
    hidden = any(each.severity is Severity.ERROR for each in left) or any(each.code.startswith("WF1") for each in found)
    settled = workspace.complete and not hidden
    return left, list(_said(file, used, workspace.settings.checks.severity, settled=settled))


def _said(
    file: SourceFile,
    used: Mapping[Suppression, frozenset[Code]],
    severities: Mapping[str, str],
    *,
    settled: bool,
) -> Iterator[tuple[SourceDocument, Found]]:
    """`settled`: what was found is all there is; an error hides what else there may be to silence."""
    for each, codes in used.items():
        unknown = [code for code in each.codes if code.text not in _KNOWN]
        idle = [
            code
            for code in each.codes
            if settled and code not in codes and code not in unknown and not _off(code.text, severities)
        ]
        gone = {*unknown, *idle}
        source, start = _document(file, each.span.start)
        for code in unknown:
            fix = _removal(file, source, start, each, gone)
            for draft in unknown_suppression.run(_place(source, start, code.span), code.text, _KNOWN, fix):
                yield source, Found(unknown_suppression, draft)
        if idle or not each.codes:
            names = " or ".join(code.text for code in idle)
            span = each.span if len(idle) == len(each.codes) else idle[0].span
            fix = _removal(file, source, start, each, gone)
            for draft in unused_suppression.run(_place(source, start, span), names, fix):
                yield source, Found(unused_suppression, draft)


def _off(code: str, severities: Mapping[str, str]) -> bool:
    check: Check | None = BY_CODE.get(code) or BY_NAME.get(code)
    return check is not None and "off" in (severities.get(check.code), severities.get(check.name))


def _document(file: SourceFile, offset: int) -> tuple[SourceDocument, int]:
    index = file.file.document_at(offset)
    return file.documents[index], file.file.starts[index]


def _place(source: SourceDocument, start: int, span: Span) -> Place:
    base, segment = source.tree.segment_at(span.start - start)
    return Place(segment, span.shift(-start - base))


def _removal(file: SourceFile, source: SourceDocument, start: int, comment: Suppression, gone: set[Code]) -> DraftFix:
    """Takes codes out of a comment, and with the last one the comment itself."""
    kept = [code.text for code in comment.codes if code not in gone]
    if kept:
        span = Span(comment.codes[0].span.start, comment.codes[-1].span.end)
        return DraftFix("Remove what it ignores in vain", ((_place(source, start, span), ", ".join(kept)),))
    text, line = file.text, file.text.position(comment.span.start).line
    before = text.slice(Span(text.line_start(line), comment.span.start))
    first = text.line_start(line) + len(before.rstrip(" \t"))
    whole = not before.strip(" \t")
    span = Span(text.line_start(line), text.line_start(line + 1)) if whole else Span(first, comment.span.end)
    return DraftFix("Remove the comment", ((_place(source, start, span), ""),))
