"""The scope at a cursor where no whole expression stands yet."""

from msgspec.structs import replace

from wf_engine.analysis import StepAnalysis, StepScope, analyse_task, blocks
from wf_engine.analysis.views import scope_views
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
    block = next((each for each in blocks(step.step) if local[: len(each.path) + 1] == (*each.path, "output")), None)
    if block is not None and cursor.workflow:
        scope = scope.inside(scope_views(block.steps, scope, cursor.workflow.world))
    return scope


def _written(path: Path) -> tuple[str | int, ...]:
    return tuple(key for key in path if key is not None)


def _items(local: Path) -> bool:
    """Whether a path leads to the items of a step's loop, in whatever spelling."""
    return local[:1] == ("forEach",) and [modern_name(ForEach, str(key)) for key in local[1:2]] == ["items"]
