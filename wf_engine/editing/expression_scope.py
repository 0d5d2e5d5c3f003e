"""The scope at a cursor where no whole expression stands yet."""

from dataclasses import replace

from wf_engine.analysis import StepAnalysis, StepScope, analyse_task
from wf_engine.analysis.step_analysis import nested_scope
from wf_engine.analysis.views import view_of
from wf_engine.editing.cursor import Cursor, Path
from wf_engine.language import ForEach, Step
from wf_engine.language.spellings import modern_name
from wf_engine.types import ANY


def scope_at(cursor: Cursor) -> StepScope:
    """What an expression at the cursor may see (language §5)."""
    if cursor.step is not None:
        return _in_step(cursor, cursor.step)
    task = analyse_task(cursor.workspace, cursor.tree)
    if task is not None:
        return task.scope_at(_written(cursor.trail.path))
    return cursor.workflow.scope if cursor.workflow else StepScope(ANY, cursor.workspace.settings.env, None)


def _in_step(cursor: Cursor, step: StepAnalysis) -> StepScope:
    path = cursor.trail.path
    depth = max(index for index in range(len(path) + 1) if cursor.at(path[:index]).record is Step)
    local = path[depth:]
    if local[:1] == ("transform",):
        return step.scope_at(_written(local))
    scope = step.scope
    if step.step.for_each and (_items(local) or local[:1] == ("condition",)):
        scope = replace(scope, loops=scope.loops[:-1])
    if local[:1] == ("fallback",):
        scope = scope.with_error()
    if local[:1] == ("output",) and step.step.tasks and cursor.workflow:
        contracts, namespace = cursor.workspace.contracts, cursor.workflow.namespace
        found = (view_of(inner, contracts, namespace) for inner in step.step.tasks)
        scope = nested_scope(scope, {view.id: view for view in found if view})
    return scope


def _written(path: Path) -> tuple[str | int, ...]:
    return tuple(key for key in path if key is not None)


def _items(local: Path) -> bool:
    """Whether a path leads to the items of a step's loop, in whatever spelling."""
    return local[:1] == ("forEach",) and [modern_name(ForEach, str(key)) for key in local[1:2]] == ["items"]
