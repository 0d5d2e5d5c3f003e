"""WF503 incompatible-input."""

import json
from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis
from wf_engine.analysis.inputs import GivenInput, calls
from wf_engine.checks.base import Draft, DraftFix, check
from wf_engine.checks.fixes import replacement
from wf_engine.language.parameters import node_at
from wf_engine.syntax import Node, Scalar, resolved
from wf_engine.text import Severity
from wf_engine.types import Answer, Assignability, assignable, describe, kinds, may_be_null, without_null


@check("step", "WF503", "incompatible-input", Severity.ERROR, "An input of a type that the task does not take.")
def incompatible_input(step: StepAnalysis) -> Iterator[Draft]:
    """Only what no value of the given type could satisfy; the message shows one that is refused."""
    for call in calls(step):
        for given in call.inputs:
            if given.wanted.status in ("required", "optional"):
                answer = compare(given)
                if answer.answer is Answer.NO:
                    node = node_at(given.pair.value, answer.path)
                    yield _draft(call.contract.key.name, given, answer, node)


def compare(given: GivenInput) -> Assignability:
    """Whether the given may go where it is wanted; null for an optional input is left out at run time (language §4)."""
    source = given.given
    drops_null = not given.required and may_be_null(source) and not may_be_null(given.wanted.type)
    if drops_null and kinds(source) != frozenset({"null"}):
        source = without_null(source)
    elif drops_null:
        return Assignability(Answer.YES, (), "")
    return assignable(source, given.wanted.type)


def _draft(task: str, given: GivenInput, answer: Assignability, node: Node) -> Draft:
    where = ".".join(map(str, (given.name, *answer.path)))
    message = f"`{where}` of `{task}` {answer.reason}"
    wanted, have = describe(given.wanted.type), describe(given.given)
    example = json.dumps(answer.witness, ensure_ascii=False, default=str)
    hint = f"wanted: {wanted}; given: {have}; for example {example[:80]} would be refused"
    return Draft(node.place, message, hint, fixes=_fixes(given, resolved(node)))


def _fixes(given: GivenInput, node: Node) -> tuple[DraftFix, ...]:
    """A literal that is right but for its quotes is written the other way."""
    if not isinstance(node, Scalar) or node.style == "missing":
        return ()
    wanted = kinds(given.wanted.type)
    if "string" in wanted and isinstance(node.value, bool | int | float):
        return (replacement("Put it in quotes", node.place, f'"{node.text}"'),)
    if not isinstance(node.value, str) or node.style not in ("single", "double"):
        return ()
    unquoted = {"true": "boolean", "false": "boolean"}.get(node.text) or ("number" if _is_number(node.text) else None)
    if unquoted in wanted or (unquoted == "number" and "integer" in wanted and node.text.lstrip("-").isdigit()):
        return (replacement(f"Write {node.text} without quotes", node.place, node.text),)
    return ()


def _is_number(text: str) -> bool:
    try:
        value = json.loads(text)
    except ValueError:
        return False
    return isinstance(value, int | float) and not isinstance(value, bool)
