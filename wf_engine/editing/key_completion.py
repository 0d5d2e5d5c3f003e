"""Completion of keys: fields, inputs of what is called, keywords of schemas."""

from collections.abc import Iterator
from dataclasses import replace

from wf_engine.editing.called import called_contract
from wf_engine.editing.cursor import Cursor, Path
from wf_engine.editing.documentation import field_markdown, schema_description, schema_line
from wf_engine.editing.items import Item, Kind
from wf_engine.editing.key_ranking import by_evidence
from wf_engine.editing.name_completion import map_names
from wf_engine.editing.pipeline_completion import field_names, pipeline_keys
from wf_engine.editing.pipeline_shapes import ArgumentsOf, OneOperation
from wf_engine.editing.placeholder import WORD, Placed
from wf_engine.editing.snippets import step_snippets
from wf_engine.editing.wanted import wanted_type
from wf_engine.editing.yaml_words import yaml_word
from wf_engine.language import Fallback, FieldSpec, Record, Step, Target, shapes
from wf_engine.language.records import fields_of
from wf_engine.language.spellings import modern_name
from wf_engine.syntax import Map
from wf_engine.types import describe, properties, without_null

_FORMS = frozenset({"taskRef", "workflowRef", "transform", "switch", "tasks"})
_LIKELY = frozenset({"taskRef", "input", "condition", "dependsOn"})
_NESTED = (shapes.Obj, shapes.MapOf, shapes.Parameters, shapes.JsonSchema, shapes.StepList, shapes.ListOf)

_KEYWORDS = {
    "type": "What kind of value it is.",
    "description": "What it means.",
    "default": "The value where none is given.",
    "enum": "The values that are allowed.",
    "properties": "The properties of an object.",
    "items": "The items of a list.",
    "format": "Such as `email`, `date-time`, `uri`.",
    "pattern": "A regular expression that a text must match.",
    "minimum": "The smallest number.",
    "maximum": "The largest number.",
    "minLength": "The shortest text.",
    "maxLength": "The longest text.",
    "minItems": "The shortest list.",
    "maxItems": "The longest list.",
    "additionalProperties": "Whether other properties may be there.",
    "const": "The only value that is allowed.",
    "$ref": "The schema under `$defs` that is meant, as `#/$defs/NAME`.",
    "examples": "Values to show.",
}
_OF_NAMES = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas"})
_OF_SCHEMAS = frozenset({"items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"})
_OF_LISTS = frozenset({"anyOf", "oneOf", "allOf", "prefixItems"})


def key_items(cursor: Cursor, placed: Placed) -> Iterator[Item]:
    """The keys that may stand at the cursor and are not there yet."""
    found = _keys(cursor, placed)
    yield from found if placed.bare else by_evidence(cursor, found)


def _keys(cursor: Cursor, placed: Placed) -> Iterator[Item]:
    container = cursor.container
    present = _present(cursor)
    if container.record is not None:
        yield from _fields(container.record, present, placed)
    elif isinstance(container.shape, shapes.JsonSchema | shapes.Parameters):
        yield from _keywords(container.shape, container.inside, present, placed)
    elif isinstance(container.shape, OneOperation | ArgumentsOf):
        yield from pipeline_keys(container.shape, present, placed)
    elif called_contract(cursor) is not None and cursor.trail.path[-2:-1] == ("input",):
        yield from _inputs(cursor, present, placed)
    elif isinstance(container.shape, shapes.MapOf) and isinstance(container.shape.value, shapes.Path):
        yield from field_names(cursor, present, placed)
    elif isinstance(container.shape, shapes.MapOf) and (names := list(map_names(cursor, container.shape, present))):
        colon = ": " if placed.bare else ""
        yield from (replace(item, insert=f"{item.insert}{colon}") for item in names)
    else:
        yield from _properties(cursor, present, placed)


def _present(cursor: Cursor) -> set[str | None]:
    node = cursor.trail.crumbs[-1].container if cursor.trail.crumbs else None
    names = {pair.name for pair in node.pairs} - {WORD} if isinstance(node, Map) else set()
    record = cursor.container.record
    return names if record is None else {name and modern_name(record, name) for name in names}


