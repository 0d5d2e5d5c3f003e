"""What a step hands to the task or workflow that it runs: each input with its type, beside what is wanted."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct

from wf_engine.analysis.expressions import node_type
from wf_engine.analysis.step_analysis import StepAnalysis, UseAnalysis
from wf_engine.language.values import is_template_key
from wf_engine.syntax import Map, Node, Pair, Scalar, Seq, resolved
from wf_engine.types import ANY, Lookup, Type, item_of, property_of
from wf_engine.workspace import Contract


class GivenInput(Struct, frozen=True, eq=False):
    """An entry under `input`."""

    pair: Pair
    name: str
    given: Type
    wanted: Lookup
    required: bool


class Call(Struct, frozen=True, eq=False, dict=True):
    """A reference with what is handed to it."""

    use: UseAnalysis
    contract: Contract
    node: Map | None
    """The map under `input`; None where nothing is written."""
    readable: bool
    """False where `input` is written but could not be read: nothing can be said of what is missing."""
    inputs: tuple[GivenInput, ...]

    @cached_property
    def free(self) -> tuple[str, ...]:
        """Declared inputs that are not given."""
        given = {entry.name for entry in self.inputs}
        return tuple(name for name in self.contract.inputs if name not in given)

    @property
    def missing(self) -> tuple[str, ...]:
        """Required inputs that are not given."""
        given = {entry.name for entry in self.inputs}
        return tuple(name for name in self.contract.required if name not in given) if self.readable else ()


def calls(step: StepAnalysis) -> tuple[Call, ...]:
    """The calls of a step whose contract is known; worked out once, since many checks ask."""
    if "calls" not in step.memo:
        step.memo["calls"] = tuple(_calls(step))
    found: tuple[Call, ...] = step.memo["calls"]
    return found


def _calls(step: StepAnalysis) -> Iterator[Call]:
    for use in step.uses:
        if use.contract is not None and not _ambiguous(use.use.target.node):
            written = use.use.target.node.pair("input") if use.use.target.node else None
            if written is None and step.step.node is not None:
                written = step.step.node.pair("input")
            node = resolved(written.value) if written else None
            readable = written is None or (isinstance(node, Map) and not _computed(node)) or _is_missing(node)
            inputs = tuple(_inputs(step, use.contract, node)) if isinstance(node, Map) else ()
            yield Call(use, use.contract, node if isinstance(node, Map) else None, readable, inputs)


def _ambiguous(target: Map | None) -> bool:
    """Whether it says twice what runs: then the input is that of either."""
    return target is not None and len({pair.name for pair in target.pairs} & _TARGETS) > 1


_TARGETS = {"taskRef", "workflowRef", "transform", "switch", "tasks"}


def _computed(node: Map) -> bool:
    """Whether any key is meant to be computed, which none is: what is missing may be what it was to become."""
    return any(is_template_key(pair.name or "") for pair in node.pairs)


def _is_missing(node: Node | None) -> bool:
    return isinstance(node, Scalar) and node.style == "missing"


def _inputs(step: StepAnalysis, contract: Contract, node: Map) -> Iterator[GivenInput]:
    doubled = node.doubled
    for pair in node.pairs:
        if pair.name in doubled and node.names[pair.name] is not pair:
            continue
        if pair.name is not None and not is_template_key(pair.name):
            lookup = property_of(contract.input_type, pair.name)
            if _unsure(pair) and lookup.status in ("undeclared", "forbidden"):
                lookup = Lookup(ANY, "allowed")
            # of a key that stands twice nobody knows which value is meant
            given = ANY if pair.name in doubled else value_type(step, pair.value)
            yield GivenInput(pair, pair.name, given, lookup, pair.name in contract.required)


def _unsure(pair: Pair) -> bool:
    """Whether an error is reported about the key already: nobody can tell which name is meant."""
    return isinstance(pair.key, Scalar) and pair.key.broken


def value_type(step: StepAnalysis, node: Node) -> Type:
    """Type of a value of the step that may hold templates; a literal is the value that it is."""

    def type_of(scalar: Scalar) -> Type | None:
        site = step.site_of(scalar)
        return site.type if site is not None else None

    return node_type(node, type_of)


def undeclared_keys(node: Node, wanted: Type) -> Iterator[tuple[Pair, Type]]:
    """Keys written in a value that the schemas of the maps around them do not declare, each with that type.

    Only what stands in the text: a value that is read from elsewhere may well have more keys than are wanted.
    """
    node = resolved(node)
    if isinstance(node, Map):
        for pair in node.pairs:
            named = pair.name is not None and not is_template_key(pair.name) and not _unsure(pair)
            look = property_of(wanted, pair.name or "") if named else None
            if look is not None and look.status == "undeclared":
                yield pair, wanted
            elif look is not None and look.status not in {"none", "forbidden"}:
                yield from undeclared_keys(pair.value, look.type)
    elif isinstance(node, Seq):
        for item in node.items:
            yield from undeclared_keys(item, item_of(wanted))


def example_of(schema: Any) -> Any:
    """A value to begin with for an input of this schema: its example, default or first word, else an empty one."""
    if not isinstance(schema, Mapping):
        return ""
    for key in ("example", "default", "const"):
        if key in schema:
            return schema[key]
    for key in ("examples", "enum"):
        if isinstance(schema.get(key), list) and schema[key]:
            return schema[key][0]
    kind = schema.get("type")
    empty: Mapping[str, Any] = {"integer": 0, "number": 0, "boolean": False, "array": [], "object": {}, "null": None}
    return empty.get(kind if isinstance(kind, str) else "string", "")
