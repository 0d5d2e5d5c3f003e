"""Loops: a step that runs once for each item of a list (language §4, `forEach`)."""

from typing import Any

from wf_engine.execution.errors import Failure, StepError
from wf_engine.execution.failures import of_expression
from wf_engine.execution.kinds.scoping import Scoping
from wf_engine.execution.program import Context, Iterate, LoopProgram, StepProgram, StepRun
from wf_engine.expressions import Expression, ExpressionError, bare, evaluate
from wf_engine.language import ForEach, merged


def compile_loop(written: ForEach, item: StepProgram, scoping: Scoping) -> LoopProgram:
    """The loop around what each iteration runs. Raises WfError where it has no items."""
    if written.items is None:
        raise scoping.error("the `forEach` has no `items`.", "Write the list, such as `{{input.orders}}`.")
    loop = merged(ForEach, written)
    return LoopProgram(
        items=written.items,
        item_var=loop.item_var or "item",
        index_var=loop.index_var or "index",
        width=loop.max_concurrency if loop.parallel else 1,
        tolerant=loop.on_error == "continue",
        item=item,
    )


def iterate(loop: LoopProgram, step: StepRun, context: Context) -> Iterate:
    """The items of a loop that starts. Raises StepError where they are no list."""
    step.task_ref = loop.item.target.task_ref
    items = _items(loop, step, context)
    if not isinstance(items, list | tuple):
        raise StepError(_no_list(items))
    return Iterate(items)


def _items(loop: LoopProgram, step: StepRun, context: Context) -> Any:
    if not isinstance(loop.items, Expression):
        return loop.items
    try:
        items = evaluate(loop.items, step.frame.roots)
    except ExpressionError as error:
        raise StepError(of_expression(error, "`forEach.items`")) from None
    context.note(step.path)(bare(loop.items.text), items)
    return items


def _no_list(items: Any) -> Failure:
    given = {dict: "a map", str: "a text", bool: "true or false", type(None): "null"}.get(type(items), "a number")
    return Failure(
        code="EXPRESSION_ERROR",
        message=f"`forEach.items` gives {given} where a list is wanted.",
        suggestion="Give it a list; `?? []` stands in for one that may be missing.",
    )
