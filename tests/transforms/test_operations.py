"""The operations: their examples, what they do at the edges, and what they say where they cannot."""

import re
from typing import Any

import pytest

from wf_engine.expressions.values import equal
from wf_engine.transforms import OPERATIONS, Example, Operation, TransformError, read_pipeline, run
from wf_engine.transforms import running as running_module

EXAMPLES = [
    pytest.param(operation, example, id=f"{operation.name}-{number}")
    for operation in OPERATIONS.values()
    for number, example in enumerate(operation.examples)
]


def ran(pipeline: Any, value: Any, **scope: Any) -> Any:
    read = read_pipeline(pipeline)
    assert not read.problems, read.problems
    return run(read, value, seed="run/step", scope=scope)


def refused(pipeline: Any, value: Any, **scope: Any) -> str:
    with pytest.raises(TransformError) as raised:
        ran(pipeline, value, **scope)
    return raised.value.message


@pytest.mark.parametrize(("operation", "example"), EXAMPLES)
def test_examples(operation: Operation, example: Example) -> None:
    written = operation.name if example.arguments is None else {operation.name: example.arguments}
    assert equal(ran([written], example.input), example.output)


def test_the_table_has_the_operations_of_the_language() -> None:
    named = """select map enrich filter flatMap flatten groupBy aggregate join sort distinct limit skip reverse first last
        nth chunk zip randomOne randomN shuffle uppercase lowercase trim split concat replace substring template round
        floor ceil abs clamp scale percentage"""
    assert sorted(OPERATIONS) == sorted(named.split())


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=list(OPERATIONS))
def test_what_the_table_says_is_whole(operation: Operation) -> None:
    assert operation.documentation.endswith(".")
    assert all(parameter.documentation.rstrip().endswith(".") for parameter in operation.parameters)
    assert operation.examples


def test_input_that_is_no_list_is_a_list_of_one() -> None:
    assert ran(["reverse"], {"a": 1}) == [{"a": 1}]
    assert ran(["uppercase"], "a") == ["A"]
    assert ran(["reverse"], None) == [None]


@pytest.mark.parametrize("name", ["first", "last", "randomOne"])
def test_the_last_operation_gives_the_item_itself_and_others_a_list(name: str) -> None:
    assert ran([name], [4]) == 4
    assert ran([name, "reverse"], [4]) == [4]
    assert ran([name], []) is None
    assert ran([name, "reverse"], []) == []


def test_aggregate_and_nth_in_the_middle_and_at_the_end() -> None:
    total = {"aggregate": {"aggregations": {"n": {"function": "count"}}}}
    assert ran([total], [1, 2]) == {"n": 2}
    assert ran([total, "reverse"], [1, 2]) == [{"n": 2}]
    assert ran([{"nth": {"index": 5}}], [1]) is None
    assert ran([{"nth": {"index": 5}}, "reverse"], [1]) == []


