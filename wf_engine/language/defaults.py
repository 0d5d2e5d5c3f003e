"""The defaults of fields, and records with their gaps filled (language §2: a step overrides the task field by field)."""

from typing import Any, TypeVar

from wf_engine.language.durations import duration_ms
from wf_engine.language.records import FieldSpec, Record, fields_of
from wf_engine.language.shapes import Duration

R = TypeVar("R", bound=Record)


def default_of(spec: FieldSpec) -> Any:
    """The value that holds where a field is not written, as reading would give it."""
    if isinstance(spec.shape, Duration) and isinstance(spec.default, str):
        return duration_ms(spec.default)
    return tuple(spec.default) if isinstance(spec.default, list) else spec.default


def default(record: type[Record], name: str) -> Any:
    """The default of the field called `name` in YAML."""
    return default_of(fields_of(record)[name])


def merged(record: type[R], *layers: R | None) -> R:
    """One record in which each field comes from the first layer that writes it, else from its default."""
    values = {}
    for spec in fields_of(record).values():
        given = (getattr(layer, spec.attribute) for layer in layers if layer is not None)
        first = next((value for value in given if value is not None), None)
        values[spec.attribute] = default_of(spec) if first is None else first
    return record(**values)
