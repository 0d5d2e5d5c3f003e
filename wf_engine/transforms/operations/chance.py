"""Operations that draw lots: `randomOne`, `randomN` and `shuffle`. The same seed draws the same lots, everywhere."""

import hashlib
from typing import Any

from wf_engine.expressions.values import json_text
from wf_engine.transforms.arguments import Seed, Whole
from wf_engine.transforms.model import Arguments, Example, Operation, Parameter, Work, fewer_items, same_items

_SEED = Parameter("seed", Seed(), "What decides the lots; without it the execution's id and the step's path.")
_WORD = 2**64


class Lots:
    """Numbers by chance, made from SHA-256 of the seed and a count, so that no library's habits are part of them."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._count = 0

    def below(self, bound: int) -> int:
        """A number from 0 to below the bound, all equally likely."""
        most = _WORD - _WORD % bound
        while True:
            digest = hashlib.sha256(f"{self._seed}:{self._count}".encode("utf-8", "surrogatepass")).digest()
            self._count += 1
            number = int.from_bytes(digest[:8], "big")
            if number < most:
                return number % bound


def _drawn(items: list[Any], count: int, arguments: Arguments, work: Work) -> list[Any]:
    """So many of the items, in the order in which they were drawn (Fisher and Yates)."""
    seed = arguments["seed"]
    lots = Lots(work.seed if seed is None else json_text(seed))
    left = list(items)
    for place, _ in work.numbered(range(min(count, len(left)))):
        other = place + lots.below(len(left) - place)
        left[place], left[other] = left[other], left[place]
    return left[:count]


OPERATIONS = (
    Operation(
        name="randomOne",
        documentation="Draws one item. As the last operation it gives the item itself, null where there is none; "
        "before others a list of it.",
        parameters=(_SEED,),
        examples=(Example({"seed": 7}, ["a", "b", "c"], "c"),),
        evaluate=lambda items, arguments, work: _drawn(items, 1, arguments, work),
        infer=same_items,
        single=True,
    ),
    Operation(
        name="randomN",
        documentation="Draws `count` items, none twice, in the order in which they are drawn; all where there are "
        "fewer.",
        parameters=(Parameter("count", Whole(), "How many are drawn.", required=True), _SEED),
        examples=(Example({"count": 2, "seed": "spring"}, [1, 2, 3, 4], [1, 3]),),
        evaluate=lambda items, arguments, work: _drawn(items, int(arguments["count"]), arguments, work),
        infer=fewer_items,
    ),
    Operation(
        name="shuffle",
        documentation="Puts the items into an order by chance.",
        parameters=(_SEED,),
        examples=(Example({"seed": 1}, [1, 2, 3, 4], [1, 3, 4, 2]),),
        evaluate=lambda items, arguments, work: _drawn(items, len(items), arguments, work),
        infer=same_items,
    ),
)
