"""Steps that choose what runs by a value (language §4)."""

from collections.abc import Mapping, Sequence
from typing import Any

from wf_engine.execution.errors import Failure, StepError
from wf_engine.execution.failures import of_expression
from wf_engine.execution.kinds.scoping import Scoping
from wf_engine.execution.program import Context, Outcome, StepRun, Target
from wf_engine.expressions import Expression, ExpressionError, bare, equal, evaluate
from wf_engine.language import Step
from wf_engine.language import Target as Written
from wf_engine.planning import inserted

_MOST_SHOWN = 200
"""Characters of a value that a message shows."""


def compile_switch(written: Step | Written, given: Mapping[str, Any], scoping: Scoping) -> "SwitchTarget":
    """The switch of a step. Raises WfError where one of its targets cannot run."""
    switch = written.switch if isinstance(written, Step) else None
    if switch is None or not switch.cases:
        raise scoping.error("the `switch` has no cases.", "Write at least one under `cases`.")
    cases = [(case.match, scoping.compiler.target(case, given, scoping)) for case in switch.cases]
    default = None if switch.default is None else scoping.compiler.target(switch.default, given, scoping)
    return SwitchTarget(switch.value, cases, default)


class SwitchTarget:
    """The first case whose `match` equals the value, type and all; where there is none, the default."""

    task_ref = None

    def __init__(self, value: Any, cases: Sequence[tuple[Any, Target]], default: Target | None) -> None:
        self._value = value
        self._cases = cases
        self._default = default

    def open(self, step: StepRun, context: Context) -> Outcome:
        """Opens what the value chooses. Raises StepError where that is nothing."""
        value = self._chosen_by(step, context)
        for match, target in self._cases:
            if any(equal(value, each) for each in (match if isinstance(match, list | tuple) else (match,))):
                return _open(target, {"match": match}, step, context)
        if self._default is None:
            raise StepError(_unmatched(context.masker.text(inserted(value))))
        return _open(self._default, {"default": True}, step, context)

    def _chosen_by(self, step: StepRun, context: Context) -> Any:
        if not isinstance(self._value, Expression):
            return self._value
        try:
            value = evaluate(self._value, step.frame.roots)
        except ExpressionError as error:
            raise StepError(of_expression(error, "`switch.value`")) from None
        context.note(step.path)(bare(self._value.text), value)
        return value


def _open(target: Target, chosen: dict[str, Any], step: StepRun, context: Context) -> Outcome:
    context.recorder.record("caseMatched", step.path, context.clock.now(), chosen)
    return target.open(step, context)


def _unmatched(shown: str) -> Failure:
    return Failure(
        code="EXPRESSION_ERROR",
        message=f"No case of the `switch` matches `{shown[:_MOST_SHOWN]}`, and there is no `default`.",
        suggestion="Add a case for the value, or a `default`. A number and its text are not the same value.",
    )
