"""Inline values: what expressions gave in the last run, for an editor that stands still in a workflow."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from wf_engine.analysis import SiteAnalysis, StepAnalysis, WorkflowAnalysis, analyse_workflow
from wf_engine.editing.observed import UNKNOWN, Observations, Observed
from wf_engine.expressions import Embedded, Expr, Expression, Literal, Template
from wf_engine.language import Step
from wf_engine.syntax import Scalar
from wf_engine.text import Span
from wf_engine.workspace import SourceDocument, Workspace


class InlineValue(NamedTuple):
    """An expression in a range of the file, and its value; UNKNOWN where no run has shown it."""

    span: Span
    expression: str
    value: Any


def inline_values(workspace: Workspace, path: str, span: Span, seen: Observations) -> tuple[InlineValue, ...]:
    """The expressions of workflows in a range of a file, in the order of the text."""
    file = workspace.files.get(path)
    found: list[InlineValue] = []
    for source in file.documents if file else ():
        workflow, definition = analyse_workflow(workspace, source), source.definition
        if workflow is not None and definition is not None:
            found += _document(workspace, source, workflow, seen.get(definition.key, Observed(dry=False)))
    return tuple(
        sorted(
            (each for each in found if each.span.start <= span.end and span.start <= each.span.end),
            key=lambda each: each.span,
        )
    )


def stopped_step(workspace: Workspace, path: str, offset: int) -> Span | None:
    """The range of the step of a workflow that an offset of a file stands in, None outside of steps."""
    file = workspace.files.get(path)
    for source in file.documents if file else ():
        workflow = analyse_workflow(workspace, source)
        for step in workflow.steps if workflow else ():
            span = _extent(workspace, source, step)
            if span is not None and span.start <= offset <= span.end:
                return span
    return None


def _extent(workspace: Workspace, source: SourceDocument, step: Step) -> Span | None:
    file = workspace.files[source.path].file
    return source.tree.extent(step.node).shift(file.starts[source.index]) if step.node else None


def _document(
    workspace: Workspace, source: SourceDocument, workflow: WorkflowAnalysis, seen: Observed
) -> Iterator[InlineValue]:
    reader = _Reader(workspace, source, seen)
    yield from reader.sites(workflow.own_sites(), "")
    for step in workflow.steps:
        yield from reader.step(workflow.step_analysis(step), "")


class _Reader(NamedTuple):
    workspace: Workspace
    source: SourceDocument
    seen: Observed

    def step(self, step: StepAnalysis, around: str) -> Iterator[InlineValue]:
        """The expressions of a step and of the steps in it."""
        path = f"{around}{step.step.id}"
        yield from self.sites(step.sites, path)
        for inner in step.inner:
            yield from self.step(inner, f"{path}.")

    def sites(self, sites: Iterable[SiteAnalysis], path: str) -> Iterator[InlineValue]:
        """The expressions of some places."""
        for site in sites:
            parsed, node = site.site.parsed, site.site.node
            if isinstance(parsed, Expression) and not parsed.problems:
                yield from self._value(node, parsed.root, parsed.root.span, path)
            elif isinstance(parsed, Template) and not parsed.problems:
                for part in parsed.parts:
                    if isinstance(part, Embedded):
                        yield from self._value(node, part.expr, part.inner, path)

    def _value(self, node: Scalar, expr: Expr, inside: Span, path: str) -> Iterator[InlineValue]:
        if isinstance(expr, Literal):
            return
        text = node.text[inside.start : inside.end].strip()
        value = self.seen.resolved.get((path, text), UNKNOWN)
        if value is UNKNOWN:
            value = self.seen.value(expr, self.workspace.settings.env, path)
        where = self.workspace.location(self.source, node.place_of(inside)).span
        yield InlineValue(where, text, value)
