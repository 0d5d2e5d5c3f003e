"""What others may rely on of a definition: its inputs, its output, and what they must know to call it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wf_engine.language import DefinitionKey, TaskDocument, WorkflowDocument, WorkflowSpec
from wf_engine.types import Type, apply_defaults, is_composed, of_schema, properties
from wf_engine.workspace.transform_output import output_schema_of


@dataclass(frozen=True)
class Contract:
    """The part of a definition that its users see. Equal contracts are interchangeable."""

    key: DefinitionKey
    input_schema: Any
    output_schema: Any
    makes_call: bool = True
    cached: bool = False
    """Whether its answer may come from memory."""
    deprecated: str | None = None
    description: str | None = None
    method: str | None = None
    url: str | None = None
    timeout: int | None = None
    """Milliseconds, where one is written: of an attempt of a task, of a whole run of a workflow."""
    webhooks: tuple[tuple[str, str], ...] = ()
    """The path and the method of every request that starts a workflow."""

    @cached_property
    def input_type(self) -> Type:
        """Type of the input."""
        return of_schema(self.input_schema)

    @cached_property
    def output_type(self) -> Type:
        """Type of the output."""
        return of_schema(self.output_schema)

    @cached_property
    def inputs(self) -> Mapping[str, Any]:
        """The schemas of the inputs by name, for people."""
        if is_composed(self.input_schema):
            return {name: each.type.schema for name, each in properties(self.input_type).items()}
        declared = self.input_schema.get("properties") if isinstance(self.input_schema, Mapping) else None
        return declared if isinstance(declared, Mapping) else {}

    @cached_property
    def required(self) -> tuple[str, ...]:
        """Inputs that a caller must give: required ones without a default."""
        schema = self.input_schema
        if not isinstance(schema, Mapping):
            return ()
        names = schema.get("required")
        needed = dict.fromkeys(names if isinstance(names, list | tuple) else ())
        if is_composed(schema):
            needed |= dict.fromkeys(name for name, each in properties(self.input_type).items() if each.required)
        filled = apply_defaults(self.input_type, {}) if needed else {}
        return tuple(name for name in needed if isinstance(name, str) and name not in filled)


def contract_of(key: DefinitionKey, model: WorkflowDocument | TaskDocument) -> Contract:
    """The contract of a definition; what is not written or could not be read allows anything."""
    spec = model.spec
    if isinstance(model, WorkflowDocument):
        return _of_workflow(key, model.spec or WorkflowSpec())
    task = model.spec
    if task is None or spec is None:
        return Contract(key, True, True)
    http = task.http
    url = getattr(http.url, "text", http.url) if http else None
    return Contract(
        key,
        True if task.input_schema is None else task.input_schema,
        output_schema_of(task),
        makes_call=task.type == "http",
        cached=task.cache is not None,
        deprecated=task.deprecated,
        description=task.description,
        method=http.method if http else None,
        url=url if isinstance(url, str) else None,
        timeout=task.timeout,
    )


def _of_workflow(key: DefinitionKey, spec: WorkflowSpec) -> Contract:
    return Contract(
        key,
        NO_INPUT if spec.input is None else spec.input,
        True,
        makes_call=False,
        description=spec.description,
        timeout=spec.timeout,
        webhooks=tuple(each for trigger in spec.triggers or () for each in trigger.requests),
    )


NO_INPUT: Mapping[str, Any] = {"type": "object", "properties": {}, "additionalProperties": False}
"""What a workflow takes that declares no input."""
