"""Records: the kinds of the language as immutable classes whose fields carry their name, shape and documentation.

A field that is not written is None; `defaults.merged` lays the defaults under what was written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

from wf_engine.language.shapes import Shape
from wf_engine.syntax.nodes import Map


@dataclass(frozen=True, eq=False, kw_only=True)
class Record:
    """Base of all records. `node` is where it stands in the text."""

    node: Map | None = None
    allows_more: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field as its users see it."""

    name: str
    attribute: str
    shape: Shape
    doc: str
    default: Any
    required: bool
    example: str | None


def written(
    name: str, shape: Shape, doc: str, *, default: Any = None, required: bool = False, example: str | None = None
) -> Any:
    """Declares a field. `default` is what holds where it is not written, in the spelling of the language."""
    return field(
        default=None,
        metadata={
            "name": name,
            "shape": shape,
            "doc": doc,
            "default": default,
            "required": required,
            "example": example,
        },
    )


_FIELDS: dict[type[Record], Mapping[str, FieldSpec]] = {}


def fields_of(record: type[Record]) -> Mapping[str, FieldSpec]:
    """The fields of a record by the name they have in YAML, in the order of the documentation."""
    known = _FIELDS.get(record)
    if known is None:
        known = _FIELDS[record] = _declared(record)
    return known


_REQUIRED: dict[type[Record], tuple[FieldSpec, ...]] = {}


def required_of(record: type[Record]) -> tuple[FieldSpec, ...]:
    """The fields that have to be written."""
    known = _REQUIRED.get(record)
    if known is None:
        known = _REQUIRED[record] = tuple([spec for spec in fields_of(record).values() if spec.required])
    return known


def _declared(record: type[Record]) -> Mapping[str, FieldSpec]:
    specs = [FieldSpec(attribute=f.name, **f.metadata) for f in fields(record) if "shape" in f.metadata]
    return {spec.name: spec for spec in specs}
