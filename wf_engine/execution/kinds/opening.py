"""What every form of step begins with: its condition, then its loop (language §4, "Order in a step")."""

from wf_engine.execution.errors import Failure, StepError
from wf_engine.execution.kinds.loop import iterate
from wf_engine.execution.program import Condition, Context, Enter, Frame, Outcome, Skip, StepRun
from wf_engine.expressions import Expression, bare, evaluate


def open_step(step: StepRun, context: Context) -> Outcome:
    """What the step is to do. Raises ExpressionError, StepError."""
    program = step.program
    if program.condition is None or _holds(step, program.condition, context):
        step.task_ref = program.target.task_ref
        return program.target.open(step, context) if program.loop is None else iterate(program.loop, step, context)
    if program.otherwise is None:
        return Skip()
    return Enter(program.otherwise, Frame(step.path, step.frame.roots))


def _holds(step: StepRun, condition: Condition, context: Context) -> bool:
    if isinstance(condition, Expression):
        text, value = bare(condition.text), evaluate(condition, step.frame.roots)
    else:
        text, value = str(condition).lower(), condition
    fields = {"expression": text, "value": value}
    context.recorder.record("conditionEvaluated", step.path, context.clock.now(), fields)
    if value is True or value is False:
        return value
    raise StepError(_no_boolean(text))


def _no_boolean(text: str) -> Failure:
    return Failure(
        code="EXPRESSION_ERROR",
        message=f"The condition `{text}` gives neither true nor false.",
        suggestion="Compare the value with something, such as `x != null`.",
    )
