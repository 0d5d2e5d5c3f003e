"""Add all inputs of what a step runs that are not given yet, the optional ones too."""

from wf_engine.analysis import StepAnalysis
from wf_engine.analysis.inputs import Call, calls, example_of
from wf_engine.checks.fixes import column
from wf_engine.editing.refactoring.model import Change, Refactoring, Selection
from wf_engine.editing.refactoring.writing import entry_added, flow, template
from wf_engine.text import Span
from wf_engine.types import ANY, Answer, assignable, property_of


def _call(selection: Selection) -> tuple[StepAnalysis, Call, list[str]] | None:
    step = selection.cursor.step if selection.cursor and selection.workflow else None
    if step is None:
        return None
    for call in calls(step):
        given = {entry.name for entry in call.inputs}
        missing = [name for name in (*call.contract.required, *call.contract.inputs) if name not in given]
        if missing and call.readable and not call.use.use.path:
            return step, call, list(dict.fromkeys(missing))
    return None


def _offer(selection: Selection) -> str | None:
    found = _call(selection)
    return f"Add all inputs of `{found[1].contract.key.name}`" if found else None


def _change(selection: Selection) -> Change | None:
    found = _call(selection)
    if found is None:
        return None
    step, call, missing = found
    entries = [f"{flow(name)}: {_value(step, call, name)}" for name in missing]
    target, ref = call.use.use.target.node, call.use.use.node
    if call.node is not None and (call.node.flow or call.node.pairs):
        edits = entry_added(selection, call.node, entries)
        return Change(tuple(edits)) if edits else None
    if target is None or ref is None or target.pair("input") is not None:
        return None
    if target.flow:
        edits = entry_added(selection, target, [f"input: {{{', '.join(entries)}}}"])
        return Change(tuple(edits)) if edits else None
    indent = "\n" + " " * column(target.pairs[0].key)
    end = selection.place(ref.place).end
    return Change(
        (selection.edit(Span(end, end), indent + "input:" + "".join(f"{indent}  {each}" for each in entries)),)
    )


def _value(step: StepAnalysis, call: Call, name: str) -> str:
    """The workflow's own input of that name where it fits, else a value to begin with."""
    own = property_of(step.scope.input or ANY, name)
    wanted = property_of(call.contract.input_type, name)
    if own.status == "required" and assignable(own.type, wanted.type).answer is Answer.YES:
        return template(f"input.{name}")
    return flow(example_of(call.contract.inputs.get(name)))


ADD_INPUTS = Refactoring("add-inputs", "refactor.rewrite", _offer, _change)
