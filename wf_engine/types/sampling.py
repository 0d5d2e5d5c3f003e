"""Example values of types. Deterministic: the same type and seed give the same value."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from wf_engine.types.bounds import least, most, range_of
from wf_engine.types.cases import Case, cases_of, kind_of, same
from wf_engine.types.lookup import all_of, case_item, case_property, prefix_length
from wf_engine.types.model import ANY, Json, Type
from wf_engine.types.patterns import texts
from wf_engine.types.scalar_samples import draw_number, draw_string
from wf_engine.types.validation import accepts

_DEEPEST: Final = 12
_DEEPEST_OPTIONAL: Final = 3
_MOST_STEPS: Final = 300
_VARIANTS: Final = 3
_MOST_TRIES: Final = 24
_MOST_ELEMENTS: Final = 64


class NoSampleError(Exception):
    """No value of the type was found."""


def sample(type_: Type, seed: int = 0) -> Json:
    """A value of the type, valid where that can be decided; another for another seed where there are several.

    `examples` and `default` come first where they are valid, and optional properties are filled in. Where no value
    is found, null.
    """
    for value in _candidates(type_, seed):
        if accepts(type_, value) is not False:
            return value
    return next(_Drawing().several(type_, seed, 0), None)


def draw(type_: Type, seed: int = 0) -> Json:
    """A small value of the type. Raises NoSampleError."""
    return _Drawing().of_type(type_, seed, 0)


def draw_kind(case: Case, kind: str, seed: int) -> Json:
    """A small value of one kind of a case. Raises NoSampleError."""
    return _Drawing().of_kind(case, kind, seed, 0)


def draw_object(
    case: Case, seed: int, fixed: Mapping[str, Json] | None = None, *, omit: str | None = None, also: str | None = None
) -> dict[str, Json]:
    """An object of a case with the `fixed` properties, `also` with one that is optional, without `omit`."""
    return _Drawing().of_object(case, seed, 0, fixed, omit=omit, also=also)


def draw_array(case: Case, seed: int, fixed: Mapping[int, Json] | None = None) -> list[Json]:
    """A list of a case with the `fixed` elements in their places."""
    return _Drawing().of_array(case, seed, 0, fixed)


class _Drawing:
    """One value in the making; `full` fills in what is optional. What takes too many steps has no sample."""

    def __init__(self, *, full: bool = False) -> None:
        self._full = full
        self._left = _MOST_STEPS

    def of_type(self, type_: Type, seed: int, depth: int) -> Json:
        """A value of the type, looked for among several where its cases exclude one another."""
        tries = self.several(type_, seed, depth)
        first = next(tries, _MISSING)
        if first is _MISSING:
            raise NoSampleError
        if all(case.exact and not case.guards for case in cases_of(type_)) or accepts(type_, first) is not False:
            return first
        return next((value for value in islice(tries, _MOST_TRIES) if accepts(type_, value) is not False), first)

    def several(self, type_: Type, seed: int, depth: int) -> Iterator[Json]:
        """Values of every case and kind in turn, the likeliest first, then the same with other seeds."""
        choices = [(case, kind) for case in cases_of(type_) for kind in _likely(case)]
        choices.sort(key=lambda choice: choice[1] == "null")
        count = len(choices)
        for further in range(_VARIANTS):
            for offset in range(count):
                choice = choices[(seed + offset) % count]
                if choice is _BARREN:
                    continue
                try:
                    yield self.of_kind(*choice, seed // count + further, depth)
                except NoSampleError:
                    choices[(seed + offset) % count] = _BARREN

    def of_kind(self, case: Case, kind: str, seed: int, depth: int) -> Json:
        if case.values is not None:
            values = [value for value in case.values if kind_of(value) == kind]
            return values[seed % len(values)]
        if kind == "object":
            return self.of_object(case, seed, depth)
        if kind == "array":
            return self.of_array(case, seed, depth)
        if kind == "string":
            return draw_string(case, seed)
        if kind == "boolean":
            return seed % 2 == 0
        return None if kind == "null" else draw_number(case, kind, seed)

    def of_object(
        self,
        case: Case,
        seed: int,
        depth: int,
        fixed: Mapping[str, Json] | None = None,
        *,
        omit: str | None = None,
        also: str | None = None,
    ) -> dict[str, Json]:
        self._step(depth)
        value: dict[str, Json] = dict(fixed or {})
        for name in _required(case, [*value, *([also] if also else ())]):
            if name not in value and name != omit:
                value[name] = self.of_type(case_property(case, name).type, seed, depth + 1)
        if self._full and depth < _DEEPEST_OPTIONAL:
            self._fill(case, seed, depth, value)
        smallest = least(range_of(case, "object"))
        for name in self._further_names(case, smallest, depth) if smallest else ():
            if len(value) >= smallest:
                break
            if name not in value and name != omit and case_property(case, name).status != "forbidden":
                value[name] = self.of_type(case_property(case, name).type, seed, depth + 1)
        return value

    def _further_names(self, case: Case, count: int, depth: int) -> Iterator[str]:
        """Names of properties that are not required: declared ones, ones for patterns, then any."""
        for clause in case.clauses:
            yield from clause.schema.get("properties", ())
            for pattern in clause.schema.get("patternProperties", ()):
                yield from islice(texts(pattern, 0), 1)
            allowed = clause.owner.at(clause.schema.get("propertyNames", True))
            for number in range(min(count, _MOST_ELEMENTS) if allowed is not ANY else 0):
                name = self.of_type(allowed, number, depth + 1)
                if isinstance(name, str):
                    yield name
        yield from (f"key{number}" for number in range(1, min(count, _MOST_ELEMENTS) + 1))

    def _fill(self, case: Case, seed: int, depth: int, value: dict[str, Json]) -> None:
        """Adds the optional properties that there is room for."""
        names = [name for clause in case.clauses for name in clause.schema.get("properties", ())]
        largest = most(range_of(case, "object"))
        for name in names:
            if name in value or case_property(case, name).status == "forbidden":
                continue
            if largest is not None and len(value) >= largest:
                return
            try:
                value[name] = self.of_type(case_property(case, name).type, seed, depth + 1)
            except NoSampleError:
                continue

    def of_array(self, case: Case, seed: int, depth: int, fixed: Mapping[int, Json] | None = None) -> list[Json]:
        self._step(depth)
        fixed = fixed or {}
        size = range_of(case, "array")
        needed = max(least(size), max(fixed, default=-1) + 1, *_contained(case))
        wanted = (prefix_length(case) or 1) if self._full and depth < _DEEPEST_OPTIONAL else 0
        largest = most(size)
        elements: list[Json] = []
        for index in range(min(max(needed, wanted), _MOST_ELEMENTS)):
            if index >= needed and largest is not None and index >= largest:
                break
            try:
                elements.append(fixed[index] if index in fixed else self._element(case, index, elements, seed, depth))
            except NoSampleError:
                if index < needed:
                    raise
                break
        return elements

    def _element(self, case: Case, index: int, before: list[Json], seed: int, depth: int) -> Json:
        contained = [c.owner.at(c.schema["contains"]) for c in case.clauses if "contains" in c.schema]
        type_ = all_of([case_item(case, index), *(contained if index < max(_contained(case)) else ())])
        unique = any(clause.schema.get("uniqueItems") is True for clause in case.clauses)
        value = self.of_type(type_, seed, depth + 1)
        for attempt in range(1, index + 3):
            if not unique or not any(same(value, other) for other in before):
                break
            value = self.of_type(type_, seed + attempt, depth + 1)
        return value

    def _step(self, depth: int) -> None:
        self._left -= 1
        if depth > _DEEPEST or self._left < 0:
            raise NoSampleError


def _contained(case: Case) -> list[int]:
    """How many elements each `contains` asks for; always at least one number."""
    return [0, *(int(c.schema.get("minContains", 1)) for c in case.clauses if "contains" in c.schema)]


_MISSING: Final = object()
_BARREN: Final = (Case(), "")


def _candidates(type_: Type, seed: int) -> Iterator[Json]:
    schema = type_.schema
    if isinstance(schema, dict):
        examples = schema.get("examples", [])
        yield from (examples[(seed + offset) % len(examples)] for offset in range(len(examples)))
        if "default" in schema:
            yield schema["default"]
    yield from _Drawing(full=True).several(type_, seed, 0)
    yield from _Drawing().several(type_, seed, 0)
    yield from ({}, [], "", 0, False, None)


_KIND_KEYWORDS: Final = {
    "object": {"properties", "required", "additionalProperties", "patternProperties", "minProperties"},
    "array": {"items", "prefixItems", "minItems", "contains"},
    "string": {"minLength", "maxLength", "pattern", "format"},
    "integer": {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"},
}
_ORDER: Final[tuple[str, ...]] = ("object", "array", "string", "integer", "fraction", "boolean", "null")


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
            dependent = clause.schema.get("dependentSchemas", {}).get(name)
            asked = [*clause.schema.get("dependentRequired", {}).get(name, ())]
            asked += dependent.get("required", ()) if isinstance(dependent, dict) else ()
            further = [other for other in asked if other not in found]
            found.update(dict.fromkeys(further))
            pending += further
    return list(found)
