"""WF511 invalid-example."""

from collections.abc import Iterator, Sequence
from typing import Any

from wf_engine.analysis.expressions import scalars_of
from wf_engine.checks.base import Draft, check
from wf_engine.language import TaskDocument, WorkflowDocument
from wf_engine.language.parameters import dotted, node_at
from wf_engine.language.values import first_line
from wf_engine.syntax import Map, Node, Pair, Place, Scalar, value_of
from wf_engine.text import Severity
from wf_engine.types import Violation, apply_defaults, validate
from wf_engine.workspace import SourceDocument, Workspace


@check(
    "workspace",
    "WF511",
    "invalid-example",
    Severity.WARNING,
    "An example that the schemas refuse.",
    yields_to="breaks",
)
def invalid_example(_: Workspace, source: SourceDocument) -> Iterator[Draft]:
    """Inputs of examples fit the input, outputs of a task's examples its `outputSchema`."""
    model = source.model
    spec = model.spec if model else None
    if spec is None or spec.node is None:
        return
    schemas: dict[str, Any] = {}
    if isinstance(model, WorkflowDocument) and model.spec and model.spec.input is not None:
        schemas["input"] = model.spec.input
    if isinstance(model, TaskDocument) and model.spec:
        schemas |= {"input": model.spec.input_schema, "output": model.spec.output_schema}
    examples = spec.node.get("examples")
    for name, schema in schemas.items():
        if schema is not None and examples is not None:
            yield from _remembered(examples, name, schema)


def _remembered(examples: Node, name: str, schema: Any) -> tuple[Draft, ...]:
    examples.memo = examples.memo or {}
    known: tuple[Any, tuple[Draft, ...]] | None = examples.memo.get(("invalid-example", name))
    if known is None or known[0] is not schema:
        drafts = tuple(draft for each in getattr(examples, "items", ()) for draft in _drafts(each, name, schema))
        known = examples.memo["invalid-example", name] = (schema, drafts)
    return known[1]


def _drafts(example: Node, name: str, schema: Any) -> Iterator[Draft]:
    if not isinstance(example, Map) or not example.pairs:
        return
    pair = example.pair(name)
    if (pair is None and name == "output") or (
        pair is not None and any(each.broken for each in scalars_of(pair.value))
    ):
        return
    value = value_of(pair.value) if pair is not None else {}
    for fault in validate(schema, apply_defaults(schema, value) if name == "input" else value):
        if not _stands_in(value, fault.path):
            continue  # a default that is wrong is said to be so where it stands
        where = dotted(name, fault.path)
        yield Draft(_place(example, pair, fault), f"`{where}` of this example {fault.message}", _HINTS[name])


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
}


def _place(example: Map, pair: Pair | None, fault: Violation) -> Place:
    """The value that is wrong; what is missing has no place but that of the key around it."""
    if pair is None:
        return example.pairs[0].key.place
    node = node_at(pair.value, fault.path)
    absent = isinstance(node, Scalar) and node.style == "missing"
    return pair.key.place if absent or not fault.path else first_line(node)
