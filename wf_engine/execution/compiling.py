"""From a definition to a program: resolved, ordered, and refused as a whole where any part of it cannot run."""

from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any

from wf_engine.analysis import DEEPEST
from wf_engine.execution.digest import definition_hash
from wf_engine.execution.graph import Graph
from wf_engine.execution.kinds import Scoping, compile_fallback, compile_loop, compile_target
from wf_engine.execution.program import Condition, ScopeProgram, StepProgram, Target, WorkflowProgram
from wf_engine.execution.scopes import GiveResult, only, output_of_each, written_output
from wf_engine.expressions import Expression
from wf_engine.language import Condition as WrittenCondition
from wf_engine.language import Step, WorkflowDocument, WorkflowSpec, default
from wf_engine.language import Target as Written
from wf_engine.planning import Dependencies, InputGate, block_dependencies, dependencies_of, parallel_groups
from wf_engine.text import WfError
from wf_engine.workspace import Definition, Workspace

Programs = MutableMapping[Definition, WorkflowProgram]


def compile_workflow(workspace: Workspace, definition: Definition, known: Programs) -> WorkflowProgram:
    """The program of a workflow; it and those of the workflows that it runs are added to `known`.

    Raises WfError where it is incomplete or uses what the engine does not run.
    """
    return _Compiler(workspace, known).program(definition)


class _Compiler:
    """Compiles a workflow and what stands in it; see `Compiler`."""

    def __init__(self, workspace: Workspace, known: Programs) -> None:
        self._workspace = workspace
        self._known = known
        self._way: list[Definition] = []
        """The workflows that are being compiled, each run by the one before."""
        self._depth = 0
        """How deep workflows stand in the one that is being compiled."""

    def program(self, definition: Definition) -> WorkflowProgram:
        """The program of a workflow, from memory where it was before."""
        program = self._known.get(definition)
        if program is None:
            above, self._depth = self._depth, 0
            self._way.append(definition)
            program = self._known[definition] = self._compiled(definition)
            self._way.pop()
            self._depth = above
        return program

    def workflow(self, scoping: Scoping, definition: Definition) -> WorkflowProgram:
        names = [each.key.name for each in (*self._way, definition)]
        if definition in self._way:
            way = " → ".join(names[self._way.index(definition) :])
            raise scoping.error(f"the workflow runs itself: {way}.", "Take one `workflowRef` on that way out.")
        if len(self._way) > DEEPEST:
            raise _too_deep(scoping, names)
        program = self.program(definition)
        self._depth = max(self._depth, program.depth + 1)
        if len(self._way) - 1 + self._depth > DEEPEST:
            raise _too_deep(scoping, names)
        return program

    def block(self, scoping: Scoping, steps: Sequence[Step], output: tuple[Any] | None) -> ScopeProgram:
        dependencies = block_dependencies(self._workspace, scoping.definition, steps, scoping.around)
        result = output_of_each if output is None else written_output(output[0], f"the block `{scoping.step.id}`")
        return self._scope(scoping.definition, steps, dependencies, scoping.around, result)

    def target(self, written: Step | Written, given: Mapping[str, Any], scoping: Scoping) -> Target:
        return compile_target(written, given, scoping)

    def _compiled(self, definition: Definition) -> WorkflowProgram:
        dependencies = dependencies_of(self._workspace, definition)
        model = definition.model
        if not isinstance(model, WorkflowDocument) or model.spec is None:
            raise WfError(f"`{definition.key.name}` is no workflow.")
        spec, most = model.spec, self._workspace.settings.limits.steps
        if len(dependencies) > most:
            raise WfError(f"The workflow has {len(dependencies):,} steps; `limits.steps` allows {most:,}.")
        result = written_output({} if spec.output is None else spec.output, f"the workflow `{definition.key.name}`")
        scope = self._scope(definition, spec.tasks or (), dependencies, frozenset(), result)
        return WorkflowProgram(
            name=definition.key.name,
            namespace=definition.key.namespace,
            version=definition.key.version or None,
            definition_hash=definition_hash(model),
            gate=InputGate(definition.key.name, definition.contract.input_schema),
            scope=scope,
            timeout_ms=spec.timeout if spec.timeout is not None else default(WorkflowSpec, "timeout"),
            max_concurrency=spec.max_concurrency or default(WorkflowSpec, "maxConcurrency"),
            depth=self._depth,
            plan={
                "parallelGroups": parallel_groups(dependencies),
                "dependencies": {name: list(needed) for name, needed in dependencies.items()},
            },
        )

    def _scope(
        self,
        definition: Definition,
        steps: Sequence[Step],
        dependencies: Dependencies,
        around: frozenset[str],
        result: GiveResult,
    ) -> ScopeProgram:
        numbers = {name: number for number, name in enumerate(dependencies)}
        seen = around | dependencies.keys()
        programs = [
            _step(Scoping(self._workspace, definition, step, self, seen), waits)
            for step, waits in zip(steps, dependencies.values(), strict=True)
        ]
        graph = Graph.of([[numbers[name] for name in needed] for needed in dependencies.values()])
        return ScopeProgram(tuple(programs), graph, result)


def _too_deep(scoping: Scoping, names: Sequence[str]) -> WfError:
    message = f"workflows stand more than {DEEPEST} deep in one another: {' → '.join(names)} …"
    return scoping.error(message, "Run some of their steps in the workflow itself.")


def _step(scoping: Scoping, waits_for: tuple[str, ...]) -> StepProgram:
    step = scoping.step
    given = step.input or {}
    target, fallback = compile_target(step, given, scoping), compile_fallback(given, scoping)
    loop = None
    if step.for_each is not None:
        item = StepProgram(id="", suffix="", target=target, fallback=fallback)
        loop, fallback = compile_loop(step.for_each, item, scoping), None
    return StepProgram(
        id=step.id or "",
        suffix=step.id or "",
        target=target,
        condition=_condition(step.condition, scoping),
        otherwise=_otherwise(step, given, scoping),
        timeout=None if step.timeout is None else step.timeout / 1000,
        waits_for=list(waits_for),
        loop=loop,
        fallback=fallback,
    )


def _condition(written: WrittenCondition | None, scoping: Scoping) -> Condition | None:
    if written is None:
        return None
    condition = written.if_
    if not isinstance(condition, Expression | bool):
        raise scoping.error("`condition.if` is no expression.", "Write something that gives true or false.")
    return condition


def _otherwise(step: Step, given: Mapping[str, Any], scoping: Scoping) -> ScopeProgram | None:
    """The scope of an `else`: one step, whose output is the scope's."""
    target = step.condition.else_ if step.condition is not None else None
    return None if target is None else only("~else", compile_target(target, given, scoping))
