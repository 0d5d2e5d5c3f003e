"""Drafts of what the layers below already found and worded."""

from wf_engine.analysis import SiteAnalysis
from wf_engine.checks.base import Draft, DraftFix
from wf_engine.checks.fixes import rename_to_closest, replacement
from wf_engine.expressions import Finding
from wf_engine.language import Problem
from wf_engine.syntax import Place, SyntaxIssue


def report_issue(issue: SyntaxIssue) -> Draft:
    """An issue of the YAML, with its fix if it has one."""
    fixes: tuple[DraftFix, ...] = ()
    if issue.fix_text is not None:
        place = Place(issue.place.segment, issue.fix_span) if issue.fix_span else issue.place
        fixes = (replacement(issue.fix_title or "Change it", place, issue.fix_text),)
    return Draft(issue.place, issue.message, issue.hint, fixes=fixes)


def report_problem(problem: Problem, fixes: tuple[DraftFix, ...] = ()) -> Draft:
    """A problem of structure."""
    return Draft(problem.place, problem.message, problem.hint, fixes=fixes)


def report_finding(site: SiteAnalysis, finding: Finding) -> Draft:
    """A finding of inference; a misspelt name gets the nearest one as its fix."""
    place = site.site.node.place_of(finding.span)
    fixes = rename_to_closest(place, finding.name, finding.candidates) if finding.name else ()
    return Draft(place, finding.message, finding.hint, fixes=fixes)
