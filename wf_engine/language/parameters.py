"""A workflow's `input` as the JSON Schema it stands for (language §3), and faults of schemas in documents."""

from collections.abc import Iterator, Sequence
from typing import Any

from wf_engine.language.sites import Problem
from wf_engine.syntax.nodes import Map, Node, Pair, Place, Scalar, Seq, resolved, value_of
from wf_engine.types import schema_problems


def input_schema(node: Map) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The schema of a workflow's input: closed, since unknown inputs are rejected."""
    kind = node.get("type")
    if isinstance(kind, Scalar) and kind.value == "object":
        value = value_of(node)
        return {**value, "additionalProperties": False}, tuple(schema_faults(node, value))
    properties: dict[str, Any] = {}
    required: list[str] = []
    problems: list[Problem] = []
    for pair in node.pairs:
        if pair.name is not None:
            schema, needed = _parameter(pair, problems)
            properties[pair.name] = schema
            if needed:
                required.append(pair.name)
    schema = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    return schema, tuple(problems)


def _parameter(pair: Pair, problems: list[Problem]) -> tuple[Any, bool]:
    node = resolved(pair.value)
    if isinstance(node, Scalar) and node.broken:
        return {}, False
    if not isinstance(node, Map):
        place = pair.key.place if isinstance(node, Scalar) and node.style == "missing" else node.place
        hint = f"write `{pair.name}: {{type: string, required: true}}`"
        problems.append(Problem("wrong-type", place, f"the parameter `{pair.name}` needs a map such as `{{type: string}}`", hint))
        return {}, False
    schema = dict(value_of(node))
    needed = schema.get("required")
    if isinstance(needed, bool):
        del schema["required"]
    problems.extend(schema_faults(node, schema))
    return schema, needed is True


def schema_faults(node: Node, schema: Any) -> Iterator[Problem]:
    """What is wrong with a JSON Schema, each at the narrowest place."""
    for fault in schema_problems(schema):
        at = node_at(node, fault.path)
        place = at.place if not isinstance(at, Scalar) or at.style != "missing" else _key_place(node, fault.path)
        yield Problem("invalid-schema", place, f"this is no valid JSON Schema: {fault.message}", None, node=at)


def _key_place(node: Node, path: Sequence[str | int]) -> Place:
    parent = node_at(node, path[:-1])
    pair = parent.pair(str(path[-1])) if isinstance(parent, Map) and path else None
    return pair.key.place if pair else node.place


def node_at(node: Node, path: Sequence[str | int]) -> Node:
    """The node that a path of keys and indices leads to, or the last one on the way that there is."""
    node = resolved(node)
    for key in path:
        if isinstance(node, Map) and (child := node.get(str(key))) is not None:
            node = child
        elif isinstance(node, Seq) and isinstance(key, int) and key < len(node.items):
            node = resolved(node.items[key])
        else:
            break
    return node
