"""A workflow's `input` as the JSON Schema it stands for (language §3), and faults of schemas in documents."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

from wf_engine.language.misspelt_keywords import misspelt_keywords
from wf_engine.language.sites import Problem
from wf_engine.syntax.nodes import Alias, Map, Node, Pair, Place, Scalar, Seq, resolved, value_of
from wf_engine.text import did_you_mean
from wf_engine.types import Violation, apply_defaults, is_composed, schema_problems, validate

TYPE_NAMES = ("string", "integer", "number", "boolean", "array", "object", "null")
_UNCHECKED = ("$ref", "$dynamicRef")


def input_schema(node: Map) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The schema of a workflow's input: closed, since unknown inputs are rejected."""
    kind = node.get("type")
    if isinstance(kind, Scalar) and kind.value == "object":
        value = value_of(node)
        closing = "unevaluatedProperties" if is_composed(value) else "additionalProperties"
        faults = (*schema_faults(node, value), *_never_given(node, value))
        return {**value, closing: False}, faults
    properties: dict[str, Any] = {}
    required: list[str] = []
    problems: list[Problem] = []
    doubled = node.doubled
    for pair in node.pairs:
        if pair.name is not None and node.names[pair.name] is pair:
            schema, needed = _parameter(pair, problems)
            if pair.name in doubled:  # nobody knows which is meant
                schema, needed = _UNREADABLE, False
            properties[pair.name] = schema
            if needed:
                required.append(pair.name)
    schema = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    return schema, tuple(problems)


def _never_given(node: Map, schema: Mapping[str, Any]) -> Iterator[Problem]:
    """Inputs that are required and not declared: no run could give them, since unknown inputs are rejected."""
    names, declared = node.get("required"), node.get("properties")
    if is_composed(schema) or "patternProperties" in schema or not isinstance(names, Seq):
        return
    known = tuple(pair.name for pair in declared.pairs if pair.name) if isinstance(declared, Map) else ()
    for item in map(resolved, names.items):
        if isinstance(item, Scalar) and isinstance(item.value, str) and item.value not in known:
            message = f"the input `{item.value}` is required, and not declared.{did_you_mean(item.value, known)}"
            hint = "declare it under `properties`: inputs that are not are rejected"
            yield Problem("invalid-schema", item.place, message, hint, item.value, known)


def _parameter(pair: Pair, problems: list[Problem]) -> tuple[Any, bool]:
    node = resolved(pair.value)
    if isinstance(node, Scalar) and node.broken:
        return _UNREADABLE, False
    if not isinstance(node, Map):
        missing = isinstance(node, Scalar) and node.style == "missing"
        message = (
            f"the input `{pair.name}` does not say what it is" if missing else f"`{pair.name}` is described by a map"
        )
        hint = f"write `{pair.name}: {{type: string, required: true}}`"
        problems.append(Problem("wrong-type", pair.key.place if missing else node.place, message, hint))
        return _UNREADABLE, False
    schema = dict(value_of(node))
    needed = schema.get("required")
    if not isinstance(needed, list):
        schema.pop("required", None)
        if needed is not None and not isinstance(needed, bool):
            problems.append(_wrong_required(node, needed))
    problems.extend(schema_faults(node, schema))
    if needed is not None and not isinstance(needed, bool | list):
        schema.setdefault("default", None)
    return schema, needed is True


_UNREADABLE = {"default": None}
"""What cannot be read may be anything, is there for those who read it, and is not missed where it is not given."""


def _wrong_required(node: Map, given: Any) -> Problem:
    where = node.get("required") or node
    word = str(given).lower()
    better = word if word in ("true", "false") else None
    return Problem(
        "wrong-type", where.place, "`required` is `true` or `false`", "without quotes", node=where, better=better
    )


def schema_faults(node: Node, schema: Any) -> Iterator[Problem]:
    """What is wrong with a JSON Schema, each at the narrowest place; defaults that it refuses itself included."""
    faults = schema_problems(schema)
    for fault in faults:
        if not _unreadable(node_at(node, fault.path)):
            yield _fault(node, schema, fault)
    for path, meant in misspelt_keywords(schema):
        name = str(path[-1])
        message = f"`{name}` is no keyword of JSON Schema, so it has no effect. Did you mean `{meant}`?"
        yield Problem("unchecked-schema", _key_place(node, path), message, None, name, (meant,))
    if not faults:
        yield from _bad_defaults(node, schema)


