"""What scopes give once their steps have ended: a target's own output, a map of outputs, or what `output` says."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from wf_engine.execution.answers import deeper_than
from wf_engine.execution.errors import Failure, StepError
from wf_engine.execution.failures import of_expression
from wf_engine.execution.graph import Graph
from wf_engine.execution.program import Context, Frame, Result, ScopeProgram, StepProgram, StepRun, Target
from wf_engine.expressions import ExpressionError, resolver
from wf_engine.workspace.settings import Limits

GiveResult = Callable[[Frame, Sequence[StepRun], Context], Result]


def only(suffix: str, target: Target) -> ScopeProgram:
    """The scope of what runs in a step's place: one step, whose output is the scope's."""
    return ScopeProgram((StepProgram(id="", suffix=suffix, target=target),), Graph.of([()]), _of_the_only_step)


def _of_the_only_step(_: Frame, steps: Sequence[StepRun], __: Context) -> Result:
    return Result(steps[0].output, steps[0].response)


def output_of_each(_: Frame, steps: Sequence[StepRun], context: Context) -> Result:
    """A map of the outputs of a block's steps, null for those that were skipped."""
    output = {step.program.id: step.output for step in steps}
    check_output(output, "the block", context.limits)
    return Result(output, None)


def written_output(tree: Any, owner: str) -> GiveResult:
    """The value of the `output` of a block or a workflow, which messages call `owner`."""
    value = resolver(tree)

    def result(frame: Frame, _: Sequence[StepRun], context: Context) -> Result:
        try:
            output = value(frame.roots, context.note(frame.prefix.removesuffix(".")))
        except ExpressionError as error:
            raise StepError(of_expression(error, "`output`")) from None
        check_output(output, owner, context.limits)
        return Result(output, None)

    return result


def check_output(output: Any, owner: str, limits: Limits) -> None:
    """Raises StepError where an output that was put together is larger or deeper than the limits allow."""
    try:
        size = len(msgspec.json.encode(output))
    except RecursionError:
        raise StepError(_too_deep(owner, limits)) from None
    if size > limits.output_bytes:
        raise StepError(_too_large(owner, size, limits))
    if deeper_than(output, limits.nesting):
        raise StepError(_too_deep(owner, limits))


def _too_large(owner: str, size: int, limits: Limits) -> Failure:
    return Failure(
        code="LIMIT_EXCEEDED",
        message=f"The output of {owner} has {size:,} bytes as JSON; `limits.output_bytes` allows "
        f"{limits.output_bytes:,}.",
        suggestion="Give less, or raise `output_bytes` under `[limits]` in wf.toml.",
    )


def _too_deep(owner: str, limits: Limits) -> Failure:
    return Failure(
        code="LIMIT_EXCEEDED",
        message=f"The output of {owner} is nested more than {limits.nesting} levels deep.",
        suggestion="Give something flatter, or raise `nesting` under `[limits]` in wf.toml.",
    )
