"""How two versions of something long begin and end alike."""

from collections.abc import Callable, Sequence
from typing import Any


def alike_ends(old: Sequence[Any], new: Sequence[Any]) -> tuple[int, int]:
    """How much of the beginning, and of what is left of the end, is the same. Costs a few comparisons of slices."""
    most = min(len(old), len(new))
    start = _longest(most, lambda size: old[:size] == new[:size])
    end = _longest(most - start, lambda size: old[len(old) - size :] == new[len(new) - size :])
    return start, end


def _longest(most: int, alike: Callable[[int], bool]) -> int:
    """The largest size up to `most` at which two texts are alike, which they then are at every smaller one."""
    low = 0
    while low < most:
        middle = (low + most + 1) // 2
        low, most = (middle, most) if alike(middle) else (low, middle - 1)
    return low
