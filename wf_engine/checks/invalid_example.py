"""WF511 invalid-example."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from wf_engine.analysis import TaskAnalysis, WorkflowAnalysis
from wf_engine.analysis.expressions import scalars_of
from wf_engine.analysis.tested import tested_workflow
from wf_engine.analysis.workflow_analysis import settled_output
from wf_engine.checks.base import Draft, check
from wf_engine.language import Expectation
from wf_engine.language.parameters import dotted, node_at
from wf_engine.language.values import first_line
from wf_engine.syntax import Map, Node, Pair, Place, Scalar, Seq, resolved, value_of
from wf_engine.text import Severity
from wf_engine.types import Violation, apply_defaults, gathered, to_schema, validate
from wf_engine.workspace import SourceDocument, Workspace
from wf_engine.workspace.contracts import NO_INPUT


@check(
    "task",
    "WF511",
    "invalid-example",
    Severity.WARNING,
    "An example that the schemas refuse.",
    yields_to="text",
)
def invalid_example(task: TaskAnalysis) -> Iterator[Draft]:
    """Inputs of examples fit the `inputSchema`, outputs the `outputSchema`, or what the transform gives."""
    spec, definition = task.model.spec, task.source.definition
    examples = spec.node.get("examples") if spec and spec.node else None
    if spec is None or examples is None:
        return
    yield from _remembered(examples, "input", spec.input_schema)
    output = definition.contract.output_schema if definition is not None else spec.output_schema
    yield from _remembered(examples, "output", output)


def _of_workflow(workflow: WorkflowAnalysis) -> Iterator[Draft]:
    """Inputs of examples fit the workflow's input, expected outputs what its `output` gives."""
    spec = workflow.model.spec
    examples = spec.node.get("examples") if spec and spec.node else None
    if spec is None or examples is None:
        return
    if spec.input is None:  # or `input` is what is misspelt
        yield from (replace(each, yields_to="fields") for each in _remembered(examples, "input", NO_INPUT))
    yield from _remembered(examples, "input", spec.input)
    if any(each.get("expectedOutput") for each in _maps(examples)):
        for draft in _remembered(examples, "expectedOutput", to_schema(settled_output(workflow))):
            yield replace(draft, yields_to="errors")


def _of_test(workspace: Workspace, source: SourceDocument) -> Iterator[Draft]:
    """Inputs that are written for cases fit the input of the workflow that is tested, unless a case is there to show that one does not."""
    test = source.test
    tested = tested_workflow(workspace, test) if test is not None else None
    for case in test.spec.cases or () if test and test.spec and tested else ():
        if tested is not None and case.node is not None and case.node.pair("input") and not _fails(case.expect):
            for draft in _drafts(case.node, "input", tested.contract.input_schema, "case"):
                yield replace(draft, yields_to="fields")


def _fails(expected: Expectation | None) -> bool:
    return expected is not None and (expected.error is not None or expected.status not in (None, "succeeded"))


invalid_example = invalid_example.also("workflow", _of_workflow).also("workspace", _of_test)


def _maps(node: Node) -> list[Map]:
    items = node.items if isinstance(node, Seq) else ()
    return [each for each in map(resolved, items) if isinstance(each, Map)]


def _remembered(examples: Node, name: str, schema: Any) -> tuple[Draft, ...]:
    if schema is None:
        return ()
    examples.memo = examples.memo or {}
    known: tuple[Any, tuple[Draft, ...]] | None = examples.memo.get(("invalid-example", name))
    if known is None or not (known[0] is schema or known[0] == schema):
        drafts = tuple(draft for each in _maps(examples) for draft in _drafts(each, name, schema))
        known = examples.memo["invalid-example", name] = (schema, drafts)
    return known[1]


def _drafts(example: Map, name: str, schema: Any, what: str = "example") -> Iterator[Draft]:
    pair = example.pair(name)
    if (
        not example.pairs
        or (pair is None and name != "input")
        or (pair is not None and any(each.broken for each in scalars_of(pair.value)))
    ):
        return
    value = value_of(pair.value) if pair is not None else {}
    for fault in gathered(validate(schema, apply_defaults(schema, value) if name == "input" else value)):
        if not _stands_in(value, fault.path):
            continue  # a default that is wrong is said to be so where it stands
        where = dotted(name, fault.path)
        yield Draft(_place(example, pair, fault), f"`{where}` of this {what} {fault.message}", _HINTS[name])


def _stands_in(value: Any, path: Sequence[str | int]) -> bool:
    """Whether a path leads to something that is written in a value."""
    for key in path:
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return False
    return True


_HINTS = {
    "input": "a run with this input would be refused",
    "output": "a mock run would answer with it",
    "expectedOutput": "no run gives this: compare it with the workflow's `output`",
}


def _place(example: Map, pair: Pair | None, fault: Violation) -> Place:
    """The value that is wrong; what is missing has no place but that of the key around it."""
    if pair is None:
        return example.pairs[0].key.place
    node = node_at(pair.value, fault.path)
    absent = isinstance(node, Scalar) and node.style == "missing"
    return pair.key.place if absent or not fault.path else first_line(node)
