"""A schema as those see it who read values after defaults were filled in (language §3, §6)."""

from collections.abc import Mapping
from typing import Any

_SCHEMA = ("items", "additionalProperties", "contains", "unevaluatedItems", "unevaluatedProperties", "then", "else")
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_MAPS = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")


def present(schema: Any) -> Any:
    """The schema in which every property that has a default is required, at every depth."""
    if not isinstance(schema, Mapping):
        return schema
    made = {key: _part(key, value) for key, value in schema.items()}
    properties = schema.get("properties")
    if isinstance(properties, Mapping):
        written = schema.get("required")
        required = list(written) if isinstance(written, list | tuple) else []
        filled = [name for name, part in properties.items() if name not in required and _has_default(part, schema)]
        if filled:
            made["required"] = [*required, *filled]
    return made


def _part(key: str, value: Any) -> Any:
    if key in _SCHEMA:
        return present(value)
    if key in _LISTS and isinstance(value, list | tuple):
        return [present(part) for part in value]
    if key in _MAPS and isinstance(value, Mapping):
        return {name: present(part) for name, part in value.items()}
    return value


def _has_default(part: Any, root: Mapping[str, Any]) -> bool:
    """Whether a property has a default, its own or that of the definition beside it that it refers to."""
    if not isinstance(part, Mapping):
        return False
    reference = part.get("$ref")
    if "default" not in part and isinstance(reference, str) and reference.startswith("#/$defs/"):
        definitions = root.get("$defs")
        part = definitions.get(reference.removeprefix("#/$defs/"), {}) if isinstance(definitions, Mapping) else {}
    return isinstance(part, Mapping) and "default" in part
