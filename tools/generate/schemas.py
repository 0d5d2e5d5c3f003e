"""schemas/: JSON Schemas (draft-07, as editors read them) of the kinds, from the models in `wf_engine.language`."""

import json
from typing import Any

from wf_engine.language import Record, Step, TaskDocument, WorkflowDocument, default, fields_of, shapes

_TITLES = {WorkflowDocument: "Workflow", TaskDocument: "WorkflowTask"}
_DURATION = r"^[0-9]+(ms|s|m|h)$"
_README = """# JSON Schemas

For editors that have the YAML extension alone, and for SchemaStore. They are generated from the models of the language
(`make generate`) and say what a JSON Schema can say: fields, types, words, patterns. Names, types of expressions and
everything that takes two documents to see is the language server's.

| file | for |
|---|---|
| workflow.schema.json | `*.workflow.yaml`: documents of kind Workflow |
| workflowtask.schema.json | `*.task.yaml`: documents of kind WorkflowTask |

In a file: `# yaml-language-server: $schema=../schemas/workflow.schema.json`.
"""


class _Writer:
    """Collects the definitions that a schema refers to."""

    def __init__(self) -> None:
        self.definitions: dict[str, Any] = {}

    def document(self, record: type[Record]) -> dict[str, Any]:
        """The schema of a kind."""
        body = self.record(record)
        body["properties"]["kind"] = {**body["properties"]["kind"], "enum": [_TITLES[record]]}
        head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": _TITLES[record]}
        return {**head, **body, "definitions": dict(sorted(self.definitions.items()))}

    def record(self, record: type[Record]) -> dict[str, Any]:
        """The schema of a record; what it does not name is not allowed."""
        properties = {}
        for name, spec in fields_of(record).items():
            described = {**self.shape(spec.shape), "description": spec.doc, "markdownDescription": _markdown(spec)}
            fallback = default(record, name)
            if fallback is not None and not isinstance(spec.shape, shapes.Duration):
                described["default"] = list(fallback) if isinstance(fallback, tuple) else fallback
            elif spec.default is not None:
                described["default"] = spec.default
            properties[name] = described
        required = [name for name, spec in fields_of(record).items() if spec.required]
        body = {"type": "object", "description": (record.__doc__ or "").strip(), "properties": properties}
        return {**body, **({"required": required} if required else {}), "additionalProperties": False}

    def reference(self, record: type[Record]) -> dict[str, Any]:
        """A reference to the definition of a record."""
        name = record.__name__
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = self.record(record)
        return {"allOf": [{"$ref": f"#/definitions/{name}"}]}

    def shape(self, shape: shapes.Shape) -> dict[str, Any]:
        """The schema of what may stand in a field."""
        match shape:
            case shapes.Obj(record=record):
                return self.reference(record)
            case shapes.StepList():
                return {"type": "array", "minItems": 1, "items": self.reference(Step)}
            case shapes.ListOf(item=item, minimum=minimum):
                return {"type": "array", "items": self.shape(item), **({"minItems": minimum} if minimum else {})}
            case shapes.MapOf(value=value):
                return {"type": "object", "additionalProperties": self.shape(value)}
            case shapes.Enum():
                return {"enum": list(shape.names), "markdownEnumDescriptions": [about for _, about in shape.values]}
            case shapes.Str(pattern=pattern, max_length=longest):
                limits = {"pattern": pattern} if pattern else {}
                return {"type": "string", **limits, **({"maxLength": longest} if longest else {})}
            case shapes.Int(minimum=low, maximum=high):
                return {"type": "integer", **_bounds(low, high)}
            case shapes.Number(minimum=low):
                return {"type": "number", **_bounds(low, None)}
            case _:
                return _plain(shape)


def _bounds(low: float | None, high: float | None) -> dict[str, Any]:
    return {**({"minimum": low} if low is not None else {}), **({"maximum": high} if high is not None else {})}


def _plain(shape: shapes.Shape) -> dict[str, Any]:
    match shape:
        case shapes.Bool():
            return {"type": "boolean"}
        case shapes.Duration():
            return {"type": "string", "pattern": _DURATION}
        case shapes.StatusCode():
            return {
                "anyOf": [
                    {"type": "integer", "minimum": 100, "maximum": 599},
                    {"type": "string", "pattern": "^[1-5]([0-9][0-9]|xx)$"},
                ]
            }
        case shapes.Ref() | shapes.StepId():
            return {"type": "string"}
        case shapes.Parameters() | shapes.Tree(only="map"):
            return {"type": "object"}
        case shapes.Tree(only="string"):
            return {"type": "string"}
        case shapes.JsonSchema():
            return {"type": ["object", "boolean"]}
        case _:
            return {}


def _markdown(spec: Any) -> str:
    example = f"\n\n```yaml\n{spec.name}: {spec.example}\n```" if spec.example else ""
    return f"{spec.doc}{example}"


def render() -> dict[str, str]:
    """The files."""
    files = {"schemas/README.md": _README}
    for record, title in _TITLES.items():
        text = json.dumps(_Writer().document(record), indent=2, ensure_ascii=False)
        files[f"schemas/{title.lower()}.schema.json"] = text + "\n"
    return files
