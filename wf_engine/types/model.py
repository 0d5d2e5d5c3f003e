"""The value a type is: a JSON Schema with every reference resolved inside itself."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from wf_engine.types.cases import Case

Json: TypeAlias = Any
"""A JSON value: None, bool, int, float, str, list of them, dict of str to them."""
Schema: TypeAlias = dict[str, Any] | bool

_NO_DEFINITIONS: Final[Mapping[str, Schema]] = MappingProxyType({})
REFERENCE_PREFIX: Final = "#/$defs/"


class Extent(NamedTuple):
    """How many JSON values a schema is made of and how deep they are nested."""

    nodes: int
    depth: int


class Type:
    """A JSON Schema as an immutable value; equal where the schemas are equal, annotations included.

    `schema` holds known keywords of the right type only, and `$ref` only as `#/$defs/NAME`, where `definitions[NAME]`
    is the target. The names are made from the content of the document, so equal schemas mean equal types whatever
    their definitions.
    """

    __slots__ = ("__weakref__", "_children", "_extent", "_key", "cases", "definitions", "schema")

    def __init__(self, schema: Schema, definitions: Mapping[str, Schema] = _NO_DEFINITIONS) -> None:
        self.schema: Final = schema
        self.definitions: Final = definitions
        self.cases: tuple[Case, ...] | None = None
        self._extent: Extent | None = None
        self._key: str | None = None
        self._children: dict[int, Type] | None = None

    @property
    def key(self) -> str:
        """The schema as canonical JSON text."""
        if self._key is None:
            self._key = json.dumps(self.schema, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return self._key

    @property
    def extent(self) -> "Extent":
        """How large the schema is, its definitions left aside."""
        if self._extent is None:
            self._extent = _extent_of(self.schema)
        return self._extent

    def at(self, subschema: Schema) -> "Type":
        """The type of a schema that stands inside this one (or in its definitions)."""
        if isinstance(subschema, bool):
            return ANY if subschema else NEVER
        if self._children is None:
            self._children = {}
        found = self._children.get(id(subschema))
        if found is None:
            found = self._children[id(subschema)] = Type(subschema, self.definitions)
        return found

    def target(self, reference: str) -> "Type":
        """The type that a `$ref` of this schema names."""
        return self.at(self.definitions[reference.removeprefix(REFERENCE_PREFIX)])

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Type) and self.key == other.key)

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return f"Type({self.key})"


def _extent_of(value: Json) -> Extent:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    extents = [_extent_of(part) for part in parts]
    return Extent(1 + sum(e.nodes for e in extents), 1 + max((e.depth for e in extents), default=0))


ANY: Final = Type(True)
NEVER: Final = Type(False)
NULL: Final = Type({"type": "null"})
BOOLEAN: Final = Type({"type": "boolean"})
INTEGER: Final = Type({"type": "integer"})
NUMBER: Final = Type({"type": "number"})
STRING: Final = Type({"type": "string"})
