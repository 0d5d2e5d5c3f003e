"""Strings and numbers of a source against those of a target, and constraints that only identity decides."""

import json
from collections.abc import Iterator
from typing import Final

from wf_engine.types.bounds import range_of
from wf_engine.types.cases import Case
from wf_engine.types.model import Json
from wf_engine.types.relation import UNKNOWN, Relation, no

_DEMANDS: Final = {
    "string": (("pattern",), ("format",)),
    "array": (("contains", "minContains", "maxContains"), ("unevaluatedItems",)),
    "object": (("propertyNames",), ("dependentRequired",), ("dependentSchemas",), ("unevaluatedProperties",)),
}
"""By kind: keywords that are not looked into. The source must have the very same, those beside it included."""

_CONTEXTUAL: Final = frozenset({"unevaluatedItems", "unevaluatedProperties"})
"""Their meaning depends on the schemas around them, so that the same text is not the same constraint."""


def demands(source: Case, target: Case, kind: str) -> Iterator[Relation]:
    """Unknown for each opaque constraint of the target that the source does not repeat."""
    for group in _DEMANDS.get(kind, ()):
        wanted = _texts(target, group)
        if wanted - _texts(source, group) or (wanted and group[0] in _CONTEXTUAL):
            yield UNKNOWN


def sizes(source: Case, target: Case, kind: str, what: str) -> Iterator[Relation]:
    """What the ranges of a number, or of a size, say."""
    have, want = range_of(source, kind), range_of(target, kind)
    if have.apart(want):
        yield no(f"has {what} outside the range that is wanted")
    elif not have.within(want):
        yield UNKNOWN


def strings(source: Case, target: Case) -> Iterator[Relation]:
    """Strings against strings."""
    yield from sizes(source, target, "string", "a length")
    yield from demands(source, target, "string")


def numbers(source: Case, target: Case, kind: str) -> Iterator[Relation]:
    """Numbers against numbers; `kind` is `integer` or `fraction`."""
    yield from sizes(source, target, "number", "a value")
    steps = [clause.schema["multipleOf"] for clause in source.clauses if "multipleOf" in clause.schema]
    for clause in target.clauses:
        wanted = clause.schema.get("multipleOf")
        if wanted is not None and not _steps_fit(steps, wanted, kind):
            yield UNKNOWN


def _steps_fit(steps: list[Json], wanted: Json, kind: str) -> bool:
    if kind == "integer" and wanted == 1:
        return True
    return any(step == wanted or (_whole(step) and _whole(wanted) and step % wanted == 0) for step in steps)


def _whole(number: Json) -> bool:
    return isinstance(number, int)


def _texts(case: Case, group: tuple[str, ...]) -> set[str]:
    """What the clauses of a case say with a group of keywords, as JSON."""
    schemas = (clause.schema for clause in case.clauses if group[0] in clause.schema)
    return {json.dumps([schema.get(keyword) for keyword in group], sort_keys=True) for schema in schemas}
