"""The units of a document, each checked by itself and remembered: a keystroke checks what it changed."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice

from msgspec import Struct
from msgspec.structs import replace

from wf_engine.analysis import (
    SiteAnalysis,
    StepAnalysis,
    TaskAnalysis,
    TransformAnalysis,
    WorkflowAnalysis,
    analyse_task,
    analyse_workflow,
)
from wf_engine.analysis.resting import basis_of
from wf_engine.checks.base import Check, Found, Results
from wf_engine.checks.catalogue import by_kind, of_unit
from wf_engine.checks.remembering import Memory, Remembered, recall
from wf_engine.expressions import Finding
from wf_engine.expressions.grammar import ROOTS
from wf_engine.language import Reading, Site
from wf_engine.workspace import SourceDocument, Workspace

_ISSUES = by_kind("issue")
_PROBLEMS = by_kind("problem")
_FAULTS = by_kind("fault")
_FINDINGS = by_kind("finding")
_TRANSFORMS = by_kind("transform")
_SITE = of_unit("site")
_STEP = of_unit("step")
_WORKFLOW = of_unit("workflow")
_TASK = of_unit("task")
_WORKSPACE = of_unit("workspace")


class Unit(Struct, frozen=True):
    """A piece of checking: `run` does it. Small enough never to hold up a keystroke."""

    name: str
    run: Callable[[], Results]


def units(workspace: Workspace, source: SourceDocument, most: int | None = None) -> tuple[Results, list[Unit]]:
    """What is known already of a document, and the units that are still to be run, each until it has found `most`."""
    if not source.ours and not source.expected:
        return (), []
    todo = [Unit("document", lambda: _document(workspace, source, most))]
    workflow = analyse_workflow(workspace, source)
    if workflow is None:
        return (), todo
    memory = recall(workflow)
    todo += [Unit("step", partial(_check_step, workflow, memory, number, most)) for number in memory.unknown]
    return memory.results, todo


def _check_step(workflow: WorkflowAnalysis, memory: Memory, number: int, most: int | None) -> Results:
    step, facts = workflow.steps[number], workflow.facts[number]
    analysis = workflow.step_analysis(step)
    results = tuple(islice(_step_results(analysis), most))
    memory.keep(number, Remembered(workflow.signature, basis_of(workflow, facts, analysis), results))
    return results


def _step_results(step: StepAnalysis, *, misspelt: bool = False) -> Iterator[Found]:
    """What is found in a step and in the steps inside it; `misspelt`: a field around them is."""
    misspelt = misspelt or any(problem.kind == "unknown-field" for problem in step.step.reading.problems)
    found = chain(
        _reading(step.step.reading),
        chain.from_iterable(_findings(site) for site in step.sites),
        _transformed(step.transform),
        _run(_STEP, step),
    )
    for each in found:
        if not misspelt or each.yields_to != "fields":
            yield each
    for inner in step.inner:
        yield from _step_results(inner, misspelt=misspelt)


def _document(workspace: Workspace, source: SourceDocument, most: int | None) -> Results:
    """What belongs to the document as a whole: its YAML, its fields, its own expressions, its graph, its name."""
    return tuple([replace(each, inside=False) for each in islice(_of_document(workspace, source), most)])


def _of_document(workspace: Workspace, source: SourceDocument) -> Iterator[Found]:
    for issue in source.tree.issues:
        yield from (Found(_ISSUES[issue.kind], draft) for draft in _ISSUES[issue.kind].run(issue))
    yield from _reading(source.reading)
    workflow = analyse_workflow(workspace, source)
    if workflow is not None:
        for site in workflow.own_sites():
            yield from _own_site(workflow, site)
        yield from _run(_WORKFLOW, workflow)
    task = analyse_task(workspace, source)
    if task is not None:
        yield from _task(task)
    for check in _WORKSPACE:
        yield from (Found(check, draft) for draft in check.run(workspace, source))


def _own_site(workflow: WorkflowAnalysis, site: SiteAnalysis) -> Results:
    facts, node = workflow.site_facts(site), site.site.node
    kept: tuple[tuple[object, ...], Results] | None = node.memo.get("own") if node.memo else None
    if kept is not None and kept[0] == facts:
        return kept[1]
    results = tuple(_findings(site))
    node.memo = node.memo or {}
    node.memo["own"] = (facts, results)
    return results


def _task(task: TaskAnalysis) -> Iterator[Found]:
    for site in task.sites:
        yield from _findings(site)
    yield from _transformed(task.transform)
    yield from _run(_TASK, task)


def _transformed(transform: TransformAnalysis | None) -> Iterator[Found]:
    for finding in transform.findings if transform is not None else ():
        check = _TRANSFORMS[finding.kind]
        yield from (Found(check, draft) for draft in check.run(transform, finding))


def _reading(reading: Reading) -> Iterator[Found]:
    for problem in reading.problems:
        check = _PROBLEMS[problem.kind]
        yield from (Found(check, draft) for draft in check.run(problem))
    for site in reading.sites:
        yield from _faults(site)


def _faults(site: Site) -> Iterator[Found]:
    for fault in site.parsed.problems[:1]:
        check = _FAULTS[fault.kind]
        yield from (Found(check, draft) for draft in check.run(site, fault))


def _findings(site: SiteAnalysis) -> Iterator[Found]:
    for finding in site.findings:
        check = _FINDINGS[_kind(finding)]
        yield from (Found(check, draft) for draft in check.run(site, finding))
    yield from _run(_SITE, site)


_MEMBERS = {
    "tasks": "unknown_step",
    "env": "unknown_variable",
    "forEach": "unknown_loop_variable",
    "secrets": "unknown_variable",
}


def _kind(finding: Finding) -> str:
    """Inference knows roots, not what they are for: names under some of them are kinds of their own."""
    if finding.kind == "unknown_member":
        return _MEMBERS.get(finding.data["root"], "unknown_property")
    if finding.kind == "unknown_root" and finding.name in ROOTS:
        return "outside_loop" if finding.name == "forEach" else "out_of_scope"
    if finding.kind == "unknown_property" and finding.data["target"] == "input":
        return "unknown_input"
    return finding.kind


def _run(checks: Iterable[Check], subject: object) -> Iterator[Found]:
    for check in checks:
        for draft in check.run(subject):
            yield Found(check, draft)