def _fields(record: type[Record], present: set[str | None], placed: Placed) -> Iterator[Item]:
    if record is Step and not present and not placed.flow:
        yield from step_snippets()
    for spec in fields_of(record).values():
        if spec.name in present or (issubclass(record, Step | Target) and not _fits(record, spec.name, present)):
            continue
        text, snippet = _field_text(spec, placed)
        about = field_markdown(spec, record)
        rank = 0 if spec.required else 1 if spec.name in _LIKELY else 2
        yield Item(spec.name, Kind.FIELD, text, spec.shape.wanted, about, snippet, rank=rank)


def _fits(record: type[Record], name: str, present: set[str | None]) -> bool:
    """Whether a field goes with the form that a step or a target has already."""
    if name in _FORMS:
        return not present & _FORMS
    if name == "output":
        return "tasks" in present or (record is Fallback and not present & _FORMS)
    return name != "input" or "tasks" not in present


def _field_text(spec: FieldSpec, placed: Placed) -> tuple[str, str | None]:
    if not placed.bare:
        return spec.name, None
    if placed.flow:
        opened = {True: ("{}", "{$0}"), False: ("[]", "[$0]")}.get(isinstance(spec.shape, shapes.Obj | shapes.MapOf))
        if isinstance(spec.shape, _NESTED) and opened:
            return f"{spec.name}: {opened[0]}", f"{spec.name}: {opened[1]}"
        return f"{spec.name}: ", None
    if isinstance(spec.shape, shapes.StepList):
        return f"{spec.name}:", f"{spec.name}:\n  - id: $0"
    if isinstance(spec.shape, shapes.ListOf):
        return f"{spec.name}:", f"{spec.name}:\n  - $0"
    if isinstance(spec.shape, _NESTED):
        return f"{spec.name}:", f"{spec.name}:\n  {_first_key(spec.shape)}$0"
    return f"{spec.name}: ", None


def _first_key(shape: shapes.Shape) -> str:
    """The one key that a nested map must have, if it is one."""
    if not isinstance(shape, shapes.Obj):
        return ""
    required = [spec.name for spec in fields_of(shape.record).values() if spec.required]
    return f"{required[0]}: " if len(required) == 1 else ""


def _inputs(cursor: Cursor, present: set[str | None], placed: Placed) -> Iterator[Item]:
    """The inputs of what is called, of those that the cursor's map does not give yet."""
    contract = called_contract(cursor)
    if contract is None:
        return
    for name, schema in contract.inputs.items():
        if name not in present:
            required = name in contract.required
            about = schema_line(schema) + ("" if required else ", optional")
            colon = ": " if placed.bare else ""
            yield Item(
                name, Kind.PROPERTY, f"{name}{colon}", about, schema_description(schema), rank=0 if required else 1
            )


def _properties(cursor: Cursor, present: set[str | None], placed: Placed) -> Iterator[Item]:
    """The properties of the type that is wanted, such as those of an example's output."""
    wanted = wanted_type(cursor, cursor.trail.path[:-1])
    for name, found in properties(without_null(wanted)).items() if wanted is not None else ():
        if name not in present:
            about = describe(found.type) + ("" if found.required else ", optional")
            colon = ": " if placed.bare else ""
            yield Item(
                name,
                Kind.PROPERTY,
                f"{yaml_word(name)}{colon}",
                about,
                found.description or "",
                rank=not found.required,
            )


def _keywords(shape: shapes.Shape, inside: Path, present: set[str | None], placed: Placed) -> Iterator[Item]:
    parameters = isinstance(shape, shapes.Parameters)
    if parameters and not inside:
        return
    level = _level(inside[1:] if parameters else inside)
    if level != "schema":
        return
    required = "Whether it must be given." if parameters and len(inside) == 1 else "The properties that must be there."
    for name, about in {"type": _KEYWORDS["type"], "required": required, **_KEYWORDS}.items():
        if name not in present:
            nested = name in ("properties", "items") and not placed.flow
            colon = "" if not placed.bare else ":" if nested else ": "
            snippet = f"{name}:\n  $0" if nested and placed.bare else None
            yield Item(name, Kind.FIELD, f"{name}{colon}", "JSON Schema", about, snippet)


def _level(path: Path) -> str:
    """What stands at a path inside a JSON Schema: a `schema`, a map of `names`, a `list` of schemas, or a `value`."""
    level = "schema"
    for key in path:
        if level in ("names", "list"):
            level = "schema"
        elif level == "schema":
            level = (
                "names"
                if key in _OF_NAMES
                else "list"
                if key in _OF_LISTS
                else "schema"
                if key in _OF_SCHEMAS
                else "value"
            )
    return level
