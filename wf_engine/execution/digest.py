"""What a definition is recognised by: the hash of what it says, whatever way it is written."""

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from wf_engine.expressions import Expression, Template
from wf_engine.language import Record, TaskDocument, WorkflowDocument, fields_of
from wf_engine.transforms import JsonPath, Pipeline


def definition_hash(model: WorkflowDocument) -> str:
    """SHA-256 of the normalised definition: fields that are not written left out, keys in order."""
    return hashlib.sha256(normalised(model).encode()).hexdigest()


def normalised(model: WorkflowDocument | TaskDocument) -> str:
    """The definition as canonical JSON."""
    return msgspec.json.encode(_plain(model), order="sorted").decode()


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        written = ((spec.name, getattr(value, spec.attribute)) for spec in fields_of(type(value)).values())
        return {name: _plain(item) for name, item in written if item is not None}
    if isinstance(value, Template | Expression):
        return value.text
    if isinstance(value, Pipeline):
        return _plain(value.written)
    if isinstance(value, JsonPath):
        return value.text
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
