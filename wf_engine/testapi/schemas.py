"""JSON Schemas in few words. A property whose name ends in `?`, or that has a default, may be left out."""

from collections.abc import Collection, Mapping
from typing import Any

Schema = dict[str, Any]


def text(about: str, **more: Any) -> Schema:
    """A text."""
    return {"type": "string", **more, "description": about}


def name(about: str, **more: Any) -> Schema:
    """A text that is not empty."""
    return text(about, minLength=1, **more)


def choice(words: Collection[str], about: str, **more: Any) -> Schema:
    """One of some words."""
    return text(about, enum=list(words), **more)


def integer(about: str, minimum: int | None = 0, **more: Any) -> Schema:
    """A whole number; from 0 on where nothing else is said."""
    bounds = {} if minimum is None else {"minimum": minimum}
    return {"type": "integer", **bounds, **more, "description": about}


def number(about: str, **more: Any) -> Schema:
    """Any number."""
    return {"type": "number", **more, "description": about}


def flag(about: str, **more: Any) -> Schema:
    """True or false."""
    return {"type": "boolean", **more, "description": about}


def listing(items: Schema, about: str, **more: Any) -> Schema:
    """A list."""
    return {"type": "array", **more, "description": about, "items": items}


def record(fields: Mapping[str, Schema], about: str | None = None) -> Schema:
    """An object with these properties."""
    said = {} if about is None else {"description": about}
    needed = [key for key, schema in fields.items() if not key.endswith("?") and "default" not in schema]
    required = {"required": needed} if needed else {}
    return {"type": "object", **said, **required, "properties": properties(fields)}


def properties(fields: Mapping[str, Schema]) -> dict[str, Schema]:
    """Fields by their plain names."""
    return {key.removesuffix("?"): schema for key, schema in fields.items()}


def nullable(schema: Schema) -> Schema:
    """The same, or null."""
    return {**schema, "type": [schema["type"], "null"]}
