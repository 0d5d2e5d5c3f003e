"""`unevaluatedProperties` and `unevaluatedItems` said with `additionalProperties` and `items`, which stand for themselves.

What those two are about depends on which properties and elements the schemas around them have looked at. Where that is
the same for every value it can be written down; where it is not, those that some schema may look at are let go.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from wf_engine.types.model import Json, Type

_DEEPEST: Final = 64
_ALWAYS: Final = ("allOf",)
_AT_TIMES: Final = ("anyOf", "oneOf", "if", "then", "else", "dependentSchemas")


@dataclass
class _Evaluated:
    """What a schema looks at: names and patterns of properties, elements from the front, or all of either.

    `certain`: it does so whatever the value is.
    """

    names: set[str] = field(default_factory=set)
    patterns: set[str] = field(default_factory=set)
    prefix: int = 0
    properties: bool = False
    items: bool = False
    certain: bool = True

    @property
    def nothing(self) -> bool:
        return not (self.names or self.patterns or self.prefix or self.properties or self.items)

    def add(self, other: "_Evaluated", *, always: bool) -> None:
        """What a schema for the same value looks at; `always`: it counts for every value."""
        self.names |= other.names
        self.patterns |= other.patterns
        self.prefix = max(self.prefix, other.prefix)
        self.properties |= other.properties
        self.items |= other.items
        self.certain &= other.certain and (always or other.nothing)


def settled(schema: dict[str, Json], owner: Type) -> tuple[dict[str, Json], bool]:
    """The schema without both keywords, and whether it says the same as before; where not, it allows more."""
    if schema.keys().isdisjoint({"unevaluatedProperties", "unevaluatedItems"}):
        return schema, True
    found = _evaluated(schema, owner, 0, whole=True)
    made = {name: value for name, value in schema.items() if not name.startswith("unevaluated")}
    if "unevaluatedProperties" in schema and not found.properties:
        made |= _properties(schema, found)
    if "unevaluatedItems" in schema and not found.items:
        own = schema.get("prefixItems", [])
        made["prefixItems"] = [*own, *[True] * (found.prefix - len(own))]
        made["items"] = schema["unevaluatedItems"]
        if not made["prefixItems"]:
            del made["prefixItems"]
    return made, found.certain


def _properties(schema: dict[str, Json], found: _Evaluated) -> dict[str, Json]:
    own, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    made: dict[str, Json] = {"additionalProperties": schema["unevaluatedProperties"]}
    if found.names:
        made["properties"] = {**dict.fromkeys(sorted(found.names), True), **own}
    if found.patterns:
        made["patternProperties"] = {**dict.fromkeys(sorted(found.patterns), True), **patterns}
    return made


def _evaluated(schema: Json, owner: Type, depth: int, *, whole: bool = False) -> _Evaluated:
    """What a schema looks at; `whole`: without its own unevaluated keywords, which are what is asked about."""
    if not isinstance(schema, dict):
        return _Evaluated()
    found = _Evaluated(
        set(schema.get("properties", ())),
        set(schema.get("patternProperties", ())),
        len(schema.get("prefixItems", ())),
        "additionalProperties" in schema or ("unevaluatedProperties" in schema and not whole),
        "items" in schema or ("unevaluatedItems" in schema and not whole),
    )
    if "contains" in schema:
        found.add(_Evaluated(items=True), always=False)
    if depth > _DEEPEST:
        return _Evaluated(properties=True, items=True, certain=False)
    for part, always in _parts(schema, owner):
        found.add(_evaluated(part, owner, depth + 1), always=always)
    return found


def _parts(schema: dict[str, Json], owner: Type) -> Iterator[tuple[Json, bool]]:
    """The schemas for the same value, and whether each counts for every value."""
    if "$ref" in schema:
        yield owner.target(schema["$ref"]).schema, True
    for keyword in (*_ALWAYS, *_AT_TIMES):
        value = schema.get(keyword, ())
        parts = (
            value if isinstance(value, list) else value.values() if keyword == "dependentSchemas" and value else [value]
        )
        yield from ((part, keyword in _ALWAYS) for part in parts)
