"""What is known of a source against a target while it is being worked out."""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from wf_engine.types.model import Json

Path: TypeAlias = tuple[str | int, ...]
Witness: TypeAlias = Callable[[int], Json]
"""Makes a value of the source that the target should reject; the number varies it. May raise NoSampleError."""


class Answer(Enum):
    """Whether a value of one type may go where another is wanted (language §6)."""

    YES = "yes"
    NO = "no"
    PARTLY = "partly"
    UNKNOWN = "unknown"


class Relation(Struct, frozen=True):
    """A proof or its absence: YES says that every value fits, NO that none does, PARTLY that some kind does not.

    `by_kind`: the difference is one of kinds or of properties, not of value constraints alone.
    """

    answer: Answer
    path: Path = ()
    reason: str = ""
    by_kind: bool = False
    witness: Witness | None = None

    def under(self, step: str | int, witness: Witness | None) -> "Relation":
        """The same, of a value in which this one stands at `step`."""
        return replace(self, path=(step, *self.path), witness=witness)

    def weakened(self) -> "Relation":
        """What is left of it where the value need not be there: a NO is not one any more."""
        if self.answer is not Answer.NO:
            return self
        return replace(self, answer=Answer.PARTLY) if self.by_kind else UNKNOWN


YES: Final = Relation(Answer.YES)
UNKNOWN: Final = Relation(Answer.UNKNOWN)

_WEIGHT: Final = {Answer.NO: 3, Answer.PARTLY: 2, Answer.UNKNOWN: 1, Answer.YES: 0}


def all_facts(facts: Iterable[Relation]) -> Relation:
    """What several conditions, all of which must hold of the same value, come to: the first of the worst."""
    worst = YES
    for fact in facts:
        if _WEIGHT[fact.answer] > _WEIGHT[worst.answer]:
            worst = fact
            if fact.answer is Answer.NO:
                break
    return worst


def no(reason: str, witness: Witness | None = None, path: Path = (), *, by_kind: bool = False) -> Relation:
    """No value fits."""
    return Relation(Answer.NO, path, reason, by_kind, witness)


def partly(reason: str, witness: Witness | None = None, path: Path = ()) -> Relation:
    """Some values do not fit, by their kind."""
    return Relation(Answer.PARTLY, path, reason, by_kind=True, witness=witness)


class _NoWitness(Enum):
    NO_WITNESS = "no witness"

    def __repr__(self) -> str:
        return self.name


NO_WITNESS: Final = _NoWitness.NO_WITNESS


class Assignability(Struct, frozen=True):
    """The answer, and for NO and PARTLY why: `path` inside the value, `reason` as a phrase that follows "it".

    `witness`: a value of the source that the target rejects, there for NO and PARTLY.
    """

    answer: Answer
    path: Path = ()
    reason: str = ""
    witness: Any = NO_WITNESS
