"""The words of JSON Schema: which goes with what stands around it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from wf_engine.editing.cursor import Cursor
from wf_engine.syntax import Map, Node, Scalar, Seq, resolved

TYPES = ("string", "integer", "number", "boolean", "object", "array", "null")
FORMATS = ("date", "date-time", "email", "hostname", "ipv4", "ipv6", "time", "uri", "uuid")
_IMPLIED = {
    "object": ("properties", "required", "additionalProperties", "minProperties"),
    "array": ("items", "minItems", "maxItems", "uniqueItems"),
    "string": ("minLength", "maxLength", "pattern", "format"),
    "integer": ("minimum", "maximum", "multipleOf", "exclusiveMinimum"),
}
_NUMBERS = {
    "string": ("minLength", "maxLength"),
    "integer": ("minimum", "maximum"),
    "number": ("minimum", "maximum"),
    "array": ("minItems", "maxItems"),
}
_WHOLE = ("inputSchema", "outputSchema")
_MOST = 2000
"""Definitions looked at for what a property of a name is elsewhere."""


def keyword_fit(name: str, value: Node, around: Node) -> int:
    """How well a keyword goes with a value: from 0 to 4."""
    value = resolved(value)
    if isinstance(value, Map):
        maps = [isinstance(resolved(pair.value), Map) for pair in value.pairs]
        if value.pairs and all(maps):
            return {"properties": 4, "items": 1}.get(name, 0)
        return {"items": 3, "additionalProperties": 2, "default": 1}.get(name, 0)
    if isinstance(value, Seq):
        return _list_fit(name, value, around)
    return _scalar_fit(name, value, around) if isinstance(value, Scalar) else 0


def _list_fit(name: str, value: Seq, around: Node) -> int:
    words = [item.text for item in map(resolved, value.items) if isinstance(item, Scalar)]
    properties = around.get("properties") if isinstance(around, Map) else None
    declared = {pair.name for pair in properties.pairs} if isinstance(properties, Map) else set()
    if name == "type":
        return 4 if words and set(words) <= set(TYPES) else 0
    if name == "required":
        return 4 if declared and set(words) <= declared else 1
    return {"enum": 3, "examples": 1, "default": 1}.get(name, 0)


def _scalar_fit(name: str, value: Scalar, around: Node) -> int:
    text, plain = value.text, value.value
    if isinstance(plain, bool):
        return {"required": 4, "default": 2, "additionalProperties": 3, "uniqueItems": 1}.get(name, 0)
    if isinstance(plain, int | float):
        return _number_fit(name, around)
    if text in TYPES:
        return 4 if name == "type" else 0
    if text in FORMATS:
        return 4 if name == "format" else 0
    if text.startswith("#/"):
        return 4 if name == "$ref" else 0
    scores = {"description": 3 if " " in text else 1, "default": 2, "pattern": 4 if text[:1] == "^" else 0, "const": 1}
    return scores.get(name, 0)


def _number_fit(name: str, around: Node) -> int:
    kind = around.get("type") if isinstance(around, Map) else None
    likely = _NUMBERS.get(kind.text if isinstance(kind, Scalar) else "integer", ())
    if name in likely:
        return 4
    return {"default": 2, "minimum": 1, "maximum": 1}.get(name, 0)


def likely_types(cursor: Cursor) -> tuple[str, ...]:
    """The types, the likeliest first: by the keywords beside, by what the property is elsewhere."""
    path = cursor.trail.path
    listed = path[-2:-1] == ("type",)
    crumb = cursor.trail.crumbs[-2 if listed else -1]
    around = crumb.container
    votes: Counter[str] = Counter()
    if isinstance(around, Map):
        votes.update(_implied(around))
    name = path[-3] if listed and len(path) > 2 else path[-2] if len(path) > 1 else None  # noqa: PLR2004 - NAME.type[0]
    if isinstance(name, str):
        votes.update({"object": 20} if name in _WHOLE else {"object": 3} if name == "items" else {})
        votes.update(_elsewhere(cursor, name))
    if listed:
        votes.update(_beside(cursor))
    return tuple(sorted(TYPES, key=lambda each: (-votes[each], TYPES.index(each))))


def _implied(around: Map) -> Iterator[str]:
    names = {pair.name for pair in around.pairs}
    for kind, words in _IMPLIED.items():
        if names & set(words):
            yield from [kind] * 50
    default = around.get("default")
    value = default.value if isinstance(default, Scalar) else None
    likely = {bool: "boolean", int: "integer", float: "number", str: "string"}.get(type(value))
    if likely is not None:
        yield from [likely] * 40


def _beside(cursor: Cursor) -> Mapping[str, int]:
    """In a list of types the one that is not there, null behind another."""
    listed = cursor.trail.crumbs[-1].container
    words = [item.text for item in listed.items if isinstance(item, Scalar)] if isinstance(listed, Seq) else []
    taken = {word: -1000 for word in words if word in TYPES}
    return {**taken, "null": 500} if taken and "null" not in taken else taken


def _elsewhere(cursor: Cursor, name: str) -> Counter[str]:
    """The types that properties of a name have in the schemas of the workspace."""
    found: Counter[str] = Counter()
    for number, contracts in enumerate(cursor.workspace.contracts.values()):
        if number == _MOST:
            break
        for contract in contracts:
            for schema in (contract.input_schema, contract.output_schema):
                found.update(_types_of(schema, name))
    return found


def _types_of(schema: Any, name: str) -> Iterator[str]:
    todo = [schema]
    while todo:
        part = todo.pop()
        properties = part.get("properties") if isinstance(part, Mapping) else None
        if isinstance(properties, Mapping):
            todo += properties.values()
            own = properties.get(name)
            kind = own.get("type") if isinstance(own, Mapping) else None
            yield from [kind] if isinstance(kind, str) else [each for each in kind or () if each != "null"]
        if isinstance(part, Mapping) and isinstance(part.get("items"), Mapping):
            todo.append(part["items"])


_WORD = re.compile(r"[a-z0-9]+|[A-Z][a-z0-9]*")


def words_of(name: str) -> frozenset[str]:
    """The words of a name such as `totalCents` or `get-user`."""
    return frozenset(word.lower() for word in _WORD.findall(name))