@pytest.mark.parametrize(
    ("pipeline", "value", "said"),
    [
        (["uppercase"], ["a", 1], "Operation 1 (`uppercase`), item 1: This item is a number; a string is wanted."),
        (["reverse", "floor"], [1, None], "Operation 2 (`floor`), item 0: This item is null; a number is wanted."),
        (["sort"], [1, "a"], "Operation 1 (`sort`), item 1: A string cannot be ordered among numbers."),
        (["sort"], [1, True], "Operation 1 (`sort`), item 1: A boolean cannot be ordered among numbers."),
        (["sort"], [[1]], "Operation 1 (`sort`), item 0: A list has no order."),
        ([{"enrich": {"fields": {"a": "$"}}}], [1], "item 0: This item is a number; a map is wanted."),
        ([{"filter": {"field": "$", "operator": "gt", "value": 1}}], [2, "a"], "item 1: A string cannot be compared"),
        ([{"filter": {"field": "$", "operator": "startsWith", "value": "a"}}], [2], "item 0: The value of `field` is"),
        ([{"filter": {"field": "$", "operator": "contains", "value": 1}}], ["a"], "is searched for a text"),
        ([{"filter": {"where": "item.x"}}], [{"x": 1}], "item 0: `item.x` gives a number, neither true nor false."),
        ([{"filter": {"where": "item.x > 1"}}], [{"y": 1}], "item 0: In `item.x > 1`: `x` is not there"),
        ([{"template": {"template": "{{item.x}}"}}], [{"y": 1}], "item 0: In `{{item.x}}`: `x` is not there"),
        (
            [{"aggregate": {"aggregations": {"t": {"function": "sum", "field": "$.a"}}}}],
            [{"a": "x"}],
            "`t`: Every item",
        ),
        ([{"aggregate": {"aggregations": {"t": {"function": "max"}}}}], [1, "x"], "`t`: The items have to be"),
        ([{"concat": {"delimiter": "-"}}], ["a", ["b"]], "Some items are lists and some are not"),
        ([{"join": {"leftKey": "$.a", "rightKey": "$.a", "with": [1]}}], [{"a": 1}], "Item 0 of `with` is no map"),
        ([{"join": {"leftKey": "$.a", "rightKey": "$.a", "with": "$.x"}}], [{"a": 1}], "`$.x` selects nothing"),
        ([{"zip": {"with": "$[0]"}}], [1], "`$[0]` selects something else than a list"),
        ([{"scale": {"factor": 1e308}}], [1e10], "The number is too large"),
    ],
)
def test_errors_name_the_operation_and_the_item(pipeline: Any, value: Any, said: str) -> None:
    assert said in refused(pipeline, value)


def test_an_error_says_where_in_values() -> None:
    with pytest.raises(TransformError) as raised:
        ran(["reverse", "uppercase"], ["a", 1, "b"])
    error = raised.value
    assert (error.operation, error.number, error.item, error.limit) == ("uppercase", 2, 1, False)


def test_absent_and_null_values_stand_last_in_either_order() -> None:
    items = [{"n": None}, {"n": 1}, {}, {"n": 2}]
    up = {"sort": {"by": "$.n"}}
    down = {"sort": {"by": "$.n", "order": "desc"}}
    assert ran([up], items) == [{"n": 1}, {"n": 2}, {"n": None}, {}]
    assert ran([down], items) == [{"n": 2}, {"n": 1}, {"n": None}, {}]


def test_sorting_downwards_keeps_the_order_of_equals() -> None:
    items = [{"n": 1, "i": 0}, {"n": 2, "i": 1}, {"n": 1, "i": 2}, {"n": 2, "i": 3}]
    found = ran([{"sort": {"by": "$.n", "order": "desc"}}], items)
    assert [item["i"] for item in found] == [1, 3, 0, 2]


@pytest.mark.parametrize(
    ("operator", "value", "kept"),
    [
        ("eq", 1, [1.0]),
        ("ne", 1, [2, "a", None, "absent"]),
        ("in", [1, "a"], [1.0, "a"]),
        ("in", [None], [None]),
        ("exists", True, [1.0, 2, "a", None]),
        ("exists", False, ["absent"]),
    ],
)
def test_operators_with_absent_values(operator: str, value: Any, kept: list[Any]) -> None:
    items: list[Any] = [{"v": 1.0}, {"v": 2}, {"v": "a"}, {"v": None}, {"w": "absent"}]
    found = ran([{"filter": {"field": "$.v", "operator": operator, "value": value}}], items)
    assert [item.get("v", "absent") for item in found] == kept


@pytest.mark.parametrize("operator", ["gt", "gte", "lt", "lte", "contains", "startsWith", "endsWith", "matches"])
def test_absent_and_null_values_are_in_no_order(operator: str) -> None:
    value = "1" if operator in ("startsWith", "endsWith", "matches") else 1
    assert ran([{"filter": {"field": "$.v", "operator": operator, "value": value}}], [{}, {"v": None}]) == []


