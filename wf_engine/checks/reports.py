"""Drafts of what the layers below already found and worded."""

from collections.abc import Iterator

from wf_engine.analysis import SiteAnalysis, TransformAnalysis
from wf_engine.checks.base import Draft, DraftFix
from wf_engine.checks.fixes import replacement
from wf_engine.expressions import Finding
from wf_engine.language import Problem
from wf_engine.syntax import Place, SyntaxIssue
from wf_engine.text import Span
from wf_engine.transforms import PipelineFinding


def report_issue(issue: SyntaxIssue) -> Draft:
    """An issue of the YAML, with its fix if it has one."""
    fixes: tuple[DraftFix, ...] = ()
    if issue.fix_text is not None:
        place = Place(issue.place.segment, issue.fix_span) if issue.fix_span else issue.place
        fixes = (replacement(issue.fix_title or "Change it", place, issue.fix_text),)
    return Draft(issue.place, issue.message, issue.hint, fixes=fixes)


def report_problem(problem: Problem, fixes: tuple[DraftFix, ...] = ()) -> Draft:
    """A problem of structure; where reading knows what would be right, that is a fix."""
    if problem.edits and problem.title and not fixes:
        fixes = (DraftFix(problem.title, problem.edits),)
    if problem.better is not None and not fixes:
        fixes = (replacement(f"Change it to `{problem.better}`", problem.place, problem.better),)
    return Draft(problem.place, problem.message, problem.hint, fixes=fixes)


def report_finding(site: SiteAnalysis, finding: Finding, fixes: tuple[DraftFix, ...] = ()) -> Draft:
    """A finding of inference; a misspelt name gets the one that was likely meant as its fix."""
    place = site.site.node.place_of(finding.span)
    if finding.name and finding.candidates:
        meant = finding.candidates[0]
        fixes = (replacement(f"Change it to `{meant}`", place_of_name(site, finding), meant), *fixes)
    return Draft(place, finding.message, finding.hint, fixes=fixes)


def report_remark(transform: TransformAnalysis, finding: PipelineFinding) -> Iterator[Draft]:
    """What typing a pipeline found, where it has a place."""
    place = transform.place(finding)
    if place is not None:
        yield Draft(place, finding.message, finding.hint)


def place_of_name(site: SiteAnalysis, finding: Finding) -> Place:
    """Where the name itself stands: between its quotes, where it has any."""
    start, end = finding.span
    quoted = site.site.node.text[start : start + 1] in ("'", '"')
    return site.site.node.place_of(Span(start + 1, end - 1) if quoted else finding.span)


def inserted(site: SiteAnalysis, title: str, offset: int, text: str) -> DraftFix:
    """Puts a text in front of the character at an offset of a site's text."""
    start = site.site.node.source(offset)
    return replacement(title, Place(site.site.node.segment, Span(start, start)), text)
