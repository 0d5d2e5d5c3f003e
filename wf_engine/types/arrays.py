"""Lists of a source against lists of a target."""

from collections.abc import Callable, Iterator

from wf_engine.types.bounds import Bound, Range, least, most, range_of
from wf_engine.types.cases import Case, Clause, same
from wf_engine.types.lookup import case_item, prefix_length
from wf_engine.types.model import NEVER, Json, Type
from wf_engine.types.relation import UNKNOWN, Answer, Relation, Witness, no
from wf_engine.types.sampling import draw_array
from wf_engine.types.scalars import repeats, sizes

Relate = Callable[[Type, Type], Relation]


def arrays(source: Case, target: Case, relate: Relate) -> Iterator[Relation]:
    """Position by position, then what is common to all further positions."""
    size = _length(source)
    yield from sizes(size, range_of(target, "array"), "a number of elements")
    longest = most(size)
    present = max(least(size), least(range_of(target, "array")))
    for index in range(max(prefix_length(source), prefix_length(target)) + 1):
        if longest is not None and index >= longest:
            break
        found = relate(case_item(source, index), case_item(target, index))
        if found.answer is not Answer.YES:
            lifted = found.under(index, _with_element(source, index, found.witness))
            yield lifted if index < present else lifted.weakened()
    yield from _uniqueness(source, target, size)
    for clause in target.clauses:
        if "contains" in clause.schema and not repeats(source, clause, "contains", "minContains", "maxContains"):
            yield from _contained(source, clause, size, relate)


def _length(case: Case) -> Range:
    """How many elements there are, by the keywords for it and by the first place where nothing may stand."""
    said = range_of(case, "array")
    barred = next((index for index in range(prefix_length(case) + 1) if case_item(case, index) is NEVER), None)
    if barred is None or (said.high is not None and said.high.number <= barred):
        return said
    return Range(said.low, Bound(barred, open=False))


def _uniqueness(source: Case, target: Case, size: Range) -> Iterator[Relation]:
    longest = most(size)
    if not _unique(target) or _unique(source) or (longest is not None and longest <= 1):
        return
    first, second = (_constant(case_item(source, index)) for index in (0, 1))
    if least(size) > 1 and first and second and same(first[0], second[0]):
        yield no("has two equal elements")
    else:
        yield UNKNOWN


def _constant(type_: Type) -> list[Json]:
    """The one value that a type has; nothing where it may have others."""
    return [type_.schema["const"]] if isinstance(type_.schema, dict) and "const" in type_.schema else []


def _unique(case: Case) -> bool:
    return any(clause.schema.get("uniqueItems") is True for clause in case.clauses)


def _contained(source: Case, clause: Clause, size: Range, relate: Relate) -> Iterator[Relation]:
    """`contains`: as many elements of a kind as `minContains` and `maxContains` say."""
    fewest, highest = int(clause.schema.get("minContains", 1)), clause.schema.get("maxContains")
    longest, wanted = most(size), clause.owner.at(clause.schema["contains"])
    if longest is not None and longest < fewest:
        yield no(_TOO_FEW)
        return
    positions = range(prefix_length(source) + 1 if longest is None else min(prefix_length(source) + 1, longest))
    answers = [relate(case_item(source, index), wanted).answer for index in positions]
    if all(answer is Answer.NO for answer in answers):
        if fewest > 0:
            yield no(_TOO_FEW)
        return
    sure = sum(answer is Answer.YES for answer in answers[: least(size)])
    if answers[-1] is Answer.YES and len(answers) > prefix_length(source):
        sure += max(0, least(size) - len(answers))
    if sure < fewest or (highest is not None and (longest is None or longest > highest)):
        yield UNKNOWN


_TOO_FEW = "does not have as many elements of the wanted kind as it should"


def _with_element(case: Case, index: int, element: Witness | None) -> Witness | None:
    if element is None:
        return None

    def build(seed: int) -> Json:
        return draw_array(case, seed, {index: element(seed)})

    return build
