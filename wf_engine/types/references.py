"""Where a `$ref` leads inside the document that it stands in."""

from typing import NamedTuple, TypeAlias
from urllib.parse import unquote, urldefrag, urljoin

from wf_engine.types.keywords import DEFINITION_KEYWORDS, LIST_KEYWORDS, MAP_KEYWORDS, SCHEMA_KEYWORDS
from wf_engine.types.model import Json


class Place(NamedTuple):
    """A schema in a document, and the resource (the nearest schema around it with an `$id`) that it belongs to."""

    schema: Json
    resource: Json


Entered: TypeAlias = tuple[Json, ...]
"""The resources that led to a place, the outermost first."""


class Document:
    """A JSON Schema document with the resources and anchors in it; indexed when the first reference is resolved."""

    def __init__(self, root: dict[str, Json]) -> None:
        self.root = root
        self._bases: dict[int, str] = {}
        self._resources: dict[str, Json] = {}
        self._anchors: dict[tuple[int, str], Place] = {}
        self._dynamic: dict[int, dict[str, Place]] = {}
        self._indexed = False

    def resolve(self, reference: str, resource: Json) -> Place | None:
        """What a reference inside `resource` names; None where it leads out of the document or nowhere."""
        if not self._indexed:
            self._indexed = True
            self._index(self.root, "", self.root)
        try:
            url, fragment = urldefrag(urljoin(self.base_of(resource), reference))
        except ValueError:
            return None
        if reference.startswith("#"):
            target = resource
        elif url in self._resources:
            target = self._resources[url]
        else:
            return None
        fragment = unquote(fragment)
        if fragment and not fragment.startswith("/"):
            return self._anchors.get((id(target), fragment))
        return self._follow(fragment, target)

    def resolve_dynamic(self, reference: str, resource: Json, entered: Entered) -> Place | None:
        """What a `$dynamicRef` names: of the resources entered, the outermost that has the anchor as a dynamic one."""
        place = self.resolve(reference, resource)
        anchor = reference.partition("#")[2]
        if place is None or not isinstance(place.schema, dict) or place.schema.get("$dynamicAnchor") != anchor:
            return place
        for outer in entered:
            if anchor in self._dynamic.get(id(outer), ()):
                return self._dynamic[id(outer)][anchor]
        return place

    def entering(self, resource: Json, entered: Entered) -> Entered:
        """The resources entered, with another one; only those count that have a dynamic anchor which none before has."""
        known = {anchor for outer in entered for anchor in self._dynamic.get(id(outer), ())}
        return entered if self._dynamic.get(id(resource), {}).keys() <= known else (*entered, resource)

    def resource_of(self, schema: dict[str, Json], around: Json) -> Json:
        """The resource that a schema belongs to: itself where it has an `$id`, else the one around it."""
        return schema if isinstance(schema.get("$id"), str) else around

    def base_of(self, resource: Json) -> str:
        """The URI of a resource; empty for a document without one."""
        return self._bases.get(id(resource), "")

    def _follow(self, pointer: str, resource: Json) -> Place | None:
        here = resource
        for step in pointer.split("/")[1:]:
            key = step.replace("~1", "/").replace("~0", "~")
            if isinstance(here, dict) and key in here:
                here = here[key]
            elif isinstance(here, list) and key.isascii() and key.isdigit() and int(key) < len(here):
                here = here[int(key)]
            else:
                return None
            if isinstance(here, dict):
                resource = self.resource_of(here, resource)
        return Place(here, resource) if isinstance(here, (dict, bool)) else None

    def _index(self, schema: Json, base: str, resource: Json) -> None:
        if not isinstance(schema, dict):
            return
        if schema is resource or isinstance(schema.get("$id"), str):
            resource, base = schema, self._enter(schema, base)
        for keyword in ("$anchor", "$dynamicAnchor"):
            if isinstance(anchor := schema.get(keyword), str):
                self._anchors.setdefault((id(resource), anchor), Place(schema, resource))
                if keyword == "$dynamicAnchor":
                    self._dynamic.setdefault(id(resource), {}).setdefault(anchor, Place(schema, resource))
        for keyword, value in schema.items():
            if keyword in SCHEMA_KEYWORDS:
                self._index(value, base, resource)
            elif keyword in LIST_KEYWORDS and isinstance(value, list):
                for item in value:
                    self._index(item, base, resource)
            elif keyword in MAP_KEYWORDS | DEFINITION_KEYWORDS and isinstance(value, dict):
                for item in value.values():
                    self._index(item, base, resource)

    def _enter(self, resource: dict[str, Json], around: str) -> str:
        try:
            base, _ = urldefrag(urljoin(around, str(resource.get("$id", ""))))
        except ValueError:
            base = around
        self._bases[id(resource)] = base
        self._resources.setdefault(base, resource)
        return base
