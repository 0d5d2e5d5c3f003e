"""Operations that make maps: `select`, `map` and `enrich`."""

from collections.abc import Mapping
from typing import Any

from wf_engine.transforms.arguments import Fields
from wf_engine.transforms.maps import fields_type, merged
from wf_engine.transforms.model import (
    Arguments,
    Example,
    Items,
    Operation,
    Parameter,
    Remark,
    Typing,
    Work,
    each,
    wanted,
)
from wf_engine.transforms.path_types import path_type
from wf_engine.transforms.paths import NOTHING, JsonPath

_FIELDS = Parameter("fields", Fields(), "The keys of the map, each with the path to its value.", required=True)


def _made(fields: Mapping[str, JsonPath], item: Any, work: Work) -> dict[str, Any]:
    values = {name: work.taken(path, item) for name, path in fields.items()}
    return {name: value for name, value in values.items() if value is not NOTHING}


def _shape(item: Any, arguments: Arguments, work: Work) -> dict[str, Any]:
    return _made(arguments["fields"], item, work)


def _enrich(item: Any, arguments: Arguments, work: Work) -> dict[str, Any]:
    wanted(item, ("object",))
    return {**item, **_made(arguments["fields"], item, work)}


def missing_fields(items: Items, arguments: Arguments, typing: Typing) -> None:
    """Remarks on the paths that can select nothing."""
    for name, path in arguments["fields"].items():
        missing = path_type(path, items.item).missing
        if missing is not None:
            typing.remarks.append(Remark(missing, ("fields", name), kind="empty-path"))


def _infer_shape(items: Items, arguments: Arguments, typing: Typing) -> Items:
    missing_fields(items, arguments, typing)
    return items.of(fields_type(arguments["fields"], items.item))


def _infer_enrich(items: Items, arguments: Arguments, typing: Typing) -> Items:
    missing_fields(items, arguments, typing)
    added = fields_type(arguments["fields"], items.item)
    return items.of(merged(added, items.item))


OPERATIONS = (
    Operation(
        name="select",
        documentation="Keeps of each item the fields that are named, and no others; a path that selects nothing "
        "leaves its key out.",
        parameters=(_FIELDS,),
        examples=(
            Example(
                {"fields": {"id": "$.id", "city": "$.address.city"}},
                [{"id": 1, "name": "Ada", "address": {"city": "London"}}, {"id": 2, "name": "Bob"}],
                [{"id": 1, "city": "London"}, {"id": 2}],
            ),
        ),
        evaluate=each(_shape),
        infer=_infer_shape,
    ),
    Operation(
        name="map",
        documentation="Makes a new map of each item, whatever it is; a path that selects nothing leaves its key out.",
        parameters=(_FIELDS,),
        examples=(
            Example(
                {"fields": {"value": "$"}},
                [3, 4],
                [{"value": 3}, {"value": 4}],
            ),
            Example(
                {"fields": {"order": "$.id", "skus": "$.lines[*].sku"}},
                [{"id": 7, "lines": [{"sku": "a"}, {"sku": "b"}]}],
                [{"order": 7, "skus": ["a", "b"]}],
            ),
        ),
        evaluate=each(_shape),
        infer=_infer_shape,
    ),
    Operation(
        name="enrich",
        documentation="Adds fields to each item, which is a map; one whose path selects nothing stays as it was.",
        parameters=(_FIELDS,),
        examples=(
            Example(
                {"fields": {"city": "$.address.city"}},
                [{"id": 1, "address": {"city": "London"}}],
                [{"id": 1, "address": {"city": "London"}, "city": "London"}],
            ),
        ),
        evaluate=each(_enrich),
        infer=_infer_enrich,
        wants=("object",),
    ),
)
