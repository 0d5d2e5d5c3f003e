"""The types of maps that are made from others."""

from collections.abc import Mapping

from wf_engine.transforms.path_types import path_type
from wf_engine.transforms.paths import JsonPath
from wf_engine.types import ANY, Type, object_of, properties, property_of, union

_OTHER = "\ufdd0"
"""No character, and so no key that anybody declares."""


def fields_type(fields: Mapping[str, JsonPath], item: Type) -> Type:
    """The type of the map with the values of these paths over an item; a key whose path may give none is optional."""
    found = {name: path_type(path, item) for name, path in fields.items()}
    required = [name for name, each in found.items() if each.certain]
    return object_of({name: each.type for name, each in found.items()}, required)


def merged(first: Type, second: Type) -> Type:
    """The type of maps with the keys of both, where a key of the first hides that of the second."""
    types: dict[str, Type] = {}
    required: list[str] = []
    for name in dict.fromkeys((*properties(second), *properties(first))):
        own, other = property_of(first, name), property_of(second, name)
        if own.status == "required" or other.status in ("forbidden", "none"):
            types[name] = own.type
        elif own.status in ("forbidden", "none"):
            types[name] = other.type
        else:
            types[name] = union(own.type, other.type)
        if "required" in (own.status, other.status):
            required.append(name)
    rest = [property_of(each, _OTHER) for each in (first, second)]
    closed = all(look.status in ("forbidden", "none") for look in rest)
    type_ = object_of(types, required, closed=closed)
    if closed or all(look.status in ("forbidden", "none", "undeclared") for look in rest):
        return type_
    # said in words that there may be others, so that reading one is no mistake
    assert isinstance(type_.schema, dict)
    return Type({**type_.schema, "additionalProperties": ANY.schema}, type_.definitions)
