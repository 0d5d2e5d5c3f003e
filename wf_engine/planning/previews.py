"""Transforms before a run: where all that one reads is known, so is what it gives (language §7)."""

from collections.abc import Mapping
from typing import Any

from wf_engine.analysis import World
from wf_engine.expressions import Expression, ExpressionError, Template, resolve
from wf_engine.language import Step, TaskDocument, Transform
from wf_engine.planning.facts import Facts
from wf_engine.transforms import Pipeline, TransformError, run, select
from wf_engine.types import apply_defaults, of_schema, validate
from wf_engine.workspace import Workspace, reference

_CHANCE = ("randomOne", "randomN", "shuffle")
_MOST_TICKS = 200
"""Of 256 items each; a preview is not worth more."""
_OVER_ITEMS = frozenset({"item", "index"})


class _TooMuchError(Exception):
    """The transform is too large to be previewed."""


def previewed(step: Step, world: World, facts: Facts) -> tuple[str, Any] | None:
    """How a transform is written, and the value that it gives or the error; None where that is not known.

    The transform is one in the step, or that of the task it runs. What is drawn by chance is not known.
    """
    found = _transform(step, world, facts)
    if found is None or not _certain(found[0].pipeline):
        return None
    transform, roots, given = found
    try:
        written = transform.node is not None and transform.node.pair("input") is not None
        value = resolve(transform.input, roots) if written else given
        return _text(transform), _applied(transform, value, roots)
    except TransformError as error:
        return _text(transform), error
    except (ExpressionError, _TooMuchError):
        return None


def _transform(step: Step, world: World, facts: Facts) -> tuple[Transform, Mapping[str, Any], Any] | None:
    """The transform that a step runs, with what it sees and its input, where all of that is known."""
    if step.fallback is not None or not _known(step.input, facts):
        return None
    try:
        given: Any = resolve(step.input or {}, facts.scope)
    except ExpressionError:
        return None
    if step.transform is not None:
        known = _known(_parts(step.transform), facts)
        return (step.transform, facts.scope, given) if known else None
    task = _task(step, world)
    spec = task.spec if task is not None else None
    if spec is None or spec.type != "transform" or spec.transform is None:
        return None
    schema = of_schema(True if spec.input_schema is None else spec.input_schema)
    given = apply_defaults(schema, given)
    inside = Facts(given, facts.env, complete=True)
    if validate(schema, given) or not _known(_parts(spec.transform), inside):
        return None
    return spec.transform, inside.scope, given


def _task(step: Step, world: World) -> TaskDocument | None:
    workspace = getattr(world.callees, "workspace", None)
    if step.task_ref is None or not isinstance(workspace, Workspace):
        return None
    wanted = reference(step.task_ref, world.namespace)
    found = workspace.names.get(("WorkflowTask", wanted.namespace, wanted.name), ())
    model = found[0].model if found else None
    return model if isinstance(model, TaskDocument) else None


def _parts(transform: Transform) -> list[Any]:
    sites = [parsed for _, parsed in transform.pipeline.sites] if transform.pipeline is not None else []
    return [transform.input, *sites]


def _known(tree: Any, facts: Facts) -> bool:
    """Whether every template in a tree reads only what is known, the items of pipelines aside."""
    if isinstance(tree, Expression):
        return facts.tell(tree.root, _OVER_ITEMS)
    if isinstance(tree, Template):
        return all(isinstance(part, str) or facts.tell(part.expr, _OVER_ITEMS) for part in tree.parts)
    if isinstance(tree, Mapping):
        return all(_known(item, facts) for item in tree.values())
    return all(_known(item, facts) for item in tree) if isinstance(tree, list | tuple) else True


def _certain(pipeline: Pipeline | None) -> bool:
    """Whether nothing in a pipeline is left to chance or cannot run."""
    if pipeline is None:
        return True
    drawn = [stage for stage in pipeline.stages if stage.operation.name in _CHANCE]
    return not pipeline.faulty and all(stage.arguments["seed"] is not None for stage in drawn)


def _applied(transform: Transform, value: Any, roots: Mapping[str, Any]) -> Any:
    if transform.pipeline is not None:
        ticks = iter(range(_MOST_TICKS))

        def tick() -> None:
            if next(ticks, None) is None:
                raise _TooMuchError

        return run(transform.pipeline, value, seed="", scope=roots, tick=tick)
    return select(transform.json_path, value) if transform.json_path is not None else value


def _text(transform: Transform) -> str:
    """How the transform is written, in short."""
    if transform.pipeline is not None:
        return " | ".join(stage.operation.name for stage in transform.pipeline.stages)
    return transform.json_path.text if transform.json_path is not None else ""
