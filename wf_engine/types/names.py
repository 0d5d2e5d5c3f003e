"""Which properties objects have: how many, under which names, and which with which others."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from wf_engine.types.bounds import Bound, Range, range_of
from wf_engine.types.cases import Case, Clause
from wf_engine.types.lookup import case_property
from wf_engine.types.model import Json, Type
from wf_engine.types.relation import UNKNOWN, Answer, Relation, no, partly
from wf_engine.types.sampling import draw_object
from wf_engine.types.scalars import canonical_text, repeats
from wf_engine.types.validation import accepts

Relate: TypeAlias = Callable[[Type, Type], Relation]


def required_names(case: Case) -> set[str]:
    """The properties that are always there."""
    return {name for clause in case.clauses for name in clause.schema.get("required", ())}


def possible_names(case: Case) -> set[str] | None:
    """The properties that may be there, None where they may have any name."""
    closed = [clause for clause in case.clauses if clause.schema.get("additionalProperties") is False]
    closed = [clause for clause in closed if not clause.schema.get("patternProperties")]
    if not closed:
        return None
    names = set.intersection(*[set(clause.schema.get("properties", ())) for clause in closed])
    return {name for name in names if case_property(case, name).status != "forbidden"}


def count_of(case: Case) -> Range:
    """How many properties there are, by the keywords for it and by the names that there must and may be."""
    said, names, required = range_of(case, "object"), possible_names(case), len(required_names(case))
    low = max((end for end in (said.low, Bound(required, open=False) if required else None) if end), default=None)
    high = min(
        (end for end in (said.high, None if names is None else Bound(len(names), open=False)) if end), default=None
    )
    return Range(low, high)


def naming(source: Case, target: Case, relate: Relate) -> Iterator[Relation]:
    """What the target says with `propertyNames`, `dependentRequired` and `dependentSchemas`."""
    for clause in target.clauses:
        if "propertyNames" in clause.schema and not repeats(source, clause, "propertyNames"):
            yield from _names(source, clause, relate)
        for name, others in clause.schema.get("dependentRequired", {}).items():
            yield from _companions(source, name, others)
        for name, schema in clause.schema.get("dependentSchemas", {}).items():
            yield from _dependent(source, name, schema)


def _names(source: Case, clause: Clause, relate: Relate) -> Iterator[Relation]:
    wanted, possible = clause.owner.at(clause.schema["propertyNames"]), possible_names(source)
    for name in sorted(required_names(source)):
        if accepts(wanted, name) is False:
            yield no("is a property that is not allowed", lambda seed: draw_object(source, seed), (name,), by_kind=True)
    if possible is not None:
        if any(accepts(wanted, name) is not True for name in possible):
            yield UNKNOWN
        return
    said = [each.owner.at(each.schema["propertyNames"]) for each in source.clauses if "propertyNames" in each.schema]
    if not any(relate(have, wanted).answer is Answer.YES for have in said):
        yield UNKNOWN


def _companions(source: Case, name: str, others: list[str]) -> Iterator[Relation]:
    """Where the one property is there, so are the others."""
    have = case_property(source, name).status
    if have == "forbidden":
        return
    known = {
        other
        for clause in source.clauses
        for other in (*clause.schema.get("required", ()), *clause.schema.get("dependentRequired", {}).get(name, ()))
    }
    for other in others:
        if other in known or other == name:
            continue
        if have != "required":
            yield UNKNOWN
        elif case_property(source, other).status == "forbidden":
            yield no(f"lacks the required property `{other}`", lambda seed: draw_object(source, seed), by_kind=True)
        else:
            yield partly(f"may lack the required property `{other}`", _without(source, other))


def _without(source: Case, name: str) -> Callable[[int], Json]:
    return lambda seed: draw_object(source, seed, omit=name)


def _dependent(source: Case, name: str, schema: Json) -> Iterator[Relation]:
    if isinstance(schema, dict) and schema.keys() == {"required"}:
        yield from _companions(source, name, schema["required"])
    elif schema is not True and case_property(source, name).status != "forbidden":
        said = [
            each.schema["dependentSchemas"].get(name) for each in source.clauses if "dependentSchemas" in each.schema
        ]
        if canonical_text(schema) not in map(canonical_text, said):
            yield UNKNOWN
