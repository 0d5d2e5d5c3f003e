"""The value a type is: a JSON Schema with every reference resolved inside itself."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from wf_engine.types.cases import Case
    from wf_engine.types.lookup import Lookup

Json: TypeAlias = Any
"""A JSON value: None, bool, int, float, str, list of them, dict of str to them."""
Schema: TypeAlias = dict[str, Any] | bool

_NO_DEFINITIONS: Final[Mapping[str, Schema]] = MappingProxyType({})
DEEPEST: Final = 100
"""Schemas and values nested deeper are not read: expressions and documents end there too (language §5)."""
REFERENCE_PREFIX: Final = "#/$defs/"


class Type:
    """A JSON Schema as an immutable value; equal where the schemas are equal, annotations included.

    `schema` holds known keywords of the right type only, and `$ref` only as `#/$defs/NAME`, where `definitions[NAME]`
    is the target. The names are made from the content of the document, so equal schemas mean equal types whatever
    their definitions.
    """

    __slots__ = ("__weakref__", "_children", "_depth", "_hash", "_key", "cases", "definitions", "looks", "schema")

    def __init__(
        self, schema: Schema, definitions: Mapping[str, Schema] = _NO_DEFINITIONS, depth: int = DEEPEST
    ) -> None:
        """`depth`: how deep the schema is nested, or more."""
        self.schema: Final = schema
        self.definitions: Final = definitions
        self.cases: tuple[Case, ...] | None = None
        self.looks: dict[str, Lookup] = {}
        """What was found of keys that were looked up."""
        self._depth = depth
        self._key: str | None = None
        self._hash: int | None = None
        self._children: dict[int, Type] | None = None

    @property
    def key(self) -> str:
        """The schema as canonical JSON text."""
        if self._key is None:
            self._key = json.dumps(self.schema, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return self._key

    def depth(self, limit: int) -> int:
        """How deep the schema is nested: exact where that is more than `limit`, else that or less."""
        if self._depth > limit:
            self._depth = _depth_of(self.schema)
        return self._depth

    def at(self, subschema: Schema) -> "Type":
        """The type of a schema that stands inside this one (or in its definitions)."""
        if isinstance(subschema, bool):
            return ANY if subschema else NEVER
        if self._children is None:
            self._children = {}
        found = self._children.get(id(subschema))
        if found is None:
            found = self._children[id(subschema)] = Type(subschema, self.definitions, self._depth)
        return found

    def target(self, reference: str) -> "Type":
        """The type that a `$ref` of this schema names."""
        return self.at(self.definitions[reference.removeprefix(REFERENCE_PREFIX)])

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Type) or type(self.schema) is not type(other.schema):
            return False
        return self.schema is other.schema or self.key == other.key

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(self.key)
        return self._hash

    def __repr__(self) -> str:
        return f"Type({self.key})"


def _depth_of(value: Json) -> int:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth_of, parts), default=0)


ANY: Final = Type(True)
NEVER: Final = Type(False)
NULL: Final = Type({"type": "null"})
BOOLEAN: Final = Type({"type": "boolean"})
INTEGER: Final = Type({"type": "integer"})
NUMBER: Final = Type({"type": "number"})
STRING: Final = Type({"type": "string"})
