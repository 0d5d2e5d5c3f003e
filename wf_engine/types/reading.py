"""From a JSON Schema as somebody wrote it to a type. Nothing is fetched and nothing raises."""

import hashlib
import json
from collections.abc import Iterable
from typing import Final

from wf_engine.types.keywords import (
    IN_PLACE_KEYWORDS,
    LIST_KEYWORDS,
    MAP_KEYWORDS,
    SCHEMA_KEYWORDS,
    STRICT_KEYWORDS,
    VALUE_KEYWORDS,
    canonical,
    plain,
)
from wf_engine.types.model import ANY, NEVER, REFERENCE_PREFIX, Json, Schema, Type
from wf_engine.types.references import Document, Entered, Place

_ABSENT: Final = object()


def of_schema(schema: Json) -> Type:
    """The type that a JSON Schema 2020-12 describes (language §6).

    `$ref` is resolved inside the schema itself only (`#/…`, `$anchor`, an `$id` within); one that leads out of it, or
    back to itself, allows anything. A keyword with a value of the wrong kind counts as absent; what is no schema at
    all allows anything.
    """
    document = plain(schema)
    if isinstance(document, bool):
        return ANY if document else NEVER
    if not isinstance(document, dict):
        return ANY
    return _Reading(document).read()


class _Reading:
    """One document being read: what its references lead to is read once each."""

    def __init__(self, document: dict[str, Json]) -> None:
        self._document = Document(document)
        self._definitions: dict[str, Schema] = {}
        self._pending: list[tuple[str, Place, Entered]] = []
        self._digest: str | None = None

    def read(self) -> Type:
        root = self._document.root
        schema = self._schema(root, root, (root,))
        while self._pending:
            name, place, entered = self._pending.pop()
            self._definitions[name] = self._schema(place.schema, place.resource, entered)
        _Cutting(self._definitions).run(schema)
        return Type(schema, self._definitions) if isinstance(schema, dict) else (ANY if schema else NEVER)

    def _schema(self, raw: Json, resource: Json, entered: Entered) -> Schema:
        if not isinstance(raw, dict):
            return raw is not False
        own = self._document.resource_of(raw, resource)
        if own is not resource:
            resource, entered = own, (*entered, own)
        schema: dict[str, Json] = {}
        for keyword, value in raw.items():
            read = self._keyword(keyword, value, resource, entered)
            if read is not _ABSENT:
                schema[keyword] = read
        for keyword in ("$ref", "$dynamicRef"):
            if isinstance(raw.get(keyword), str):
                self._reference(schema, keyword, raw[keyword], resource, entered)
        return schema or True

    def _keyword(self, keyword: str, value: Json, resource: Json, entered: Entered) -> Json:
        if keyword in VALUE_KEYWORDS:
            if not VALUE_KEYWORDS[keyword](value):
                return _ABSENT
            return canonical(value) if keyword in STRICT_KEYWORDS else value
        if keyword in SCHEMA_KEYWORDS:
            return self._schema(value, resource, entered) if isinstance(value, (dict, bool)) else _ABSENT
        if keyword in LIST_KEYWORDS and isinstance(value, list) and value:
            return [self._schema(item, resource, entered) for item in value]
        if keyword in MAP_KEYWORDS and isinstance(value, dict):
            return {name: self._schema(item, resource, entered) for name, item in value.items()}
        return _ABSENT

    def _reference(
        self, schema: dict[str, Json], keyword: str, reference: str, resource: Json, entered: Entered
    ) -> None:
        document = self._document
        place = document.resolve(reference, resource)
        before: Entered = ()
        for outer in entered:
            before = document.entering(outer, before)
        if keyword == "$dynamicRef":
            place = document.resolve_dynamic(reference, resource, before)
        if place is None:
            return
        entered = document.entering(place.resource, before)
        if entered and len(self._definitions) > _MOST_DEFINITIONS:
            return  # the same schemas over and over, each time reached in another way
        name = self._name(reference, resource, [keyword, *map(document.base_of, entered)] if entered else [])
        if name not in self._definitions:
            self._definitions[name] = True
            self._pending.append((name, place, entered))
        if "$ref" in schema:
            schema["allOf"] = [*schema.get("allOf", ()), {"$ref": REFERENCE_PREFIX + name}]
        else:
            schema["$ref"] = REFERENCE_PREFIX + name

    def _name(self, reference: str, resource: Json, way: list[str]) -> str:
        """The same for the same reference in the same document, and no other, so that it may stand for its target.

        `way`: the resources that led there, where what a reference means depends on them.
        """
        if self._digest is None:
            self._digest = _digest(json.dumps(self._document.root, sort_keys=True, default=str))
        address = json.dumps([self._document.base_of(resource), reference, self._digest, *way])
        last = "".join(c for c in reference.rsplit("/", 1)[-1] if c.isalnum() or c in "-_") or "root"
        return f"{last}.{_digest(address)[:_NAME_DIGITS]}"


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode()).hexdigest()


_NAME_DIGITS: Final = 12
_MOST_DEFINITIONS: Final = 1000


class _Cutting:
    """Drops references that lead back to themselves without a step into the value, and combinators nested too deeply.

    Both would never end, for any reader of the schema; what is left allows more.
    """

    def __init__(self, definitions: dict[str, Schema]) -> None:
        self._definitions = definitions
        self._heights: dict[str, int] = {}

    def run(self, schema: Schema) -> None:
        for start in (schema, *self._definitions.values()):
            self._height(start, frozenset(), 0)

    def _height(self, schema: Schema, inside: frozenset[str], depth: int) -> int:
        """How many combinators and references apply to the same value inside one another, after the cuts."""
        if isinstance(schema, bool):
            return 0
        height = 0
        for keyword in [keyword for keyword in schema if keyword in IN_PLACE_KEYWORDS]:
            if keyword not in schema:
                continue  # cut meanwhile, since the way down led back here
            inner = _MOST_NESTED
            if depth < _MOST_NESTED:
                inner = max((self._height(part, inside, depth + 1) for part in _parts(keyword, schema)), default=0)
            if inner >= _MOST_NESTED:
                schema.pop(keyword, None)
            else:
                height = max(height, inner)
        if "$ref" in schema:
            inner = self._target_height(schema["$ref"].removeprefix(REFERENCE_PREFIX), inside, depth)
            if inner >= _MOST_NESTED:
                schema.pop("$ref", None)
            else:
                height = max(height, inner)
        return height + 1

    def _target_height(self, name: str, inside: frozenset[str], depth: int) -> int:
        if name in inside or depth >= _MOST_NESTED:
            return _MOST_NESTED
        if name not in self._heights:
            self._heights[name] = self._height(self._definitions[name], inside | {name}, depth + 1)
        return self._heights[name]


_MOST_NESTED: Final = 32


def _parts(keyword: str, schema: dict[str, Json]) -> Iterable[Schema]:
    """The schemas under a keyword that apply to the same value as the one around it."""
    value = schema[keyword]
    if isinstance(value, list):
        return value
    return list(value.values()) if keyword == "dependentSchemas" else (value,)
