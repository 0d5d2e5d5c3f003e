"""Did you mean: the nearest of the names there are."""

from collections.abc import Iterable
from difflib import SequenceMatcher

_NEAR_ENOUGH = 0.6
_CONSIDERED = 2000
"""Names looked at: a document may hold tens of thousands, and a suggestion is not worth a stall."""


def closest(name: str, candidates: Iterable[str], near: float = _NEAR_ENOUGH) -> str | None:
    """The candidate that a person who typed `name` most likely meant, or None where none is near.

    `near`: the part of the letters, from 0 to 1, that has to be the same.
    """
    best, best_ratio = None, near
    matcher = SequenceMatcher(None, "", name.lower(), autojunk=False)
    for number, candidate in enumerate(candidates):
        if number == _CONSIDERED:
            break
        matcher.set_seq1(candidate.lower())
        if matcher.real_quick_ratio() < best_ratio or matcher.quick_ratio() < best_ratio:
            continue
        ratio = matcher.ratio()
        if ratio > best_ratio or (best is None and ratio >= best_ratio):
            best, best_ratio = candidate, ratio
    return best


def did_you_mean(name: str, candidates: Iterable[str]) -> str:
    """A sentence fragment for the end of a message, with a leading space; empty where no name is near."""
    near = closest(name, candidates)
    return f" Did you mean `{near}`?" if near is not None else ""