def test_matches_looks_anywhere_and_takes_linear_time() -> None:
    found = ran([{"filter": {"field": "$", "operator": "matches", "value": "(a+)+$"}}], ["a" * 5000 + "!", "ba"])
    assert found == ["ba"]


def test_exists_alone() -> None:
    assert ran([{"filter": {"field": "$.a", "operator": "exists"}}], [{"a": None}, {}]) == [{"a": None}]


JOINED = {
    "inner": [{"k": 1, "l": "a", "r": "x"}],
    "left": [{"k": 1, "l": "a", "r": "x"}, {"k": 2, "l": "b"}, {"k": None, "l": "c"}],
    "right": [{"k": 1, "l": "a", "r": "x"}, {"k": 3, "r": "y"}, {"k": None, "r": "z"}],
    "outer": [
        {"k": 1, "l": "a", "r": "x"},
        {"k": 2, "l": "b"},
        {"k": None, "l": "c"},
        {"k": 3, "r": "y"},
        {"k": None, "r": "z"},
    ],
}


@pytest.mark.parametrize("kind", JOINED)
def test_joins(kind: str) -> None:
    left = [{"k": 1, "l": "a"}, {"k": 2, "l": "b"}, {"k": None, "l": "c"}]
    right = [{"k": 1, "r": "x"}, {"k": 3, "r": "y"}, {"k": None, "r": "z"}]
    join = {"join": {"leftKey": "$.k", "rightKey": "$.k", "with": right, "type": kind}}
    assert ran([join], left) == JOINED[kind]


def test_a_join_with_several_partners_and_a_key_on_both_sides() -> None:
    join = {"join": {"leftKey": "$.user", "rightKey": "$.id", "with": "{{tasks.users.output}}"}}
    users = [{"id": 1, "n": "a"}, {"id": 1, "n": "b"}]
    found = ran([join], [{"id": 9, "user": 1}], tasks={"users": {"output": users}})
    assert found == [{"id": 9, "user": 1, "n": "a"}, {"id": 9, "user": 1, "n": "b"}]


def test_with_may_be_a_path_into_the_input_of_the_whole_pipeline() -> None:
    pipeline = [
        {"flatMap": {"path": "$.orders"}},
        {"join": {"leftKey": "$.user", "rightKey": "$.id", "with": "$.users"}},
        {"select": {"fields": {"name": "$.name"}}},
    ]
    value = {"orders": [{"user": 2}], "users": [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}]}
    assert ran(pipeline, value) == [{"name": "b"}]


def test_arguments_may_be_templates_and_are_checked_then() -> None:
    assert ran([{"limit": {"count": "{{input.n}}"}}], [1, 2, 3], input={"n": 2}) == [1, 2]
    assert "`count`: `-1` is not a whole number from 0 up" in refused(
        [{"limit": {"count": "{{input.n}}"}}], [1], input={"n": -1}
    )
    assert "In `count`: `m` is not there" in refused([{"limit": {"count": "{{input.m}}"}}], [1], input={"n": 1})
    assert "`in` compares with a list" in refused(
        [{"filter": {"field": "$", "operator": "in", "value": "{{input.n}}"}}], [1], input={"n": 1}
    )
    assert "Nothing can be divided by 0" in refused([{"percentage": {"total": "{{input.n}}"}}], [1], input={"n": 0})
    assert "`min` (3) is above `max` (1)" in refused([{"clamp": {"min": "{{input.n}}", "max": 1}}], [2], input={"n": 3})


def test_where_and_template_see_the_scope_too() -> None:
    assert ran([{"filter": {"where": "item > input.n"}}], [1, 2, 3], input={"n": 1}) == [2, 3]
    assert ran([{"template": {"template": "{{input.n}}{{item}}"}}], [1], input={"n": "a"}) == ["a1"]


