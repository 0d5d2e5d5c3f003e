"""Reading pipelines: what is wrong with one, and where exactly."""

from typing import Any

import pytest

from wf_engine.transforms import PipelineProblem, read_pipeline

WRONG: list[tuple[Any, str, tuple[str | int, ...], str]] = [
    ("reverse", "wrong-argument", (), "a list of operations is wanted"),
    ([], "wrong-argument", (), "at least one operation"),
    (["revers"], "unknown-operation", (0,), "There is no operation `revers`. Did you mean `reverse`?"),
    ([{"fliter": {}}], "unknown-operation", (0, "fliter"), "Did you mean `filter`?"),
    ([3], "wrong-argument", (0,), "This is a number, but an operation is wanted."),
    ([{}], "wrong-argument", (0,), "This map is empty"),
    ([{"limit": {"count": 1}, "skip": {"count": 1}}], "wrong-argument", (0, "skip"), "`skip` is one key too many"),
    ([{"sort": None, "by": "$.a"}], "wrong-argument", (0, "by"), "`by` stands beside `sort`; arguments stand below"),
    (["limit"], "missing-argument", (0,), "`count` is missing: `limit` needs it."),
    ([{"limit": None}], "missing-argument", (0, "limit"), "`count` is missing"),
    ([{"limit": {"cuont": 1}}], "unknown-argument", (0, "limit", "cuont"), "Did you mean `count`?"),
    ([{"reverse": {"by": 1}}], "unknown-argument", (0, "reverse", "by"), "`by` is no argument of `reverse`."),
    ([{"limit": 3}], "wrong-argument", (0, "limit"), "takes a map of arguments"),
    ([{"limit": {"count": -1}}], "wrong-argument", (0, "limit", "count"), "`-1` is not a whole number from 0 up"),
    ([{"limit": {"count": 1.5}}], "wrong-argument", (0, "limit", "count"), "`1.5` is not a whole number"),
    ([{"limit": {"count": "3"}}], "wrong-argument", (0, "limit", "count"), "This is a string, but a whole number"),
    ([{"limit": {"count": True}}], "wrong-argument", (0, "limit", "count"), "This is a boolean"),
    ([{"limit": {"count": None}}], "wrong-argument", (0, "limit", "count"), "This is null"),
    ([{"nth": {"index": -1}}], "wrong-argument", (0, "nth", "index"), "`-1` is not a whole number from 0 up"),
    ([{"chunk": {"size": 0}}], "wrong-argument", (0, "chunk", "size"), "`0` is not a whole number from 1 up"),
    ([{"flatten": {"depth": 0}}], "wrong-argument", (0, "flatten", "depth"), "from 1 up"),
    ([{"substring": {"start": -1}}], "wrong-argument", (0, "substring", "start"), "from 0 up"),
    ([{"sort": {"order": "up"}}], "wrong-argument", (0, "sort", "order"), "`up` is not one of `asc`, `desc`."),
    ([{"sort": {"by": "$.a[*]"}}], "wrong-argument", (0, "sort", "by"), "may select many values"),
    ([{"sort": {"by": "price"}}], "invalid-path", (0, "sort", "by"), "A path begins with `$`"),
    ([{"sort": {"by": "$.a["}}], "invalid-path", (0, "sort", "by"), ""),
    ([{"sort": {"by": 3}}], "wrong-argument", (0, "sort", "by"), "This is a number, but a path"),
    ([{"select": {"fields": {}}}], "wrong-argument", (0, "select", "fields"), "There are no fields"),
    ([{"select": {"fields": ["id"]}}], "wrong-argument", (0, "select", "fields"), "This is a list"),
    ([{"select": {"fields": {"a": "$.b!"}}}], "invalid-path", (0, "select", "fields", "a"), ""),
    (
        [{"filter": {"field": "$.a", "operator": "eq"}}],
        "wrong-argument",
        (0, "filter"),
        "`value` is missing: `filter` takes",
    ),
    ([{"filter": {}}], "wrong-argument", (0, "filter"), "`field` is missing"),
    (["filter"], "wrong-argument", (0,), "`field` is missing"),
    (
        [{"filter": {"where": "item.a", "field": "$.a"}}],
        "wrong-argument",
        (0, "filter", "field"),
        "has no effect beside `where`",
    ),
    (
        [{"filter": {"field": "$.a", "operator": "equals", "value": 1}}],
        "wrong-argument",
        (0, "filter", "operator"),
        "`equals` is not one of",
    ),
    (
        [{"filter": {"field": "$.a", "operator": "in", "value": 1}}],
        "wrong-argument",
        (0, "filter", "value"),
        "`in` compares with a list",
    ),
    (
        [{"filter": {"field": "$.a", "operator": "matches", "value": "("}}],
        "wrong-argument",
        (0, "filter", "value"),
        "no regular expression",
    ),
    ([{"filter": {"where": 3}}], "wrong-argument", (0, "filter", "where"), "an expression that gives true or false"),
    ([{"clamp": {"min": 3, "max": 1}}], "wrong-argument", (0, "clamp", "min"), "`min` (3) is above `max` (1)."),
    ([{"clamp": {}}], "wrong-argument", (0, "clamp"), "needs `min`, `max` or both"),
    ([{"percentage": {"total": 0}}], "wrong-argument", (0, "percentage", "total"), "Nothing can be divided by 0."),
    ([{"split": {"delimiter": ""}}], "wrong-argument", (0, "split", "delimiter"), "The text is empty."),
    ([{"zip": {"with": "users"}}], "wrong-argument", (0, "zip", "with"), "This is a string, but a list"),
    ([{"zip": {"with": {"a": 1}}}], "wrong-argument", (0, "zip", "with"), "This is a map, but a list"),
    ([{"shuffle": {"seed": [1]}}], "wrong-argument", (0, "shuffle", "seed"), "a text or a number"),
    (
        [{"template": {"template": 1}}],
        "wrong-argument",
        (0, "template", "template"),
        "This is a number, but a template",
    ),
    (
        [{"aggregate": {"aggregations": {"t": {"function": "total"}}}}],
        "wrong-argument",
        (0, "aggregate", "aggregations", "t", "function"),
        "`total` is not one of",
    ),
    (
        [{"aggregate": {"aggregations": {"t": {"field": "$.a"}}}}],
        "missing-argument",
        (0, "aggregate", "aggregations", "t"),
        "`function` is missing.",
    ),
    (
        [{"aggregate": {"aggregations": {"t": "sum"}}}],
        "wrong-argument",
        (0, "aggregate", "aggregations", "t"),
        "`{function, field}` is wanted",
    ),
    (
        [{"aggregate": {"aggregations": {"t": {"function": "sum", "path": "$.a"}}}}],
        "unknown-argument",
        (0, "aggregate", "aggregations", "t", "path"),
        "`path` is no argument of an aggregation.",
    ),
    (
        [{"groupBy": {"key": "$.a", "aggregations": {"key": {"function": "count"}}}}],
        "wrong-argument",
        (0, "groupBy", "aggregations", "key"),
        "is the name of the group's own key",
    ),
]


