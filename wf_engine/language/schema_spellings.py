"""Old spellings in the JSON Schemas: accepted, marked as deprecated, and not proposed (language §10)."""

from collections.abc import Mapping
from typing import Any

from wf_engine.language.documents import API_VERSION, GROUPS
from wf_engine.language.records import Record
from wf_engine.language.spellings import OLD_OPERATIONS
from wf_engine.language.task import Retry, TaskSpec, Transform
from wf_engine.language.workflow import ForEach, Step, WorkflowSpec

JsonObject = dict[str, Any]
_COUNT: JsonObject = {"type": "integer", "minimum": 0}
_DURATION: JsonObject = {"type": "string", "pattern": "^[0-9]+(ms|s|m|h)$"}
_RETRIES: JsonObject = {"type": "integer", "minimum": 0, "maximum": 9}
_BACKOFF: JsonObject = {
    "anyOf": [
        _COUNT,
        _DURATION,
        {"enum": ["exponential", "fixed", "constant"]},
    ]
}
_RETRIED: Mapping[str, tuple[str, JsonObject | None]] = {
    "retryPolicy": ("retry", None),
    "retryCount": ("retry", _RETRIES),
}
_OLD: Mapping[type[Record], Mapping[str, tuple[str, JsonObject | None]]] = {
    TaskSpec: {"request": ("http", None), **_RETRIED},
    Step: _RETRIED,
    ForEach: {"collection": ("items", None), "maxParallel": ("maxConcurrency", None)},
    WorkflowSpec: {"inputSchema": ("input", {"type": "object"})},
    Transform: {"query": ("jsonPath", None)},
    Retry: {
        "maxRetries": ("maxAttempts", _RETRIES),
        "backoffMs": ("initialDelay", {"anyOf": [_COUNT, _DURATION]}),
        "backoff": ("initialDelay", _BACKOFF),
    },
}
"""By record, the old name of a field with the one of today and its schema, None where it is that of today's field."""
API_VERSIONS = (API_VERSION, *(f"{group}/v1" for group in GROUPS[1:]))


def with_old_spellings(record: type[Record], schema: JsonObject) -> JsonObject:
    """The schema of a record that takes each old spelling too, but not beside today's."""
    properties, rules = dict(schema["properties"]), list(schema.get("allOf", ()))
    required = list(schema.get("required", ()))
    for name, (new, own) in _OLD.get(record, {}).items():
        like = own if own is not None else _bare(properties[new])
        properties[name] = {**like, **_deprecated(name, new)}
        rules.append({"not": {"required": [name, new]}})
        if new in required:
            required.remove(new)
            rules.append({"anyOf": [{"required": [new]}, {"required": [name]}]})
    if record is Transform:
        properties["pipeline"] = _pipeline(properties["pipeline"])
    if record is Step:
        properties["condition"] = _condition(properties["condition"])
    changed = {**schema, "properties": properties}
    if required or "required" in schema:
        changed["required"] = required
    return {**changed, "allOf": rules} if rules else changed


def _bare(field: JsonObject) -> JsonObject:
    """A field's schema without what is said about it."""
    about = ("description", "markdownDescription", "default", "examples", "defaultSnippets")
    return {key: value for key, value in field.items() if key not in about}


def _deprecated(name: str, new: str) -> JsonObject:
    said = f"`{name}` is an old spelling of `{new}`."
    return {"description": said, "deprecated": True, "deprecationMessage": said, "doNotSuggest": True}


def _pipeline(field: JsonObject) -> JsonObject:
    """Operations of old names, and maps with the name of an operation in them."""
    named = next(each["properties"] for each in field["items"]["anyOf"] if "properties" in each)
    words = {"enum": list(OLD_OPERATIONS), "deprecationMessage": "Today `sort` and `distinct`."}
    renamed = {
        "type": "object",
        "properties": {was: {**named[now], **_deprecated(was, now)} for was, now in OLD_OPERATIONS.items()},
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
    inside = {
        "type": "object",
        "properties": {"operation": {"enum": [*named, *OLD_OPERATIONS]}},
        "required": ["operation"],
        "deprecationMessage": "`{operation: filter, …}` is an old spelling of `filter: {…}`.",
    }
    items = {**field["items"], "anyOf": [*field["items"]["anyOf"], words, renamed, inside]}
    return {**field, "items": items}


def _condition(field: JsonObject) -> JsonObject:
    """A condition that is an expression is an old spelling of its `if`."""
    said = "A condition that is an expression is an old spelling of `condition: {if: …}`."
    about = {key: value for key, value in field.items() if key not in _bare(field)}
    old = {"type": ["string", "boolean"], "deprecationMessage": said, "description": said}
    return {"anyOf": [_bare(field), old], **about}
