"""Endpoints that do something else each time; a seed decides what, so that it can be repeated."""

import random

from wf_engine.testapi import data
from wf_engine.testapi.answers import Answer, answer
from wf_engine.testapi.calls import Call, Endpoint, Example, Task
from wf_engine.testapi.failures import failure
from wf_engine.testapi.schemas import choice, integer, listing, nullable, record, text

_CHAOS = ("500", "502", "503", "429", "reset", "truncated", "garbage", "html")
_PERCENT = 100


def _chaos(call: Call) -> Answer:
    seed = call.given["seed"]
    number, dice = _dice(call, "chaos")
    if dice.randrange(_PERCENT) < call.given["percent"]:
        return failure(dice.choice(_CHAOS))
    return answer({"seed": seed, "number": number})


def _shape(call: Call) -> Answer:
    _, dice = _dice(call, "shape")
    user = call.state.users[str(dice.randint(1, len(data.users())))]
    shown = {"id": user["id"], "name": user["name"], "tier": user["tier"], "country": user["country"]}
    for key in ("tier", "country"):
        lot = dice.randrange(3)
        shown = {each: value for each, value in shown.items() if each != key or lot}
        if lot == 1:
            shown[key] = None
    return answer(shown)


def _shuffled(call: Call) -> Answer:
    _, dice = _dice(call, "shuffled")
    values = list(range(1, call.given["count"] + 1))
    dice.shuffle(values)
    return answer(values)


def _dice(call: Call, what: str) -> tuple[int, random.Random]:
    """The number of this call among those with its seed, and what decides in it."""
    number = call.state.count(f"{what} {call.given['seed']}")
    return number, random.Random(f"{call.given['seed']} {number}")  # noqa: S311 - a repeatable choice, not a secret


_SEED = {"seed": text("What decides.", default="0")}

ENDPOINTS = (
    Endpoint(
        "GET",
        "/chaos",
        _chaos,
        "Fails in some of all requests, in many ways.",
        query={**_SEED, "percent": integer("In how many of a hundred.", maximum=_PERCENT, default=50)},
        output=record({"seed": text("The seed."), "number": integer("Which request it was.", 1)}),
        task=Task(
            "call-chaos",
            ("failure", "chance"),
            (Example("A calm day", {"percent": 0}),),
            settings={"timeout": "1s", "retry": {"maxAttempts": 10, "initialDelay": "10ms"}},
        ),
    ),
    Endpoint(
        "GET",
        "/chaos/shape",
        _shape,
        "Gives a user of whom something may be missing, or null.",
        query=_SEED,
        output=record(
            {
                "id": text("Id of the user."),
                "name": text("Full name."),
                "tier?": nullable(choice((*data.TIERS,), "How good a customer the user is."))
                | {"enum": [*data.TIERS, None]},
                "country?": nullable(text("Country the user lives in.")),
            }
        ),
        task=Task("get-shaky-user", ("chance",), (Example("The first of a seed", {"seed": "seven"}),)),
    ),
    Endpoint(
        "GET",
        "/chaos/shuffled",
        _shuffled,
        "Counts, in another order each time.",
        query={**_SEED, "count": integer("How far.", maximum=1000, default=5)},
        output=listing(integer("A number.", 1), "The numbers."),
        task=Task("list-shuffled", ("chance",), (Example("The first of a seed", {"seed": "seven"}),)),
    ),
)
