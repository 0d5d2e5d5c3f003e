"""The scope at a cursor where no whole expression stands yet."""

from dataclasses import replace

from wf_engine.analysis import StepAnalysis, StepScope, analyse_task
from wf_engine.analysis.step_analysis import nested_scope
from wf_engine.analysis.views import view_of
from wf_engine.editing.cursor import Cursor, field_at
from wf_engine.language import Step
from wf_engine.types import ANY


def scope_in_step(cursor: Cursor, step: StepAnalysis, path: tuple[str | int | None, ...]) -> StepScope:
    """The scope of an expression at a path of the document that leads into a step."""
    depth = max(index for index in range(len(path) + 1) if field_at(cursor.trail, path[:index]).record is Step)
    local = path[depth:]
    scope = step.scope
    if step.step.for_each and (local[:2] == ("forEach", "items") or local[:1] == ("condition",)):
        scope = replace(scope, loops=scope.loops[:-1])
    if local[:1] == ("fallback",):
        scope = scope.with_error()
    if local[:1] == ("output",) and step.step.tasks and cursor.workflow:
        workflow = cursor.workflow
        found = (view_of(inner, cursor.workspace.contracts, workflow.namespace) for inner in step.step.tasks)
        scope = nested_scope(scope, {view.id: view for view in found if view})
    return scope


def scope_in_document(cursor: Cursor) -> StepScope:
    """The scope of an expression outside of all steps."""
    if cursor.workflow is not None:
        return cursor.workflow.scope
    task = analyse_task(cursor.workspace, cursor.source)
    return task.scope if task else StepScope(ANY, cursor.workspace.settings.env, None)
