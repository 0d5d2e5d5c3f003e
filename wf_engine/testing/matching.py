"""What was expected, beside what came: where the two part."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

_ABSENT = object()


class Mismatch(NamedTuple):
    """One difference. `what` is what was looked at (`output`, `status`, `steps.charge.attempts`), `at` where inside it."""

    what: str
    at: str
    expected: Any
    actual: Any
    """Both None where the side has nothing there; `message` says so."""
    message: str


def mismatches(what: str, expected: Any, actual: Any, *, partial: bool = False) -> Iterator[Mismatch]:
    """Every place where two JSON values part.

    By deep equality, numbers by value (language §5), or with `partial` by inclusion: maps may have more entries than
    are expected, in lists and at any depth.
    """
    yield from _compared(what, "", expected, actual, partial=partial)


def _compared(what: str, at: str, expected: Any, actual: Any, *, partial: bool) -> Iterator[Mismatch]:
    if isinstance(expected, Mapping) and isinstance(actual, Mapping):
        yield from _maps(what, at, expected, actual, partial=partial)
    elif isinstance(expected, list) and isinstance(actual, list):
        yield from _lists(what, at, expected, actual, partial=partial)
    elif not _equal(expected, actual):
        yield Mismatch(what, at, expected, actual, "is another")


def _maps(
    what: str, at: str, expected: Mapping[str, Any], actual: Mapping[str, Any], *, partial: bool
) -> Iterator[Mismatch]:
    for key, value in expected.items():
        inner = f"{at}.{key}" if at else key
        found = actual.get(key, _ABSENT)
        if found is _ABSENT:
            yield Mismatch(what, inner, value, None, "is missing")
        else:
            yield from _compared(what, inner, value, found, partial=partial)
    if not partial:
        for key in actual.keys() - expected.keys():
            yield Mismatch(what, f"{at}.{key}" if at else key, None, actual[key], "was not expected")


def _lists(what: str, at: str, expected: list[Any], actual: list[Any], *, partial: bool) -> Iterator[Mismatch]:
    for index, (one, other) in enumerate(zip(expected, actual, strict=False)):
        yield from _compared(what, f"{at}[{index}]", one, other, partial=partial)
    if len(expected) != len(actual):
        yield Mismatch(what, at, len(expected), len(actual), "has another length")


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == other
    return type(one) is type(other) and bool(one == other)
