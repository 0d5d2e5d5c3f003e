"""Fallbacks: what takes a step's place where it fails (language §4)."""

from collections.abc import Mapping
from typing import Any

from wf_engine.execution.errors import StepError
from wf_engine.execution.failures import of_expression
from wf_engine.execution.kinds.scoping import Scoping
from wf_engine.execution.program import Context, FallbackProgram, Give, StepRun, Target
from wf_engine.execution.scopes import only
from wf_engine.expressions import ExpressionError, resolver
from wf_engine.language import Fallback, default


def compile_fallback(given: Mapping[str, Any], scoping: Scoping) -> FallbackProgram | None:
    """The fallback of a step, if it has one. Raises WfError where it cannot run."""
    written = scoping.step.fallback
    if written is None:
        return None
    causes = frozenset(written.causes or default(Fallback, "causes"))
    return FallbackProgram(only("~fallback", _target(written, given, scoping)), causes)


def _target(written: Fallback, given: Mapping[str, Any], scoping: Scoping) -> Target:
    runs = (written.task_ref, written.workflow_ref, written.tasks)
    if any(each is not None for each in runs) or not (written.node and written.node.pair("output")):
        return scoping.compiler.target(written, given, scoping)
    return ValueTarget(written.output)


class ValueTarget:
    """`fallback.output`: a value, or templates for one."""

    task_ref = None

    def __init__(self, tree: Any) -> None:
        self._value = resolver(tree)

    def open(self, step: StepRun, context: Context) -> Give:
        """The value. Raises StepError."""
        try:
            return Give(self._value(step.frame.roots, context.note(step.path)))
        except ExpressionError as error:
            raise StepError(of_expression(error, "`fallback.output`")) from None
