"""Whether a value of one type may go where another is wanted (language §6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from wf_engine.types.arrays import arrays
from wf_engine.types.cases import Case, cases_of, constrains, kind_of, same
from wf_engine.types.construction import is_any, literal, names_of
from wf_engine.types.messages import noun, phrase
from wf_engine.types.model import Json, Type
from wf_engine.types.objects import constants, objects
from wf_engine.types.relation import (
    NO_WITNESS,
    UNKNOWN,
    YES,
    Answer,
    Assignability,
    Relation,
    Witness,
    all_facts,
    no,
    partly,
)
from wf_engine.types.sampling import NoSampleError, draw, draw_kind
from wf_engine.types.scalars import numbers, strings
from wf_engine.types.validation import accepts, validate

_MOST_STEPS: Final = 5_000
_DEEPEST: Final = 40
_SEEDS: Final = 4


@lru_cache(maxsize=4096)
def assignable(source: Type, target: Type) -> Assignability:
    """Whether values of `source` fit `target`.

    YES: every one does. NO: none does. PARTLY: by kind, some do not: null, a kind that the target lacks, a required
    property that the source may lack. UNKNOWN: nothing is proven, or only value constraints differ. NO and PARTLY are
    said only with a witness that was validated against both.
    """
    try:
        found = _Comparison().relate(source, target)
    except _GaveUpError:
        return Assignability(Answer.UNKNOWN)
    if found.answer in (Answer.YES, Answer.UNKNOWN):
        return Assignability(found.answer)
    for value in _witnesses(found, source):
        if accepts(source, value) is True and accepts(target, value) is False:
            return Assignability(found.answer, found.path, found.reason, value)
    return Assignability(Answer.UNKNOWN)


def _witnesses(found: Relation, source: Type) -> Iterator[Json]:
    makers: list[Witness] = [found.witness] if found.witness else []
    if found.answer is Answer.NO:
        makers.append(lambda seed: draw(source, seed))
    for make in makers:
        for seed in range(_SEEDS):
            try:
                yield make(seed)
            except NoSampleError:
                break


@dataclass(frozen=True, slots=True)
class _Atom:
    """The values of one kind of a case of a source; a single one where the case lists them."""

    case: Case
    kind: str
    source: Type

    def value(self) -> Json:
        return self.case.values[0] if self.case.values else NO_WITNESS

    def witness(self, seed: int) -> Json:
        return draw_kind(self.case, self.kind, seed)


class _GaveUpError(Exception):
    """The answer would take longer than an editor can wait."""


class _Comparison:
    """One question being answered: what is assumed meanwhile, what was found, and how much work is left."""

    def __init__(self) -> None:
        self._assumed: dict[tuple[Type, Type], int] = {}
        self._found: dict[tuple[Type, Type], Relation] = {}
        self._left = _MOST_STEPS
        self._level = 0
        self._depth = 0
        self._uses = 0
        self._constants: dict[int, tuple[Case, dict[str, tuple[Json, bool]]]] = {}

    def relate(self, source: Type, target: Type) -> Relation:
        """Every value of the source against the target.

        Where the question comes up inside itself the answer is assumed to be YES: values are finite, so that a
        difference would show at some depth. Not so across a `guard`, where a YES would be evidence against.
        """
        self._step()
        if is_any(target) or source == target:
            return YES
        if is_any(source):
            return UNKNOWN
        pair = (source, target)
        if pair in self._found:
            return self._found[pair]
        if pair in self._assumed:
            self._uses += 1
            return YES if self._assumed[pair] == self._level else UNKNOWN
        if self._depth > _DEEPEST:
            self._uses += 1
            return UNKNOWN
        uses = self._uses
        self._assumed[pair] = self._level
        self._depth += 1
        found = self._joined(source, target)
        self._depth -= 1
        del self._assumed[pair]
        if uses == self._uses:
            self._found[pair] = found
        return found

    def _step(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise _GaveUpError

    def _joined(self, source: Type, target: Type) -> Relation:
        """What the atoms of the source come to together: NO where all are, PARTLY where some are by kind."""
        results = [(atom, self._atom(atom, target)) for atom in _atoms(source)]
        answers = {result.answer for _, result in results}
        if answers <= {Answer.YES}:
            return YES
        if answers == {Answer.NO}:
            return _refused(source, target, results)
        for _, result in results:
            if result.answer is Answer.PARTLY:
                return result
        for atom, result in results:
            if result.answer is Answer.NO and result.by_kind and atom.case.named:
                return _may_be(atom, result, target)
        return UNKNOWN

    def _atom(self, atom: _Atom, target: Type) -> Relation:
        cases = [case for case in cases_of(target) if atom.kind in case.kinds]
        if not cases:
            by_step = atom.kind == "fraction" and any(map(_has_step, cases_of(target)))
            if by_step and atom.case.values is not None:
                return _value(atom, target)
            return no("", atom.witness, by_kind=target.schema is not False and not by_step)
        if atom.case.values is not None:
            return _value(atom, target)
        possible = cases
        if atom.kind == "object" and (self._level > 0 or len(cases) > 1):
            possible = [case for case in cases if not self._told_apart(atom.case, case)]
        results = []
        for case in possible:
            results.append(self._case(atom, case))
            if results[-1].answer is Answer.YES:
                return YES
        if len(results) == 1:
            return results[0]
        if all(result.answer is Answer.NO for result in results):
            by_kind = all(result.by_kind for result in results)
            return no(f"fits none of {phrase(target)}", atom.witness, by_kind=by_kind)
        if any(result.answer is Answer.UNKNOWN for result in results):
            return UNKNOWN
        return next(result for result in results if result.answer is Answer.PARTLY)

    def _told_apart(self, left: Case, right: Case) -> bool:
        """Whether a property that is always there has another constant in each: what discriminated unions are made of.

        Found out at length otherwise, for each pair of alternatives.
        """
        tags = self._tags(right)
        for name, (value, required) in self._tags(left).items():
            if name in tags and (required or tags[name][1]) and not same(value, tags[name][0]):
                return True
        return False

    def _tags(self, case: Case) -> dict[str, tuple[Json, bool]]:
        """The constants of properties, and whether they are always there; kept with the case, whose id is the key."""
        if id(case) not in self._constants:
            self._constants[id(case)] = case, constants(case)
        return self._constants[id(case)][1]

    def _case(self, atom: _Atom, case: Case) -> Relation:
        """An atom of the source against one case of the target that has its kind."""
        self._step()
        if case.values is not None:
            fitting = [value for value in case.values if kind_of(value) == atom.kind]
            refused = all(accepts(atom.source, value) is False for value in fitting)
            return no("is none of the values that are wanted", atom.witness) if refused else UNKNOWN
        found = all_facts(self._facts(atom, case))
        return UNKNOWN if found is YES and not case.exact else found

    def _facts(self, atom: _Atom, case: Case) -> Iterator[Relation]:
        if atom.kind == "object":
            yield from objects(atom.case, case, self.relate)
        elif atom.kind == "array":
            yield from arrays(atom.case, case, self.relate)
        elif atom.kind == "string":
            yield from strings(atom.case, case)
        else:
            yield from numbers(atom.case, case, atom.kind)
        for guard in case.guards:
            yield self._guarded(atom, guard)

    def _guarded(self, atom: _Atom, guard: Type) -> Relation:
        """Values must not be in the guard: proven where none is, refuted where all are."""
        if self._depth > _DEEPEST:
            self._uses += 1
            return UNKNOWN
        self._level += 1
        self._depth += 1
        found = self._atom(atom, guard)
        self._depth -= 1
        self._level -= 1
        if found.answer is Answer.NO:
            return YES
        return no("is a value that is excluded", atom.witness) if found.answer is Answer.YES else UNKNOWN


def _atoms(source: Type) -> Iterator[_Atom]:
    for case in cases_of(source):
        if case.values is not None:
            for value in case.values:
                if _fits_case(case, value) is not None or accepts(source, value) is not False:
                    yield _Atom(_single(case, value), kind_of(value), source)
            continue
        for kind in sorted(case.kinds):
            for value in _ALL_VALUES.get(kind, ()):
                yield _Atom(_single(case, value), kind, source)
            if kind not in _ALL_VALUES:
                yield _Atom(case, kind, source)


_ALL_VALUES: Final[dict[str, tuple[Json, ...]]] = {"null": (None,), "boolean": (False, True)}


def _single(case: Case, value: Json) -> Case:
    return Case(case.kinds, (value,), case.clauses, case.guards, case.named, case.exact)


def _value(atom: _Atom, target: Type) -> Relation:
    """A single value is checked as the value it is."""
    verdicts = [_fits_case(case, atom.value()) for case in cases_of(target) if atom.kind in case.kinds]
    if True in verdicts:
        return YES
    accepted = accepts(target, atom.value()) if None in verdicts else False
    if accepted is not False:
        return YES if accepted else UNKNOWN
    found = validate(target, atom.value())
    path, reason = (found[0].path, found[0].message) if found else ((), "")
    return no(reason, atom.witness, path)


def _has_step(case: Case) -> bool:
    """Whether `multipleOf`, which is no matter of kinds, is what leaves whole numbers only."""
    named = [names_of(clause.schema["type"]) for clause in case.clauses if "type" in clause.schema]
    return any("multipleOf" in clause.schema for clause in case.clauses) and all("number" in names for names in named)


def _fits_case(case: Case, value: Json) -> bool | None:
    """Whether a value is in a case that only lists kinds and values; None where more has to be looked at."""
    if case.guards or not case.exact or any(constrains(clause, kind_of(value)) for clause in case.clauses):
        return None
    return case.values is None or any(same(value, other) for other in case.values)


def _refused(source: Type, target: Type, results: list[tuple[_Atom, Relation]]) -> Relation:
    """NO for every atom; told of the whole where the kinds are wrong, else of the first that is not."""
    nested = next((result for _, result in results if result.reason), None)
    by_kind = all(result.by_kind for _, result in results)
    if nested is not None:
        return no(nested.reason, nested.witness, nested.path, by_kind=by_kind)
    reason = f"is {phrase(source)}, but {phrase(target)} is wanted" if cases_of(target) else "is not allowed here"
    telling = next((result for atom, result in results if atom.kind != "null"), results[0][1])
    return no(reason, telling.witness, by_kind=by_kind)


def _may_be(atom: _Atom, result: Relation, target: Type) -> Relation:
    if result.reason:
        return partly(result.reason, result.witness, result.path)
    name = phrase(literal(atom.value())) if atom.case.values else noun([_NAMES.get(atom.kind, atom.kind)])
    return partly(f"may be {name}, but {phrase(target)} is wanted", result.witness)


_NAMES: Final = {"fraction": "number"}
