"""Lists: given, paged, added up, sorted."""

from wf_engine.testapi.answers import Answer, answer
from wf_engine.testapi.calls import Call, Endpoint, Example, Task
from wf_engine.testapi.schemas import choice, flag, integer, listing, nullable, number, record, text

_WORDS = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa")
_MIXED = [1, "two", True, None, [3], {"four": 4}]
_ROWS = 45
"""Of the list that is given in pages."""


def _integers(call: Call) -> Answer:
    start, count, step = call.given["start"], call.given["count"], call.given["step"]
    return answer([start + step * index for index in range(count)])


def _texts(call: Call) -> Answer:
    return answer([_WORDS[index % len(_WORDS)] for index in range(call.given["count"])])


def _objects(call: Call) -> Answer:
    return answer([_object(index) for index in range(call.given["count"])])


def _object(index: int) -> dict[str, object]:
    return {"id": index + 1, "label": _WORDS[index % len(_WORDS)], "even": index % 2 == 1}


def _matrix(call: Call) -> Answer:
    columns = call.given["columns"]
    return answer([[row * columns + column for column in range(columns)] for row in range(call.given["rows"])])


def _mixed(_call: Call) -> Answer:
    return answer(_MIXED)


def _page(call: Call) -> Answer:
    page, size = call.given["page"], call.given["size"]
    start = (page - 1) * size
    items = [_object(index) for index in range(start, min(start + size, _ROWS))]
    following = page + 1 if start + size < _ROWS else None
    return answer({"items": items, "page": page, "pages": -(-_ROWS // size), "total": _ROWS, "next": following})


def _sum(call: Call) -> Answer:
    values = call.given["values"]
    return answer({"count": len(values), "sum": sum(values)})


def _sort(call: Call) -> Answer:
    return answer(sorted(call.given["values"], reverse=call.given["order"] == "desc"))


_COUNT = integer("How many.", maximum=1000, default=5)
_NUMBERS = listing(number("A number."), "The numbers.")
_OBJECT = record(
    {"id": integer("Its number, from 1."), "label": text("A word."), "even": flag("Whether the number is even.")}
)

ENDPOINTS = (
    Endpoint(
        "GET",
        "/arrays/integers",
        _integers,
        "Counts.",
        query={
            "count": _COUNT,
            "start": integer("The first.", None, default=1),
            "step": integer("How far apart.", None, default=1),
        },
        output=listing(integer("A whole number.", None), "The numbers in order."),
        task=Task(
            "list-integers", ("read",), (Example("To five"), Example("Backwards", {"count": 3, "start": 3, "step": -1}))
        ),
    ),
    Endpoint(
        "GET",
        "/arrays/texts",
        _texts,
        "Gives words, the Greek letters again and again.",
        query={"count": _COUNT},
        output=listing(text("A word."), "The words."),
        task=Task("list-texts", ("read",), (Example("Two", {"count": 2}), Example("None", {"count": 0}))),
    ),
    Endpoint(
        "GET",
        "/arrays/objects",
        _objects,
        "Gives a list of objects.",
        query={"count": _COUNT},
        output=listing(_OBJECT, "The objects."),
        task=Task("list-objects", ("read",), (Example("Two", {"count": 2}),)),
    ),
    Endpoint(
        "GET",
        "/arrays/matrix",
        _matrix,
        "Gives a list of lists.",
        query={
            "rows": integer("How many rows.", maximum=100, default=2),
            "columns": integer("How long each is.", maximum=100, default=3),
        },
        output=listing(listing(integer("A cell."), "A row."), "The rows."),
        task=Task("get-matrix", ("read",), (Example("Two by two", {"columns": 2}),)),
    ),
    Endpoint(
        "GET",
        "/arrays/mixed",
        _mixed,
        "Gives a list with one value of each kind.",
        output=listing({"description": "Anything."}, "Six values."),
        task=Task("list-mixed", ("read",), (Example("As it always is"),)),
    ),
    Endpoint(
        "GET",
        "/arrays/page",
        _page,
        f"Gives one page of a list of {_ROWS}.",
        query={
            "page": integer("Which page.", 1, maximum=1000, default=1),
            "size": integer("How many on a page.", 1, maximum=100, default=20),
        },
        output=record(
            {
                "items": listing(_OBJECT, "What is on the page."),
                "page": integer("Which page it is.", 1),
                "pages": integer("How many pages there are.", 1),
                "total": integer("How many items there are on all of them."),
                "next": nullable(integer("The page after it; null on the last.", 1)),
            }
        ),
        task=Task(
            "get-page",
            ("read", "paging"),
            (Example("The last one", {"page": 15, "size": 3}), Example("Past the end", {"page": 9})),
        ),
    ),
    Endpoint(
        "POST",
        "/arrays/sum",
        _sum,
        "Adds numbers up.",
        body={"values": _NUMBERS},
        output=record({"count": integer("How many there are."), "sum": number("What they add up to.")}),
        task=Task(
            "add-up", ("compute",), (Example("Three numbers", {"values": [1, 2, 3.5]}), Example("None", {"values": []}))
        ),
    ),
    Endpoint(
        "POST",
        "/arrays/sort",
        _sort,
        "Sorts numbers.",
        body={"values": _NUMBERS, "order": choice(("asc", "desc"), "Which way.", default="asc")},
        output=listing(number("A number."), "The numbers in order."),
        task=Task(
            "sort-numbers", ("compute",), (Example("The largest first", {"values": [2, 10, 1], "order": "desc"}),)
        ),
    ),
)
