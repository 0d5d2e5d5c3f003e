"""Workflows that run as one step: in a scope of their own, within their parent's execution (language §4)."""

from collections.abc import Mapping
from typing import Any

from wf_engine.execution.contracts import InputContract
from wf_engine.execution.errors import StepError
from wf_engine.execution.failures import of_expression
from wf_engine.execution.kinds.scoping import Scoping
from wf_engine.execution.program import Context, Enter, Frame, StepRun, WorkflowProgram
from wf_engine.expressions import ExpressionError, resolver
from wf_engine.language import Step
from wf_engine.language import Target as Written


def compile_workflow_ref(written: Step | Written, given: Mapping[str, Any], scoping: Scoping) -> "WorkflowTarget":
    """The workflow that `workflowRef` names. Raises WfError where there is none, or it cannot run."""
    ref = written.workflow_ref or ""
    definition = scoping.workspace.workflow(ref, scoping.definition.key.namespace)
    if definition is None:
        raise scoping.error(f"there is no workflow `{ref}`.", "Correct the name or the version, or add the Workflow.")
    contract = InputContract(definition.contract.input_schema, f"the workflow `{ref}`", "`input`")
    return WorkflowTarget(ref, scoping.compiler.workflow(scoping, definition), dict(given), contract)


class WorkflowTarget:
    """A workflow with the input that the step gives it. Nothing of the workflow around it is seen inside."""

    task_ref = None

    def __init__(self, ref: str, program: WorkflowProgram, given: dict[str, Any], contract: InputContract) -> None:
        self._ref = ref
        self._program = program
        self._given = resolver(given)
        self._input = contract

    def open(self, step: StepRun, context: Context) -> Enter:
        """Resolves and checks the input, then enters the workflow. Raises StepError."""
        step.task_ref = None
        try:
            given = self._given(step.frame.roots, context.note(step.path))
        except ExpressionError as error:
            raise StepError(of_expression(error, "the input")) from None
        step.input = self._input.completed(given)
        self._input.check(step.input)
        execution = {**context.execution, "workflow": self._program.name}
        roots = {
            "input": step.input,
            "tasks": {},
            "env": context.env,
            "secrets": context.secrets,
            "execution": execution,
        }
        return Enter(self._program.scope, Frame(f"{step.path}.", roots), self._program.timeout_ms, self._ref)
