"""The kinds as JSON Schemas of draft 07, which is what editors read. What they say is what reading says, and no more."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from wf_engine.language import shapes
from wf_engine.language.documents import API_VERSION, KINDS, TaskDocument, TestDocument, WorkflowDocument
from wf_engine.language.parameters import TYPE_NAMES
from wf_engine.language.pipeline_schema import pipeline_schema
from wf_engine.language.records import FieldSpec, Record, fields_of
from wf_engine.language.schema_snippets import SNIPPETS
from wf_engine.language.schema_spellings import API_VERSIONS, with_old_spellings
from wf_engine.language.task import TaskSpec, Transform
from wf_engine.language.workflow import TRIGGER_FIELDS, Case, Fallback, Step, Target, Trigger
from wf_engine.syntax import File, value_of

JsonObject = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"
BASE = "https://raw.githubusercontent.com/workflow-io/wf/main/schemas/"
"""Where the schemas are published."""
KIND_RECORDS: Mapping[str, type[WorkflowDocument | TaskDocument | TestDocument]] = {
    "Workflow": WorkflowDocument,
    "WorkflowTask": TaskDocument,
    "WorkflowTest": TestDocument,
}


def json_schema(kind: str) -> JsonObject:
    """The JSON Schema of a kind: closed where the language is, open wherever a template may stand."""
    record = KIND_RECORDS[kind]
    definitions = {"JsonSchema": _JSON_SCHEMA, "Parameter": _PARAMETER}
    schema = _record(record, definitions)
    schema["properties"]["kind"] = _enumerated(schema["properties"]["kind"], {kind: dict(KINDS.values)[kind]})
    old = dict.fromkeys(API_VERSIONS[1:], f"An old spelling of {API_VERSION}.")
    versions = {API_VERSION: "Version 1 of the language.", **old}
    schema["properties"]["apiVersion"] = _enumerated(schema["properties"]["apiVersion"], versions)
    head = {"$schema": DRAFT, "$id": f"{BASE}{schema_file(kind)}", "title": kind}
    return {**head, **schema, "definitions": {name: definitions[name] for name in sorted(definitions)}}


def any_kind_schema() -> JsonObject:
    """The JSON Schema of a document of any kind, told by its `kind`."""
    kinds = {kind: dict(KINDS.values)[kind] for kind in KIND_RECORDS}
    return {
        "$schema": DRAFT,
        "$id": f"{BASE}document.schema.json",
        "title": "Document",
        "description": "A document of workflow.io: a Workflow, a WorkflowTask or a WorkflowTest.",
        "type": "object",
        "properties": {"kind": _enumerated({"description": "What the document describes."}, kinds)},
        "required": ["kind"],
        "allOf": [
            {"if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]}, "then": {"$ref": schema_file(kind)}}
            for kind in KIND_RECORDS
        ],
        "defaultSnippets": [snippet for record in KIND_RECORDS.values() for snippet in SNIPPETS[record]],
    }


def schema_file(kind: str) -> str:
    """The name of the file that holds the schema of a kind."""
    return f"{kind.lower()}.schema.json"


def _enumerated(field: JsonObject, values: Mapping[Any, str]) -> JsonObject:
    about = list(values.values())
    return {**field, "enum": list(values), "enumDescriptions": about, "markdownEnumDescriptions": about}


def _record(record: type[Record], definitions: dict[str, JsonObject]) -> JsonObject:
    specs = fields_of(record).values()
    schema: JsonObject = {
        "type": "object",
        "description": _sentence(record),
        "properties": {spec.name: _field(spec, definitions) for spec in specs},
        "additionalProperties": False,
    }
    required = [spec.name for spec in specs if spec.required]
    if required:
        schema["required"] = required
    if record in SNIPPETS:
        schema["defaultSnippets"] = list(SNIPPETS[record])
    return with_old_spellings(record, {**schema, **_RULES.get(record, {})})


def _sentence(record: type[Record]) -> str:
    return (record.__doc__ or "").strip().split("\n", 1)[0]


def _field(spec: FieldSpec, definitions: dict[str, JsonObject]) -> JsonObject:
    schema = _shape(spec.shape, definitions)
    # beside `$ref` draft 07 reads nothing else
    field: JsonObject = {"allOf": [schema]} if "$ref" in schema else dict(schema)
    field["description"] = spec.doc
    field["markdownDescription"] = _markdown(spec)
    if spec.default is not None:
        field["default"] = spec.default
    if spec.example is not None:
        field["examples"] = [_value(spec.example)]
    return field


def _markdown(spec: FieldSpec) -> str:
    facts = [spec.shape.wanted, *(["required"] if spec.required else [])]
    text = f"{spec.doc}\n\n*{', '.join(facts)}*"
    return f"{text}\n\n```yaml\n{spec.name}: {spec.example}\n```" if spec.example else text


def _value(example: str) -> Any:
    root = File.parse(example).documents[0].root
    return value_of(root) if root is not None else None


def _shape(shape: shapes.Shape, definitions: dict[str, JsonObject]) -> JsonObject:
    return _SHAPES[type(shape)](shape, definitions)


def _string(shape: Any, _: object) -> JsonObject:
    limits = {"pattern": shape.pattern, "maxLength": shape.max_length}
    return {"type": "string", **{key: value for key, value in limits.items() if value is not None}}


def _enum(shape: Any, _: object) -> JsonObject:
    """Words, in the order of the documentation; one that YAML reads as a number is a number too."""
    names = [*shape.names, *(int(name) for name in shape.names if name.isdigit())]
    about = dict(shape.values)
    return _enumerated({}, {name: about[str(name)] for name in names})


def _number(shape: Any, _: object) -> JsonObject:
    limits = {"minimum": shape.minimum, "maximum": getattr(shape, "maximum", None)}
    kind = "integer" if isinstance(shape, shapes.Int) else "number"
    return {"type": kind, **{key: value for key, value in limits.items() if value is not None}}


def _list(shape: Any, definitions: dict[str, JsonObject]) -> JsonObject:
    least = {"minItems": shape.minimum} if shape.minimum else {}
    return {"type": "array", "items": _shape(shape.item, definitions), **least}


def _map(shape: Any, definitions: dict[str, JsonObject]) -> JsonObject:
    known = {name: _shape(value, definitions) for name, value in shape.known}
    others = {"type": "object", "additionalProperties": _shape(shape.value, definitions)}
    return {**others, "properties": known} if known else others


def _one_or_many(shape: Any, definitions: dict[str, JsonObject]) -> JsonObject:
    item = _shape(shape.item, definitions)
    return {"anyOf": [item, {"type": "array", "items": item, "minItems": 1}]}


def _object(shape: Any, definitions: dict[str, JsonObject]) -> JsonObject:
    name = shape.record.__name__
    if name not in definitions:
        definitions[name] = {}  # a step holds steps
        definitions[name] = _record(shape.record, definitions)
    return {"$ref": f"#/definitions/{name}"}


def _word_or_object(shape: shapes.WordOrObj, definitions: dict[str, JsonObject]) -> JsonObject:
    return {"anyOf": [_enum(shape, definitions), _object(shape, definitions)]}


def _steps(_: object, definitions: dict[str, JsonObject]) -> JsonObject:
    return {"type": "array", "items": _object(shapes.Obj(Step), definitions), "minItems": 1}


def _parameters(*_: object) -> JsonObject:
    return {
        "type": "object",
        "if": {"properties": {"type": {"const": "object"}}, "required": ["type"]},
        "then": {"$ref": "#/definitions/JsonSchema"},
        "else": {"additionalProperties": {"$ref": "#/definitions/Parameter"}},
    }


def _duration(maximum_ms: int | None, minimum_ms: int) -> str:
    """The pattern of a duration, at most so long; `minimum_ms` is 0 or 1."""
    least = "(?!0+[a-z])" if minimum_ms else ""
    if maximum_ms is None:
        return f"^{least}[0-9]+(ms|s|m|h)$"
    units = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000}
    return f"^{least}(" + "|".join(f"{_at_most(maximum_ms // size)}{unit}" for unit, size in units.items()) + ")$"


def _at_most(most: int) -> str:
    """The pattern of a whole number up to another."""
    digits = str(most)
    shorter = [f"[0-9]{{1,{len(digits) - 1}}}"] if len(digits) > 1 else []
    smaller = [
        f"{digits[:at]}[0-{int(digit) - 1}]" + ("[0-9]" * (len(digits) - at - 1))
        for at, digit in enumerate(digits)
        if digit != "0"
    ]
    return f"0*({'|'.join([*shorter, *smaller, digits])})"


_SHAPES: Mapping[type[shapes.Shape], Callable[[Any, dict[str, JsonObject]], JsonObject]] = {
    shapes.Shape: lambda *_: {},
    shapes.Str: _string,
    shapes.Enum: _enum,
    shapes.WordOrObj: _word_or_object,
    shapes.Int: _number,
    shapes.Number: _number,
    shapes.Bool: lambda *_: {"type": "boolean"},
    shapes.Duration: lambda shape, _: {"type": "string", "pattern": _duration(shape.maximum_ms, shape.minimum_ms)},
    shapes.StatusCode: lambda *_: {
        "anyOf": [
            {"type": "integer", "minimum": 100, "maximum": 599},
            {"type": "string", "pattern": "^[1-5](xx|[0-9]{2})$"},
        ]
    },
    shapes.JsonSchema: lambda *_: {"$ref": "#/definitions/JsonSchema"},
    shapes.Parameters: _parameters,
    shapes.Tree: lambda shape, _: {"type": {"map": "object"}.get(shape.only, shape.only)} if shape.only else {},
    shapes.Expr: lambda *_: {},
    shapes.Ref: lambda *_: {"type": "string"},
    shapes.StepId: lambda *_: {"type": "string"},
    shapes.StepList: _steps,
    shapes.ListOf: _list,
    shapes.Operations: lambda *_: pipeline_schema(),
    shapes.Path: lambda *_: {"type": "string", "pattern": r"^\$"},
    shapes.Cron: _string,
    shapes.Zone: _string,
    shapes.SecretName: _string,
    shapes.OneOrMany: _one_or_many,
    shapes.MapOf: _map,
    shapes.Obj: _object,
}


def _one_of(names: tuple[str, ...], message: str) -> JsonObject:
    return {"oneOf": [{"required": [name]} for name in names], "errorMessage": message}


_TARGETS = ("taskRef", "workflowRef", "tasks")


def _trigger(type_: str, other: str) -> JsonObject:
    foreign = {"anyOf": [{"required": [name]} for name in TRIGGER_FIELDS[other]]}
    return {
        "if": {"properties": {"type": {"const": type_}}, "required": ["type"]},
        "then": {"required": [TRIGGER_FIELDS[type_][0]], "not": foreign},
    }


_RULES: Mapping[type[Record], JsonObject] = {
    Trigger: {"allOf": [_trigger("schedule", "webhook"), _trigger("webhook", "schedule")]},
    Transform: {
        "anyOf": [{"required": [name]} for name in ("pipeline", "jsonPath", "query")],
        "not": {"required": ["pipeline"], "anyOf": [{"required": ["jsonPath"]}, {"required": ["query"]}]},
    },
    Step: _one_of(
        (*_TARGETS, "transform", "switch"),
        "A step runs exactly one of `taskRef`, `workflowRef`, `transform`, `switch` and `tasks`.",
    ),
    Target: _one_of(_TARGETS, "Exactly one of `taskRef`, `workflowRef` and `tasks` runs."),
    Case: _one_of(_TARGETS, "A case runs exactly one of `taskRef`, `workflowRef` and `tasks`."),
    Fallback: {"anyOf": [{"required": [name]} for name in (*_TARGETS, "output")]},
    TaskSpec: {
        "if": {"properties": {"type": {"const": "transform"}}, "required": ["type"]},
        "then": {"required": ["transform"], "not": {"anyOf": [{"required": ["http"]}, {"required": ["request"]}]}},
        "else": {
            "anyOf": [{"required": ["http"]}, {"required": ["request"]}],
            "not": {"required": ["transform"]},
        },
    },
}


def _keywords(required: JsonObject) -> JsonObject:
    """The keywords of JSON Schema that people write, with all others allowed."""
    schema = {"$ref": "#/definitions/JsonSchema"}
    schemas = {"type": "object", "additionalProperties": schema}
    about: Iterator[tuple[str, JsonObject, str]] = iter(
        (
            ("type", _TYPE, "What kind of value it is, or a list of kinds."),
            ("description", {"type": "string"}, "What it means."),
            ("default", {}, "The value where none is given."),
            ("required", required, "Whether it must be given; in a JSON Schema the list of required properties."),
            ("enum", {"type": "array"}, "The values that are allowed."),
            ("const", {}, "The one value that is allowed."),
            ("properties", schemas, "The properties of an object."),
            ("additionalProperties", schema, "What other properties may be; `false` forbids them."),
            ("items", schema, "The items of a list."),
            ("format", {"type": "string"}, "Such as `email`, `date-time` or `uri`."),
            ("pattern", {"type": "string"}, "A regular expression that a text must match."),
            ("minimum", {"type": "number"}, "The smallest number."),
            ("maximum", {"type": "number"}, "The largest number."),
            ("minLength", _COUNT, "The shortest text."),
            ("maxLength", _COUNT, "The longest text."),
            ("minItems", _COUNT, "The shortest list."),
            ("maxItems", _COUNT, "The longest list."),
            ("examples", {"type": "array"}, "Values to show."),
            ("$ref", {"type": "string"}, "Another part of this schema, such as `#/$defs/name`."),
            ("$defs", schemas, "Schemas to refer to."),
        )
    )
    return {name: {**shape, "description": text} if "$ref" not in shape else {"allOf": [shape], "description": text}
            for name, shape, text in about}  # fmt: skip


_COUNT: JsonObject = {"type": "integer", "minimum": 0}
_TYPE: JsonObject = {
    "anyOf": [
        {"enum": list(TYPE_NAMES)},
        {"type": "array", "items": {"enum": list(TYPE_NAMES)}, "minItems": 1, "uniqueItems": True},
    ]
}
_NAMES: JsonObject = {"type": "array", "items": {"type": "string"}}
_JSON_SCHEMA: JsonObject = {
    "description": "A JSON Schema of draft 2020-12.",
    "type": ["object", "boolean"],
    "properties": _keywords(_NAMES),
}
_PARAMETER: JsonObject = {
    "description": "An input: a JSON Schema, and whether it must be given.",
    "type": "object",
    "properties": _keywords({"anyOf": [{"type": "boolean"}, _NAMES]}),
}
