"""Running a pipeline over a value (language §8)."""

from collections.abc import Callable, Mapping
from typing import Any

from wf_engine.expressions import Expression, ExpressionError, Template, resolve
from wf_engine.expressions.errors import LimitError, MisuseError
from wf_engine.text import WfError
from wf_engine.transforms.arguments import Condition, ItemTemplate
from wf_engine.transforms.model import ItemError, Work, at_most
from wf_engine.transforms.paths import NOTHING, JsonPath
from wf_engine.transforms.pipeline import Pipeline, Stage


class TransformError(WfError):
    """A transform has no value.

    `operation` and `number` (from 1) say which one failed, `item` (from 0) at which item of its list, where it is one
    item's fault; `limit`: something would be larger than it may be.
    """

    def __init__(
        self,
        message: str,
        hint: str | None = None,
        *,
        operation: str | None = None,
        number: int | None = None,
        item: int | None = None,
        limit: bool = False,
    ) -> None:
        place = "" if operation is None else f"Operation {number} (`{operation}`)"
        place += "" if item is None else f", item {item}"
        super().__init__(f"{place}: {message}" if place else message, hint=hint)
        self.operation = operation
        self.number = number
        self.item = item
        self.limit = limit


def run(
    pipeline: Pipeline,
    value: Any,
    *,
    seed: str,
    scope: Mapping[str, Any] | None = None,
    tick: Callable[[], None] = lambda: None,
) -> Any:
    """The value of a pipeline over an input; input that is no list is a list of one.

    `seed` decides what is drawn where an operation names none. `scope` holds the roots that templates in arguments see
    (with `item` and `index` in `where` and `template`). `tick` is called now and then and may raise to end the work.
    Raises TransformError.
    """
    if pipeline.problems:
        first = pipeline.problems[0]
        raise TransformError(first.message, first.hint)
    roots = scope or {}
    items = list(value) if isinstance(value, list | tuple) else [value]
    for stage in pipeline.stages:
        work = Work(value, roots, f"{seed}/{stage.number}", tick)
        items = _run_stage(stage, items, work)
    if pipeline.single:
        return items[0] if items else None
    return items


def select(path: JsonPath, value: Any) -> Any:
    """The value of `jsonPath` over an input; null where a path to one value selects none. Raises TransformError."""
    try:
        found = path.value(value)
    except MisuseError as error:
        raise TransformError(error.message, error.hint, limit=isinstance(error, LimitError)) from None
    return None if found is NOTHING else found


def _run_stage(stage: Stage, items: list[Any], work: Work) -> list[Any]:
    operation = stage.operation
    try:
        work.tick()
        found = operation.evaluate(items, _resolved(stage, work.scope), work)
        at_most(len(found))
    except ItemError as error:
        raise _error(stage, error.message, error.hint, item=error.index, limit=error.limit) from None
    except MisuseError as error:
        raise _error(stage, error.message, error.hint, limit=isinstance(error, LimitError)) from None
    except RecursionError:
        raise _error(stage, "A value is nested too deeply to be worked with.") from None
    return found


def _error(
    stage: Stage, message: str, hint: str | None = None, *, item: int | None = None, limit: bool = False
) -> TransformError:
    return TransformError(message, hint, operation=stage.operation.name, number=stage.number, item=item, limit=limit)


def _resolved(stage: Stage, scope: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments with the templates in them evaluated, and what came of them checked."""
    found = dict(stage.arguments)
    for parameter in stage.operation.parameters:
        if isinstance(parameter.takes, Condition | ItemTemplate):
            continue
        written = found[parameter.name]
        if not _holds_template(written):
            continue
        try:
            value = found[parameter.name] = resolve(written, scope)
        except ExpressionError as error:
            raise _error(stage, f"In `{parameter.name}`: {error.message}", error.hint) from None
        fault = parameter.takes.fault(value)
        if fault is not None:
            raise _error(stage, f"`{parameter.name}`: {fault}")
    return found


def _holds_template(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_holds_template, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_holds_template, value))
    return isinstance(value, Template | Expression)
