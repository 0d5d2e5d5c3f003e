"""WF503 incompatible-input."""

import json
from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis
from wf_engine.analysis.inputs import Call, GivenInput, calls
from wf_engine.checks.base import Draft, DraftFix, check
from wf_engine.checks.fixes import replacement
from wf_engine.language.parameters import dotted, node_at
from wf_engine.syntax import Node, Scalar, resolved
from wf_engine.text import Severity
from wf_engine.types import (
    Answer,
    Assignability,
    Type,
    assignable,
    describe,
    kinds,
    may_be_null,
    to_schema,
    without_null,
)


@check("step", "WF503", "incompatible-input", Severity.ERROR, "An input of a type that the task does not take.")
def incompatible_input(step: StepAnalysis) -> Iterator[Draft]:
    """Only what no value of the given type could satisfy; the hint shows one that is refused."""
    for call in calls(step):
        for given in compared(call):
            answer = compare(given)
            if answer.answer is Answer.NO:
                yield _draft(call, given, answer)


def compared(call: Call) -> Iterator[GivenInput]:
    """The inputs of which the callee says what they must be."""
    return (given for given in call.inputs if given.wanted.status in ("required", "optional", "allowed"))


def compare(given: GivenInput) -> Assignability:
    """Whether the given may go where it is wanted; null for an optional input is left out at run time (language §4)."""
    source = given.given
    drops_null = not given.required and may_be_null(source) and not may_be_null(given.wanted.type)
    if drops_null and kinds(source) != frozenset({"null"}):
        source = without_null(source)
    elif drops_null:
        return Assignability(Answer.YES, (), "")
    return assignable(source, given.wanted.type)


def said(call: Call, given: GivenInput, answer: Assignability) -> str:
    """What is wrong with an input, in a sentence."""
    return f"the input `{dotted(given.name, answer.path)}` of `{call.contract.key.name}` {answer.reason}"


def _draft(call: Call, given: GivenInput, answer: Assignability) -> Draft:
    node = resolved(node_at(given.pair.value, answer.path))
    hint = f"wanted: {describe(given.wanted.type)}" if answer.path else None
    if not _is_written_out(given.given):
        example = _shown(answer.witness)
        hint = f"wanted: {describe(given.wanted.type)}; given: {describe(given.given)}, such as {example}"
    return Draft(node.place, said(call, given, answer), hint, fixes=_fixes(given, node))


def _is_written_out(given: Type) -> bool:
    """Whether it is a literal: an example of its values would say it twice."""
    schema = to_schema(given)
    return isinstance(schema, dict) and "const" in schema


def _shown(witness: object) -> str:
    text = json.dumps(witness, ensure_ascii=False, default=str)
    return f"`{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}`"


_LONGEST = 60


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
