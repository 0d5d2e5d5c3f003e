"""The JSON Schema of a pipeline, from the table of operations: open wherever a template may stand."""

from typing import Any

from wf_engine.transforms import OPERATIONS, Operation, Parameter
from wf_engine.transforms import arguments as shapes
from wf_engine.transforms.aggregations import Aggregations

JsonObject = dict[str, Any]


def pipeline_schema() -> JsonObject:
    """A list of operations, each a bare word or a map with one key."""
    bare = [operation.name for operation in OPERATIONS.values() if operation.bare]
    about = [operation.documentation for operation in OPERATIONS.values() if operation.bare]
    named: JsonObject = {
        "type": "object",
        "properties": {operation.name: _operation(operation) for operation in OPERATIONS.values()},
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
    return {
        "type": "array",
        "minItems": 1,
        "items": {"anyOf": [{"enum": bare, "markdownEnumDescriptions": about}, named]},
    }


def _operation(operation: Operation) -> JsonObject:
    required = [parameter.name for parameter in operation.parameters if parameter.required]
    return {
        "type": "object" if required or operation.check else ["object", "null"],
        "description": operation.documentation,
        "properties": {parameter.name: _parameter(parameter) for parameter in operation.parameters},
        "additionalProperties": False,
        **({"required": required} if required else {}),
    }


def _parameter(parameter: Parameter) -> JsonObject:
    schema = {**_argument(parameter.takes), "description": parameter.documentation}
    return schema if parameter.default is None else {**schema, "default": parameter.default}


def _argument(takes: shapes.Argument) -> JsonObject:
    match takes:
        case shapes.Choice():
            return {"enum": list(takes.words)}
        case shapes.PathTo():
            return dict(_PATH)
        case shapes.ItemTemplate():
            return {"type": "string"}
        case shapes.Condition():
            return {"type": ["string", "boolean"]}
        case shapes.Fields():
            return {"type": "object", "additionalProperties": _PATH, "minProperties": 1}
        case Aggregations():
            return {"type": "object", "additionalProperties": _aggregation(takes), "minProperties": 1}
        case shapes.Whole():
            return {"anyOf": [{"type": "integer", "minimum": takes.least}, _TEMPLATE]}
        case shapes.Number():
            return {"anyOf": [{"type": "number"}, _TEMPLATE]}
        case shapes.Words():
            return {"type": "string"}
        case shapes.Seed():
            return {"type": ["string", "number"]}
        case shapes.OtherList():
            return {"type": ["array", "string"]}
    return {}


def _aggregation(takes: Aggregations) -> JsonObject:
    return {
        "type": "object",
        "properties": {"function": {"enum": list(takes.functions)}, "field": _PATH},
        "required": ["function"],
        "additionalProperties": False,
    }


_PATH: JsonObject = {"type": "string", "pattern": r"^\$"}
_TEMPLATE: JsonObject = {"type": "string", "pattern": r"\{\{"}
