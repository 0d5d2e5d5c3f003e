"""Example values of types. Deterministic: the same type and seed give the same value."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from wf_engine.types.bounds import least, most, range_of
from wf_engine.types.cases import Case, cases_of, kind_of, same
from wf_engine.types.lookup import case_item, case_property, prefix_length
from wf_engine.types.model import Json, Type
from wf_engine.types.scalar_samples import draw_number, draw_string
from wf_engine.types.validation import accepts

_DEEPEST: Final = 12
_MOST_TRIES: Final = 24
_MOST_ELEMENTS: Final = 64


class NoSampleError(Exception):
    """No value of the type was found."""


def sample(type_: Type, seed: int = 0) -> Json:
    """A value of the type, valid where that can be decided; another for another seed where there are several.

    `examples` and `default` come first where they are valid, and optional properties are filled in. Where no value
    is found, null.
    """
    first: Json = None
    for attempt, value in enumerate(islice(_candidates(type_, seed), _MOST_TRIES)):
        if accepts(type_, value) is not False:
            return value
        if attempt == 0:
            first = value
    return first


def draw(type_: Type, seed: int = 0, depth: int = 0, *, full: bool = False) -> Json:
    """A value of the type; `full` fills in what is optional. Valid alone where cases do not exclude one another.

    Raises NoSampleError.
    """
    tries = iter(_drawn(type_, seed, depth, full=full))
    first = next(tries, _MISSING)
    if first is _MISSING:
        raise NoSampleError
    if all(case.exact and not case.guards for case in cases_of(type_)) or accepts(type_, first) is not False:
        return first
    return next((value for value in islice(tries, _MOST_TRIES) if accepts(type_, value) is not False), first)


def draw_kind(case: Case, kind: str, seed: int, depth: int = 0, *, full: bool = False) -> Json:
    """A value of one kind of a case. Raises NoSampleError."""
    if case.values is not None:
        values = [value for value in case.values if kind_of(value) == kind]
        if not values:
            raise NoSampleError
        return values[seed % len(values)]
    if kind == "object":
        return draw_object(case, seed, depth=depth, full=full)
    if kind == "array":
        return draw_array(case, seed, depth=depth, full=full)
    if kind == "string":
        return draw_string(case, seed)
    if kind == "boolean":
        return seed % 2 == 0
    return None if kind == "null" else draw_number(case, kind, seed)


def draw_object(
    case: Case,
    seed: int,
    fixed: Mapping[str, Json] | None = None,
    *,
    omit: str | None = None,
    also: str | None = None,
    depth: int = 0,
    full: bool = False,
) -> dict[str, Json]:
    """An object of a case with the `fixed` properties, `also` with one that is optional, without `omit`."""
    if depth > _DEEPEST:
        raise NoSampleError
    value: dict[str, Json] = dict(fixed or {})
    for name in _required(case, [*value, *([also] if also else ())]):
        if name not in value and name != omit:
            value[name] = draw(case_property(case, name).type, seed, depth + 1, full=full)
    if full:
        value |= _optional(case, seed, depth, value, omit)
    for name in _fillers(case, len(value)):
        if name not in value and name != omit:
            value[name] = draw(case_property(case, name).type, seed, depth + 1)
    return value


def draw_array(
    case: Case, seed: int, fixed: Mapping[int, Json] | None = None, *, depth: int = 0, full: bool = False
) -> list[Json]:
    """A list of a case with the `fixed` elements in their places."""
    if depth > _DEEPEST:
        raise NoSampleError
    fixed = fixed or {}
    size = range_of(case, "array")
    length = max(least(size), max(fixed, default=-1) + 1, (prefix_length(case) or 1) if full else 0)
    if any("contains" in clause.schema for clause in case.clauses):
        length = max(length, 1)
    elements: list[Json] = []
    for index in range(min(length, _MOST_ELEMENTS)):
        if index in fixed:
            elements.append(fixed[index])
        elif full and index >= least(size) and (depth > _DEEPEST // 4 or index >= (most(size) or length)):
            break
        else:
            elements.append(_element(case, index, elements, seed, depth, full=full))
    return elements


def _element(case: Case, index: int, before: list[Json], seed: int, depth: int, *, full: bool) -> Json:
    contained = [clause.owner.at(clause.schema["contains"]) for clause in case.clauses if "contains" in clause.schema]
    wanted = [*contained[index : index + 1], case_item(case, index)]
    unique = any(clause.schema.get("uniqueItems") is True for clause in case.clauses)
    for attempt in range(index + 3 if unique else 1):
        value = draw(wanted[0], seed + attempt, depth + 1, full=full)
        if not (unique and any(same(value, other) for other in before)):
            break
    return value


_MISSING: Final = object()


def _candidates(type_: Type, seed: int) -> Iterator[Json]:
    schema = type_.schema
    if isinstance(schema, dict):
        examples = schema.get("examples", [])
        yield from (examples[(seed + offset) % len(examples)] for offset in range(len(examples)))
        if "default" in schema:
            yield schema["default"]
    yield from _drawn(type_, seed, 0, full=True)
    yield from _drawn(type_, seed, 0, full=False)


def _drawn(type_: Type, seed: int, depth: int, *, full: bool) -> Iterator[Json]:
    """Values of every case and kind in turn, the likeliest first, then the same with other seeds."""
    choices = [(case, kind) for case in cases_of(type_) for kind in _likely(case)]
    choices.sort(key=lambda choice: choice[1] == "null")
    for further in range(3):
        for offset in range(len(choices)):
            case, kind = choices[(seed + offset) % len(choices)]
            try:
                yield draw_kind(case, kind, seed // max(len(choices), 1) + further, depth, full=full)
            except NoSampleError:
                continue


_KIND_KEYWORDS: Final = {
    "object": {"properties", "required", "additionalProperties", "patternProperties", "minProperties"},
    "array": {"items", "prefixItems", "minItems", "contains"},
    "string": {"minLength", "maxLength", "pattern", "format"},
    "integer": {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"},
}
_ORDER: Final = ("object", "array", "string", "integer", "fraction", "boolean", "null")


def _likely(case: Case) -> list[str]:
    """The kinds worth trying: all where the schema names them, else those whose keywords it uses."""
    if case.named:
        return [kind for kind in _ORDER if kind in case.kinds]
    used = {keyword for clause in case.clauses for keyword in clause.schema}
    likely = [kind for kind in _ORDER if kind in case.kinds and used & _KIND_KEYWORDS.get(kind, set())]
    return likely or [kind for kind in ("string", *_ORDER) if kind in case.kinds]


def _required(case: Case, names: list[str]) -> list[str]:
    """The names and the required ones, with what these in turn require."""
    found = dict.fromkeys(names)
    found.update(dict.fromkeys(name for clause in case.clauses for name in clause.schema.get("required", ())))
    pending = list(found)
    while pending:
        name = pending.pop()
        for clause in case.clauses:
            further = [n for n in clause.schema.get("dependentRequired", {}).get(name, ()) if n not in found]
            found.update(dict.fromkeys(further))
            pending += further
    return list(found)


def _optional(case: Case, seed: int, depth: int, value: dict[str, Json], omit: str | None) -> dict[str, Json]:
    if depth > _DEEPEST // 4:
        return {}
    names = [name for clause in case.clauses for name in clause.schema.get("properties", ())]
    room = (most(range_of(case, "object")) or len(value) + len(names)) - len(value)
    found: dict[str, Json] = {}
    for name in names:
        if name in value or name == omit or len(found) >= room or case_property(case, name).status == "forbidden":
            continue
        try:
            found[name] = draw(case_property(case, name).type, seed, depth + 1, full=True)
        except NoSampleError:
            continue
    return found


def _fillers(case: Case, count: int) -> Iterator[str]:
    """Names of properties that are not required, as many as the smallest size asks for."""
    missing = least(range_of(case, "object")) - count
    if missing <= 0:
        return
    declared = [name for clause in case.clauses for name in clause.schema.get("properties", ())]
    names = [*dict.fromkeys(declared), *(f"key{number}" for number in range(1, missing + 1))]
    yield from (name for name in names if case_property(case, name).status != "forbidden")
