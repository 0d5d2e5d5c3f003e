"""From a type back to one self-contained JSON Schema."""

from collections.abc import Iterator

from wf_engine.types.keywords import LIST_KEYWORDS, MAP_KEYWORDS, SCHEMA_KEYWORDS
from wf_engine.types.model import REFERENCE_PREFIX, Json, Schema, Type


def to_schema(type_: Type) -> Schema:
    """The JSON Schema of a type, with what its references name under `$defs`."""
    used: dict[str, Schema] = {}
    pending = list(_references(type_.schema))
    while pending:
        name = pending.pop()
        if name not in used:
            used[name] = type_.definitions[name]
            pending += _references(used[name])
    if not used or isinstance(type_.schema, bool):
        return type_.schema
    return {**type_.schema, "$defs": {name: used[name] for name in sorted(used)}}


def _references(schema: Json) -> Iterator[str]:
    if not isinstance(schema, dict):
        return
    if "$ref" in schema:
        yield schema["$ref"].removeprefix(REFERENCE_PREFIX)
    for keyword, value in schema.items():
        if keyword in SCHEMA_KEYWORDS:
            yield from _references(value)
        elif keyword in LIST_KEYWORDS:
            for part in value:
                yield from _references(part)
        elif keyword in MAP_KEYWORDS:
            for part in value.values():
                yield from _references(part)