def test_the_default_seed_differs_by_run_and_by_place() -> None:
    read = read_pipeline(["shuffle"])
    items = list(range(50))
    one, same, other = (run(read, items, seed=seed) for seed in ("1/a", "1/a", "2/a"))
    assert one == same != other
    twice = run(read_pipeline([{"map": {"fields": {"a": "$"}}}, "shuffle"]), items, seed="1/a")
    assert [item["a"] for item in twice] != one


def test_groups_of_absent_keys_and_equal_numbers() -> None:
    found = ran([{"groupBy": {"key": "$.k"}}], [{"k": 1}, {}, {"k": 1.0}, {"k": None}, {"k": "1"}])
    assert [(group["key"], len(group["items"])) for group in found] == [(1, 2), (None, 2), ("1", 1)]


def test_aggregations_of_nothing() -> None:
    functions = ("sum", "avg", "count", "min", "max", "first", "last", "collect")
    pipeline = [{"aggregate": {"aggregations": {name: {"function": name, "field": "$.x"} for name in functions}}}]
    nothing = {"sum": 0, "avg": None, "count": 0, "min": None, "max": None, "first": None, "last": None, "collect": []}
    assert ran(pipeline, []) == nothing
    assert ran(pipeline, [{}, {"x": None}]) == nothing


def test_aggregations_over_many_nodes_of_an_item() -> None:
    aggregate = {"aggregate": {"aggregations": {"t": {"function": "sum", "field": "$.lines[*].n"}}}}
    assert ran([aggregate], [{"lines": [{"n": 1}, {"n": 2}]}, {"lines": [{"n": 4}]}]) == {"t": 7}


BIG: list[tuple[Any, Any]] = [
    ([{"flatMap": {"path": "$"}}], [[0] * 1000] * 1001),
    (["flatten"], [[0] * 1000] * 1001),
    ([{"join": {"leftKey": "$.a", "rightKey": "$.a", "with": [{"a": 1}] * 1001}}], [{"a": 1}] * 1000),
    ([{"map": {"fields": {"x": "$[*]"}}}], [[0] * 1000] * 1001),
    ([{"map": {"fields": {"x": "$..*..*..*"}}}], [[[[[0] * 30] * 30] * 30] * 30]),
    ([{"replace": {"old": "a", "new": "b" * 10000}}], ["a" * 2000]),
    ([{"template": {"template": "{{item}}" * 200}}], ["a" * 10000] * 100),
    ([{"split": {"delimiter": ","}}], ["," * 1_000_001]),
]


@pytest.mark.parametrize(("pipeline", "value"), BIG, ids=[re.sub(r"\W+", "-", str(each[0]))[:20] for each in BIG])
def test_nothing_grows_beyond_the_limit(pipeline: Any, value: Any) -> None:
    with pytest.raises(TransformError) as raised:
        ran(pipeline, value)
    assert raised.value.limit


def test_a_tick_may_end_the_work() -> None:
    class StopError(Exception):
        pass

    count = 0

    def tick() -> None:
        nonlocal count
        count += 1
        if count > 3:
            raise StopError

    with pytest.raises(StopError):
        running_module.run(read_pipeline(["abs"]), [1] * 100_000, seed="", tick=tick)
    assert count == 4


def test_deeply_nested_values() -> None:
    value: Any = []
    for _ in range(2000):
        value = [value]
    assert "nested too deeply" in refused(["distinct"], [value])
    assert ran([{"flatten": {"depth": 5000}}], [value]) == []
    assert len(ran([{"flatMap": {"path": "$..*"}}], [value])) > 0


def test_any_text_is_a_seed() -> None:
    drawn = ran([{"randomOne": {"seed": "\ud800"}}], [1, 2, 3])
    assert drawn == ran([{"randomOne": {"seed": "\ud800"}}], [1, 2, 3])
