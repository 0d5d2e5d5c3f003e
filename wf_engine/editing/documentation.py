"""What there is to say about a field, a definition, a schema, a function or an operation, in a few lines of Markdown."""

import json
from collections.abc import Mapping
from typing import Any

from wf_engine.expressions import FUNCTIONS
from wf_engine.language import FieldSpec, Record, shapes
from wf_engine.transforms import Operation, Parameter
from wf_engine.types import describe, of_schema
from wf_engine.workspace import Contract


def field_markdown(spec: FieldSpec, record: type[Record] | None) -> str:
    """The documentation of a field."""
    facts = [spec.shape.wanted]
    if spec.required:
        facts.append("required")
    if spec.default is not None:
        facts.append(f"default `{_shown(spec.default)}`")
    lines = [f"**{spec.name}** — {', '.join(facts)}", "", spec.doc]
    if isinstance(spec.shape, shapes.Enum):
        lines += ["", *(f"- `{name}`: {about}" for name, about in spec.shape.values)]
    if spec.example:
        lines += ["", "```yaml", f"{spec.name}: {spec.example}", "```"]
    if record is not None and isinstance(spec.shape, shapes.Obj):
        lines += ["", (spec.shape.record.__doc__ or "").strip()]
    return "\n".join(lines)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def contract_markdown(contract: Contract) -> str:
    """A definition as its users need it."""
    kind = "task" if contract.key.kind == "WorkflowTask" else "workflow"
    version = f" {contract.key.version}" if contract.key.version else ""
    lines = [f"**{contract.key.name}**{version} — {kind}"]
    if contract.description:
        lines += ["", contract.description]
    if contract.deprecated:
        lines += ["", f"*Deprecated: {contract.deprecated}*"]
    if contract.method and contract.url:
        lines += ["", f"`{contract.method} {contract.url}`"]
    if contract.inputs:
        lines += ["", "Input:"]
        lines += [_input_line(contract, name, schema) for name, schema in contract.inputs.items()]
    if contract.output_schema is not True:
        lines += ["", f"Output: `{describe(contract.output_type)}`"]
    return "\n".join(lines)


def _input_line(contract: Contract, name: str, schema: Any) -> str:
    needed = "" if name in contract.required else " *(optional)*"
    about = schema_description(schema)
    return f"- `{name}`: {schema_line(schema)}{needed}{' — ' + about if about else ''}"


def schema_line(schema: Any) -> str:
    """A schema in a few words."""
    return describe(of_schema(schema)) if isinstance(schema, Mapping | bool) else "any"


def schema_description(schema: Any) -> str:
    """What a schema says of itself; empty where it says nothing."""
    text = schema.get("description") if isinstance(schema, Mapping) else None
    return text if isinstance(text, str) else ""


def operation_markdown(operation: Operation) -> str:
    """The documentation of an operation of pipelines."""
    lines = [f"**{operation.name}** — {operation.documentation}"]
    lines += ["", *(f"- {parameter_markdown(each)}" for each in operation.parameters)] if operation.parameters else []
    for example in operation.examples[:1]:
        written = operation.name if example.arguments is None else f"{operation.name}: {_json(example.arguments)}"
        lines += ["", f"```yaml\n- {written}\n```", f"`{_json(example.input)}` gives `{_json(example.output)}`"]
    return "\n".join(lines)


def parameter_markdown(parameter: Parameter) -> str:
    """An argument of an operation, in a line."""
    needed = "" if parameter.required else " *(optional)*"
    return f"`{parameter.name}`: {parameter.takes.wanted.rstrip(',')}{needed} — {parameter.documentation}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def function_markdown(name: str) -> str:
    """The documentation of a function."""
    function = FUNCTIONS[name]
    return f"```\n{function.signature}\n```\n{function.documentation}\n\nExample: `{function.example}`"
