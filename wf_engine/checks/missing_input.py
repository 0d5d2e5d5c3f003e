"""WF504 missing-input."""

from collections.abc import Iterator

from msgspec.structs import replace

from wf_engine.analysis import StepAnalysis
from wf_engine.analysis.inputs import Call, calls, example_of
from wf_engine.checks.base import Draft, DraftFix, check
from wf_engine.checks.fixes import appended_entry, column, replacement, yaml_scalar
from wf_engine.expressions.grammar import is_name as is_identifier
from wf_engine.syntax import Place
from wf_engine.text import Severity, Span, closest
from wf_engine.types import ANY, Answer, Type, assignable, is_any, may_be_null, property_of

_NEAR = 50
"""Steps before one in which a value for a missing input is looked for: each of thousands would look through all."""


@check("step", "WF504", "missing-input", Severity.ERROR, "A required input that is not given.", yields_to="fields")
def missing_input(step: StepAnalysis) -> Iterator[Draft]:
    """One diagnostic a call; an input that is there under a misspelt name is not missing but misspelt."""
    for call in calls(step):
        missing = list(call.missing)
        if missing:
            misspelt = _misspelt(call)
            missing = [name for name in missing if name not in misspelt]
        if not missing:
            continue
        names = " and ".join(filter(None, (", ".join(map(_quoted, missing[:-1])), _quoted(missing[-1]))))
        verb, them = ("are", "them") if len(missing) > 1 else ("is", "it")
        message = f"the input{'s' if len(missing) > 1 else ''} {names} {verb} missing: `{call.contract.key.name}` needs {them}"
        reference = f"reference:{id(call.use.use.node)}"
        fixes = _fixes(step, call, missing)
        yield Draft(_place(call), message, _hint(call, missing), fixes=fixes, due_to=(reference,))


def _quoted(name: str) -> str:
    return f"`{name}`"


def _misspelt(call: Call) -> set[str]:
    free = call.missing
    return {
        near
        for given in call.inputs
        if given.wanted.status in ("undeclared", "forbidden") and (near := closest(given.name, free)) is not None
    }


def _place(call: Call) -> Place:
    node = call.use.use.node
    target = call.use.use.target.node
    pair = target.pair("input") if target else None
    if pair is not None:
        return pair.key.place
    if node is None:
        raise AssertionError("a use that was read from a text has a node")
    return node.place


def _hint(call: Call, missing: list[str]) -> str | None:
    schema = call.contract.inputs.get(missing[0])
    description = schema.get("description") if isinstance(schema, dict) else None
    return f"`{missing[0]}`: {description}" if isinstance(description, str) else None


def _fixes(step: StepAnalysis, call: Call, missing: list[str]) -> tuple[DraftFix, ...]:
    found = {name: _found(step, call, name) for name in missing}
    title = "Add " + ", ".join(f"`{name}`" for name in missing)
    fix = _fix(call, title, [f"{name}: {value or _placeholder(call, name)}" for name, value in found.items()])
    return (replace(fix, safe=None not in found.values()),) if fix else ()


def _fix(call: Call, title: str, entries: list[str]) -> DraftFix | None:
    """Adds inputs; as a whole where none are written yet."""
    if call.node is not None:
        return appended_entry(title, call.node, entries)
    target, ref = call.use.use.target.node, call.use.use.node
    if target is None or ref is None or target.pair("input") is not None:
        return None
    if target.flow:
        return appended_entry(title, target, [f"input: {{{', '.join(entries)}}}"])
    indent = "\n" + " " * column(target.pairs[0].key)
    text = indent + "input:" + "".join(f"{indent}  {entry}" for entry in entries)
    return replacement(title, Place(ref.segment, Span(ref.end, ref.end)), text)


def _placeholder(call: Call, name: str) -> str:
    """A value to begin with."""
    return yaml_scalar(example_of(call.contract.inputs.get(name)))


def _found(step: StepAnalysis, call: Call, name: str) -> str | None:
    """What is there under that name and fits: the workflow's own input, or the output of one step shortly before this one."""
    wanted = property_of(call.contract.input_type, name).type
    if _gives(step.scope.input or ANY, name, wanted):
        return f'"{{{{input.{name}}}}}"'
    ids = tuple(step.siblings)
    number = ids.index(step.step.id) if step.step.id in step.siblings else 0
    before = ids[max(0, number - _NEAR) : number]
    outputs = {each: property_of(step.scope.member("tasks", each) or ANY, "output") for each in before}
    giving = [each for each, found in outputs.items() if _gives(found.type, name, wanted)]
    return f'"{{{{tasks.{giving[0]}.output.{name}}}}}"' if len(giving) == 1 and is_identifier(name) else None


def _gives(type_: Type, name: str, wanted: Type) -> bool:
    found = property_of(type_, name)
    fits = found.status == "required" and not may_be_null(type_) and not is_any(found.type)
    return fits and assignable(found.type, wanted).answer in (Answer.YES, Answer.UNKNOWN)
