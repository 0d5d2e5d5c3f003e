"""From a definition to a program: resolved, ordered, and refused as a whole where any part of it cannot run."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wf_engine.execution.digest import definition_hash
from wf_engine.execution.errors import StepError
from wf_engine.execution.failures import of_expression
from wf_engine.execution.graph import Graph
from wf_engine.execution.kinds import Scoping, compile_target
from wf_engine.execution.program import (
    Context,
    Frame,
    Result,
    ScopeProgram,
    StepProgram,
    StepRun,
    WorkflowProgram,
)
from wf_engine.expressions import Expression, ExpressionError, resolve
from wf_engine.language import Condition, Step, WorkflowDocument, WorkflowSpec, default
from wf_engine.planning import Dependencies, InputGate, dependencies_of, parallel_groups
from wf_engine.text import WfError
from wf_engine.workspace import Definition, Workspace


def compile_workflow(workspace: Workspace, definition: Definition) -> WorkflowProgram:
    """The program of a workflow. Raises WfError where it is incomplete or uses what the engine does not run."""
    dependencies = dependencies_of(workspace, definition)
    model = definition.model
    if not isinstance(model, WorkflowDocument) or model.spec is None:
        raise WfError(f"`{definition.key.name}` is no workflow.")
    spec, most = model.spec, workspace.settings.limits.steps
    if len(dependencies) > most:
        raise WfError(f"The workflow has {len(dependencies):,} steps; `limits.steps` allows {most:,}.")
    return WorkflowProgram(
        name=definition.key.name,
        namespace=definition.key.namespace,
        version=definition.key.version or None,
        definition_hash=definition_hash(model),
        gate=InputGate(definition.key.name, definition.contract.input_schema),
        scope=_scope(workspace, definition, spec, dependencies),
        timeout_ms=spec.timeout if spec.timeout is not None else default(WorkflowSpec, "timeout"),
        max_concurrency=spec.max_concurrency or default(WorkflowSpec, "maxConcurrency"),
        plan={
            "parallelGroups": parallel_groups(dependencies),
            "dependencies": {name: list(needed) for name, needed in dependencies.items()},
        },
    )


def _scope(
    workspace: Workspace, definition: Definition, spec: WorkflowSpec, dependencies: Dependencies
) -> ScopeProgram:
    numbers = {name: number for number, name in enumerate(dependencies)}
    steps = tuple(
        _step(Scoping(workspace, definition, step), waits)
        for step, waits in zip(spec.tasks or (), dependencies.values(), strict=True)
    )
    graph = Graph.of([[numbers[name] for name in needed] for needed in dependencies.values()])
    return ScopeProgram(steps, graph, _output({} if spec.output is None else spec.output))


def _step(scoping: Scoping, waits_for: tuple[str, ...]) -> StepProgram:
    step = scoping.step
    for attribute, form in (("for_each", "`forEach`"), ("fallback", "`fallback`")):
        if getattr(step, attribute) is not None:
            raise scoping.unsupported(form)
    given = step.input or {}
    return StepProgram(
        id=step.id or "",
        suffix=step.id or "",
        target=compile_target(step, given, scoping),
        condition=_condition(step.condition, scoping),
        otherwise=_otherwise(step, given, scoping),
        timeout=None if step.timeout is None else step.timeout / 1000,
        waits_for=list(waits_for),
    )


def _condition(written: Condition | None, scoping: Scoping) -> Expression | bool | None:
    if written is None:
        return None
    condition = written.if_
    if not isinstance(condition, Expression | bool):
        raise scoping.error("`condition.if` is no expression.", "Write something that gives true or false.")
    return condition


def _otherwise(step: Step, given: Mapping[str, Any], scoping: Scoping) -> ScopeProgram | None:
    """The scope of an `else`: one step, whose output is the scope's."""
    target = step.condition.else_ if step.condition is not None else None
    if target is None:
        return None
    only = StepProgram(id="", suffix="~else", target=compile_target(target, given, scoping))
    return ScopeProgram((only,), Graph.of([()]), _of_the_only_step)


def _of_the_only_step(_: Frame, steps: Sequence[StepRun], __: Context) -> Result:
    return Result(steps[0].output, steps[0].response)


def _output(tree: Any) -> Callable[[Frame, Sequence[StepRun], Context], Result]:
    def result(frame: Frame, _: Sequence[StepRun], context: Context) -> Result:
        try:
            return Result(resolve(tree, frame.roots, context.note("")), None)
        except ExpressionError as error:
            raise StepError(of_expression(error, "`output`")) from None

    return result
