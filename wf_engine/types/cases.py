"""A type as cases: which kinds of values it has, and the constraints on each, with combinations worked out.

What values of one case have in common is a conjunction of *clauses* (schemas without combinators). The cases together
hold every value of the type and perhaps more: of a source that is what proofs need; of a target `guards` and `exact`
say when a case holds no value too many.
"""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Final

from msgspec import Struct

from wf_engine.types.keywords import is_number
from wf_engine.types.model import Json, Type
from wf_engine.types.unevaluated import settled

ALL_KINDS: Final = frozenset({"null", "boolean", "integer", "fraction", "string", "array", "object"})
"""Disjoint, unlike those of JSON Schema: `fraction` is a number that is not whole."""

_MOST_CASES: Final = 64
_BY_NAME: Final = {"number": frozenset({"integer", "fraction"})}


class Clause(Struct, frozen=True):
    """A schema object whose combinators are ignored, in the type that gives its references a meaning."""

    schema: dict[str, Json]
    owner: Type


class Case(Struct, frozen=True):
    """Values of `kinds` (one of `values` where there are any) that satisfy all clauses and none of the guards.

    `named`: a schema says which kinds, they are not merely unrestricted. `exact`: nothing was left out.
    """

    kinds: frozenset[str] = ALL_KINDS
    values: tuple[Json, ...] | None = None
    clauses: tuple[Clause, ...] = ()
    guards: tuple[Type, ...] = ()
    named: bool = False
    exact: bool = True


def kind_of(value: Json) -> str:
    """Which of `ALL_KINDS` a JSON value is; 1.0 is an integer, as in JSON Schema."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    if is_number(value):
        return "integer" if value == int(value) else "fraction"
    return "array" if isinstance(value, list) else "object"


def same(left: Json, right: Json) -> bool:
    """Equality of JSON values: 1 is 1.0, and true is no number."""
    if kind_of(left) != kind_of(right):
        return False
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(value, right[key]) for key, value in left.items())
    return bool(left == right)


def cases_of(type_: Type) -> tuple[Case, ...]:
    """The cases of a type, worked out once; empty where it has no values."""
    if type_.cases is None:
        type_.cases = tuple(_expand(type_))
    return type_.cases


def constrains(clause: Clause, kind: str) -> bool:
    """Whether the clause says more of values of that kind than `type`, `enum` and `const` do."""
    return not clause.schema.keys().isdisjoint(_CONSTRAINTS.get(kind, ()))


_NUMERIC: Final = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})
_CONSTRAINTS: Final = {
    "integer": _NUMERIC,
    "fraction": _NUMERIC,
    "string": frozenset({"minLength", "maxLength", "pattern", "format"}),
    "array": frozenset({"items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems"}),
    "object": frozenset(
        {
            "properties",
            "patternProperties",
            "additionalProperties",
            "required",
            "minProperties",
            "maxProperties",
            "propertyNames",
            "dependentRequired",
            "dependentSchemas",
        }
    ),
}


def named_kinds(type_name: Json) -> frozenset[str]:
    """The kinds that a value of the keyword `type` names."""
    names = type_name if isinstance(type_name, list) else [type_name]
    return frozenset().union(*(_BY_NAME.get(name, frozenset({name})) for name in names))


def _expand(type_: Type) -> list[Case]:
    schema = type_.schema
    if isinstance(schema, bool):
        return [Case()] if schema else []
    cases = _own(schema, type_)
    if "$ref" in schema:
        cases = _meet(cases, cases_of(type_.target(schema["$ref"])))
    for part in schema.get("allOf", ()):
        cases = _meet(cases, cases_of(type_.at(part)))
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            cases = _meet(cases, list(_alternatives(schema[keyword], type_, exclusive=keyword == "oneOf")))
    if "if" in schema and ("then" in schema or "else" in schema):
        cases = _meet(cases, list(_branches(schema, type_)))
    return cases


def _own(schema: dict[str, Json], type_: Type) -> list[Case]:
    """What the schema says without its combinators, as at most one case."""
    kinds, named = ALL_KINDS, False
    guards: tuple[Type, ...] = ()
    if "type" in schema:
        kinds, named = named_kinds(schema["type"]), True
    if isinstance(schema.get("multipleOf"), int):
        kinds -= {"fraction"}
    values = _listed(schema)
    denied = schema.get("not")
    if isinstance(denied, dict) and denied.keys() == {"type"}:
        kinds -= named_kinds(denied["type"])
    elif denied is not None:
        guards = (type_.at(denied),)
    said, exact = settled(schema, type_)
    case = _narrow(Case(kinds, values, (Clause(said, type_),), guards, named or values is not None, exact))
    return [] if case is None else [case]


def _listed(schema: dict[str, Json]) -> tuple[Json, ...] | None:
    """The values that `const` and `enum` leave, None where neither is there."""
    if "const" in schema:
        value = schema["const"]
        return (value,) if "enum" not in schema or any(same(value, other) for other in schema["enum"]) else ()
    return tuple(schema["enum"]) if "enum" in schema else None


def _alternatives(parts: list[Json], type_: Type, *, exclusive: bool) -> Iterator[Case]:
    types = [type_.at(part) for part in parts]
    for index, alternative in enumerate(types):
        others = tuple(types[:index] + types[index + 1 :]) if exclusive else ()
        for case in cases_of(alternative):
            yield Case(case.kinds, case.values, case.clauses, case.guards + others, case.named, case.exact)


def _branches(schema: dict[str, Json], type_: Type) -> Iterator[Case]:
    test = type_.at(schema["if"])
    yield from _meet(cases_of(test), cases_of(type_.at(schema.get("then", True))))
    yield from _meet([Case(guards=(test,))], cases_of(type_.at(schema.get("else", True))))


def _meet(left: Iterable[Case], right: Iterable[Case]) -> list[Case]:
    """The cases that hold what is in both sides; where these are too many, the left ones, marked as inexact."""
    left, right = list(left), list(right)
    if len(left) * len(right) > max(_MOST_CASES, len(left), len(right)):
        return [Case(c.kinds, c.values, c.clauses, c.guards, c.named, exact=False) for c in left]
    return [case for pair in product(left, right) if (case := _both(*pair)) is not None]


def _both(left: Case, right: Case) -> Case | None:
    values = left.values
    if right.values is not None:
        values = right.values
        if left.values is not None:
            values = tuple(value for value in values if any(same(value, other) for other in left.values))
    return _narrow(
        Case(
            left.kinds & right.kinds,
            values,
            left.clauses + right.clauses,
            left.guards + right.guards,
            left.named or right.named,
            left.exact and right.exact,
        )
    )


def _narrow(case: Case) -> Case | None:
    """The case with kinds and values in step; None where nothing is left."""
    if case.values is None:
        return case if case.kinds else None
    values = tuple(value for value in case.values if kind_of(value) in case.kinds)
    kinds = frozenset(map(kind_of, values))
    return Case(kinds, values, case.clauses, case.guards, case.named, case.exact) if values else None
