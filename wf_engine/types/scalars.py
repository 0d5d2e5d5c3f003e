"""Strings and numbers of a source against those of a target; patterns and formats are decided by identity alone."""

import json
from collections.abc import Iterator

from wf_engine.types.bounds import Range, range_of
from wf_engine.types.cases import Case, Clause
from wf_engine.types.model import Json
from wf_engine.types.relation import UNKNOWN, Relation, no


def repeats(source: Case, clause: Clause, *keywords: str) -> bool:
    """Whether some clause of the source says the very same with these keywords; the names of references are unique."""
    wanted = canonical_text([clause.schema.get(keyword) for keyword in keywords])
    return any(wanted == canonical_text([each.schema.get(word) for word in keywords]) for each in source.clauses)


def canonical_text(value: Json) -> str:
    """A JSON value as text, the same for no other; true is not 1 there, as it is in Python."""
    return json.dumps(value, sort_keys=True)


def sizes(have: Range, want: Range, what: str) -> Iterator[Relation]:
    """What the ranges of a number, or of a size, say."""
    if have.apart(want):
        yield no(f"has {what} outside the range that is wanted")
    elif not have.within(want):
        yield UNKNOWN


def strings(source: Case, target: Case) -> Iterator[Relation]:
    """Strings against strings."""
    yield from sizes(range_of(source, "string"), range_of(target, "string"), "a length")
    for clause in target.clauses:
        for keyword in ("pattern", "format"):
            if keyword in clause.schema and not repeats(source, clause, keyword):
                yield UNKNOWN


def numbers(source: Case, target: Case, kind: str) -> Iterator[Relation]:
    """Numbers against numbers; `kind` is `integer` or `fraction`."""
    yield from sizes(range_of(source, "number"), range_of(target, "number"), "a value")
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