@pytest.mark.parametrize(("pipeline", "kind", "path", "message"), WRONG, ids=[str(each[0])[:50] for each in WRONG])
def test_one_mistake_is_one_problem_at_its_place(
    pipeline: Any, kind: str, path: tuple[str | int, ...], message: str
) -> None:
    (problem,) = read_pipeline(pipeline).problems
    assert (problem.kind, problem.path) == (kind, path)
    assert message in problem.message


def only(pipeline: Any) -> PipelineProblem:
    (problem,) = read_pipeline(pipeline).problems
    return problem


def test_what_was_likely_meant() -> None:
    assert only([{"sort": {"by": "price"}}]).better == "$.price"
    assert only([{"sort": {"by": "@.price"}}]).better == "$.price"
    assert only([{"sort": {"by": "$.first-name"}}]).better == "$['first-name']"
    assert only([{"sort": {"by": "$.a b"}}]).span is not None
    assert "reverse" in only(["revers"]).candidates


def test_keys_and_values_are_told_apart() -> None:
    assert only([{"limit": {"cuont": 1}}]).on_key
    assert only([{"limit": {}}]).on_key
    assert not only(["limit"]).on_key
    assert not only([{"limit": {"count": -1}}]).on_key


def test_every_mistake_is_found() -> None:
    problems = read_pipeline(["a", {"limit": {"count": -1}}, "reverse", {"sort": {"by": "x", "order": "y"}}]).problems
    assert [each.path[0] for each in problems] == [0, 1, 3, 3]


def test_the_expressions_of_a_pipeline_are_listed_with_their_places() -> None:
    read = read_pipeline(
        [
            {"filter": {"where": "item.a > input.x"}},
            {"template": {"template": "{{item}}"}},
            {"limit": {"count": "{{input.n}}"}},
            {"zip": {"with": [1, {"a": "{{input.b}}"}]}},
        ]
    )
    assert not read.problems
    assert [path for path, _ in read.sites] == [
        (0, "filter", "where"),
        (1, "template", "template"),
        (2, "limit", "count"),
        (3, "zip", "with", 1, "a"),
    ]


def test_stages_by_place() -> None:
    read = read_pipeline(["reverse", "nothing", {"limit": {"count": 2}}])
    assert [stage.number for stage in read.stages] == [1, 3]
    assert read.stage_at((2, "limit", "count")) == 1
    assert read.stage_at((1,)) is None