def _unreadable(node: Node) -> bool:
    """Whether something in a value is wrong as text already."""
    node = resolved(node)
    if isinstance(node, Scalar):
        return node.broken
    return isinstance(node, Alias) or any(map(_unreadable, node.parts()))


def _fault(node: Node, schema: Any, fault: Violation) -> Problem:
    at = node_at(node, fault.path)
    place = at.place if not isinstance(at, Scalar) or at.style != "missing" else _key_place(node, fault.path)
    name = dotted(*_last_name(fault.path)) if fault.path else "schema"
    if fault.keyword in _UNCHECKED or (fault.keyword == "pattern" and "pattern" in str(fault.path[-2:])):
        hint = "write it without look-around and back-references"
        if fault.keyword in _UNCHECKED:
            hint = "put what is meant under `$defs`, and refer to it as `#/$defs/NAME`"
        return Problem("unchecked-schema", place, f"`{name}` {fault.message}", hint, node=at)
    if fault.path[-1:] == ("type",) or fault.path[-2:-1] == ("type",):
        if isinstance(at, Scalar) and at.value is None and at.style != "missing":
            message = "the type `null` is a text: without quotes it is no value at all"
            return Problem("invalid-schema", place, message, 'write "null"', node=at, better='"null"')
        given = at.text if isinstance(at, Scalar) else "this"
        message = f"`{given}` is not a type.{did_you_mean(given, TYPE_NAMES)}"
        hint = f"the types are {', '.join(TYPE_NAMES)}"
        return Problem("invalid-schema", place, message, hint, given, TYPE_NAMES, at)
    whole = not fault.path or (isinstance(schema, Mapping) and len(fault.path) == 1 and name not in schema)
    said = fault.message.replace("a boolean or an object is wanted", "a schema is wanted")
    message = f"this JSON Schema {said}" if whole else f"`{name}` {said}"
    return Problem("invalid-schema", place, message, "this is a part of a JSON Schema", node=at)


def _last_name(path: Sequence[str | int]) -> tuple[str, tuple[int, ...]]:
    """The last key of a path, and the indexes behind it."""
    indexes = tuple(takewhile(lambda key: isinstance(key, int), reversed(path)))
    keys = path[: len(path) - len(indexes)]
    return (str(keys[-1]) if keys else "schema"), tuple(int(each) for each in reversed(indexes))


def _bad_defaults(node: Node, schema: Any, defs: Any = None) -> Iterator[Problem]:
    """Defaults that their own schema refuses; `defs` are the `$defs` at the root, to which references lead."""
    if not isinstance(schema, Mapping):
        return
    defs = schema.get("$defs") if defs is None else defs
    own = dict(schema) if defs is None else {**schema, "$defs": defs}
    if "default" in schema and _stands_alone(own):
        where = node_at(node, ("default",))
        faults = [] if _unreadable(where) else validate(own, apply_defaults(own, schema["default"]))
        for fault in faults[:1]:
            message = f"`{dotted('default', fault.path)}` {fault.message}"
            hint = "the default is taken where no value is given"
            yield Problem("invalid-default", node_at(where, fault.path).place, message, hint, node=where)
    for key in ("properties", "$defs"):
        parts = schema.get(key)
        for name, part in parts.items() if isinstance(parts, Mapping) else ():
            yield from _bad_defaults(node_at(node, (key, name)), part, defs)
    if isinstance(schema.get("items"), Mapping):
        yield from _bad_defaults(node_at(node, ("items",)), schema["items"], defs)


def _stands_alone(schema: Any) -> bool:
    """Whether all references of a schema lead into its `$defs`; others are left to the run."""
    if isinstance(schema, Mapping):
        ref = schema.get("$ref")
        leads_out = isinstance(ref, str) and not ref.startswith("#/$defs/")
        return not leads_out and all(map(_stands_alone, schema.values()))
    return not isinstance(schema, list) or all(map(_stands_alone, schema))


def dotted(name: str, path: Sequence[str | int]) -> str:
    """A path inside a value, as expressions write it: `rows[1].id`."""
    return name + "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)


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
