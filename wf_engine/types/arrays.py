"""Lists of a source against lists of a target."""

from collections.abc import Callable, Iterator

from wf_engine.types.bounds import least, most, range_of
from wf_engine.types.cases import Case
from wf_engine.types.lookup import case_item, prefix_length
from wf_engine.types.model import Json, Type
from wf_engine.types.relation import UNKNOWN, Answer, Relation, Witness
from wf_engine.types.sampling import draw_array
from wf_engine.types.scalars import demands, sizes


def arrays(source: Case, target: Case, relate: Callable[[Type, Type], Relation]) -> Iterator[Relation]:
    """Position by position, then what is common to all further positions."""
    yield from sizes(source, target, "array", "a number of elements")
    longest = most(range_of(source, "array"))
    present = max(least(range_of(source, "array")), least(range_of(target, "array")))
    for index in range(max(prefix_length(source), prefix_length(target)) + 1):
        if longest is not None and index >= longest:
            break
        found = relate(case_item(source, index), case_item(target, index))
        if found.answer is not Answer.YES:
            lifted = found.under(index, _with_element(source, index, found.witness))
            yield lifted if index < present else lifted.weakened()
    yield from _uniqueness(source, target, longest)
    yield from demands(source, target, "array")


def _uniqueness(source: Case, target: Case, longest: int | None) -> Iterator[Relation]:
    if _unique(target) and not _unique(source) and (longest is None or longest > 1):
        yield UNKNOWN


def _unique(case: Case) -> bool:
    return any(clause.schema.get("uniqueItems") is True for clause in case.clauses)


def _with_element(case: Case, index: int, element: Witness | None) -> Witness | None:
    if element is None:
        return None

    def build(seed: int) -> Json:
        return draw_array(case, seed, {index: element(seed)})

    return build
