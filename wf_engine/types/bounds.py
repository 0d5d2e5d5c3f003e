"""Ranges of numbers, lengths and counts that the clauses of a case leave."""

from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias

from wf_engine.types.cases import Case

Number: TypeAlias = int | float


class Bound(NamedTuple):
    """An end of a range; `open` where the number itself is outside."""

    number: Number
    open: bool


class Range(NamedTuple):
    """Numbers between two ends, None where there is no end."""

    low: Bound | None = None
    high: Bound | None = None

    def within(self, other: "Range") -> bool:
        """Whether every number of this range is in the other."""
        low_fits = other.low is None or (self.low is not None and self.low >= other.low)
        return low_fits and (other.high is None or (self.high is not None and _key(self.high) <= _key(other.high)))

    def apart(self, other: "Range") -> bool:
        """Whether no number is in both."""
        return _passed(self.low, other.high) or _passed(other.low, self.high)


_KEYWORDS: Final = {
    "number": (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")),
    "string": (("minLength",), ("maxLength",)),
    "array": (("minItems",), ("maxItems",)),
    "object": (("minProperties",), ("maxProperties",)),
}


def range_of(case: Case, of: str) -> Range:
    """The range that the keywords of a case give: of `number` its value, of `string`, `array`, `object` its size."""
    lows, highs = _KEYWORDS[of]
    return Range(
        max(_bounds(case, lows), default=None),
        min(_bounds(case, highs), default=None, key=_key),
    )


def least(size: Range) -> int:
    """The smallest size in the range."""
    return 0 if size.low is None else int(size.low.number)


def most(size: Range) -> int | None:
    """The largest size in the range, None where there is none."""
    return None if size.high is None else int(size.high.number)


def _bounds(case: Case, keywords: tuple[str, ...]) -> Iterator[Bound]:
    for clause in case.clauses:
        for keyword in keywords:
            if keyword in clause.schema:
                yield Bound(clause.schema[keyword], keyword.startswith("exclusive"))


def _key(high: Bound) -> tuple[Number, bool]:
    """Orders upper ends: of two at one number the open one is the lower."""
    return high.number, not high.open


def _passed(low: Bound | None, high: Bound | None) -> bool:
    if low is None or high is None:
        return False
    return low.number > high.number or (low.number == high.number and (low.open or high.open))
