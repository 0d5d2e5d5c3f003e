"""Laws of the operations, and that the inferred type holds for every result."""

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from wf_engine.expressions.values import equal, fingerprint
from wf_engine.transforms import TransformError, infer_pipeline, read_pipeline, run
from wf_engine.types import ANY, Type, array_of, kinds, literal, nullable, object_of, of_schema, union, validate

SCALARS = st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from([0.5, 1.5, -2.25]) | st.sampled_from("abc")
ROW = st.fixed_dictionaries(
    {}, optional={"a": SCALARS, "b": st.lists(SCALARS, max_size=3), "c": st.fixed_dictionaries({"d": SCALARS})}
)
VALUES = st.recursive(SCALARS | ROW, lambda inner: st.lists(inner, max_size=4), max_leaves=12)
LISTS = st.lists(VALUES, max_size=8)
NUMBERS = st.lists(st.integers(-50, 50) | st.floats(-50, 50).filter(lambda n: n == n), max_size=12)  # noqa: PLR0124


def ran(pipeline: Any, value: Any, seed: str = "s") -> Any:
    return run(read_pipeline(pipeline), value, seed=seed)


def bag(items: list[Any]) -> list[str]:
    return sorted(repr(fingerprint(item)) for item in items)


@given(NUMBERS, st.sampled_from(["asc", "desc"]))
def test_sort_is_a_permutation_in_order(items: list[Any], order: str) -> None:
    found = ran([{"sort": {"order": order}}], items)
    assert bag(found) == bag(items)
    assert found == sorted(items, reverse=order == "desc")


@given(LISTS)
def test_distinct_is_idempotent_and_keeps_one_of_each(items: list[Any]) -> None:
    once = ran(["distinct"], items)
    assert equal(ran(["distinct", "distinct"], items), once)
    assert sorted(set(bag(items))) == bag(once)


@given(LISTS, st.integers(1, 5))
def test_chunk_then_flatten_is_the_identity(items: list[Any], size: int) -> None:
    assert equal(ran([{"chunk": {"size": size}}, "flatten"], items), items)


@given(LISTS)
def test_reverse_twice_is_the_identity(items: list[Any]) -> None:
    assert equal(ran(["reverse", "reverse"], items), items)


@given(LISTS, st.integers(0, 10))
def test_limit_and_skip_share_the_items(items: list[Any], count: int) -> None:
    assert equal(ran([{"limit": {"count": count}}], items) + ran([{"skip": {"count": count}}], items), items)


@given(LISTS)
def test_filter_and_its_contrary_share_the_items(items: list[Any]) -> None:
    kept = ran([{"filter": {"field": "$.a", "operator": "eq", "value": 1}}], items)
    rest = ran([{"filter": {"field": "$.a", "operator": "ne", "value": 1}}], items)
    assert bag(kept + rest) == bag(items)


@given(LISTS, st.text(max_size=5), st.integers(0, 9))
def test_lots_are_drawn_by_the_seed_alone(items: list[Any], seed: str, count: int) -> None:
    for operation in ({"shuffle": {"seed": seed}}, {"randomN": {"count": count, "seed": seed}}):
        found = ran([operation], items, "1")
        assert equal(found, ran([operation], items, "2"))
    assert bag(ran(["shuffle"], items)) == bag(items)
    assert equal(ran(["shuffle"], items, "1"), ran(["shuffle"], items, "1"))


@given(LISTS)
def test_groups_hold_every_item_once(items: list[Any]) -> None:
    groups = ran([{"groupBy": {"key": "$.a"}}], items)
    assert bag([item for group in groups for item in group["items"]]) == bag(items)


@given(st.lists(st.text(alphabet="ab,", max_size=6), max_size=5))
def test_split_then_concat_is_the_identity(items: list[str]) -> None:
    assert ran([{"split": {"delimiter": ","}}, {"concat": {"delimiter": ","}}], items) == items


@given(LISTS, LISTS)
def test_zip_is_as_long_as_the_shorter(items: list[Any], others: list[Any]) -> None:
    found = ran([{"zip": {"with": others}}], items)
    assert len(found) == min(len(items), len(others))
    assert equal([pair[0] for pair in found], items[: len(found)])


PATHS = st.sampled_from(
    [
        "$",
        "$.a",
        "$.b",
        "$.c",
        "$.c.d",
        "$.b[0]",
        "$.b[*]",
        "$.x",
        "$..d",
        "$[*]",
        "$[0]",
        "$.*",
        "$[?@.a]",
        "$['a', 'b']",
    ]
)
ONE = st.sampled_from(["$", "$.a", "$.c.d", "$.b[0]", "$.x"])
FIELDS = st.dictionaries(st.sampled_from("abcxy"), PATHS, min_size=1, max_size=3)
FUNCTIONS = st.sampled_from(["sum", "avg", "count", "min", "max", "first", "last", "collect"])
AGGREGATE = st.fixed_dictionaries({"function": FUNCTIONS}, optional={"field": PATHS})
AGGREGATIONS = st.dictionaries(st.sampled_from("uvw"), AGGREGATE, min_size=1, max_size=3)
OPERATORS = st.sampled_from(["eq", "ne", "in", "exists"])


def of(name: str, **arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({name: st.fixed_dictionaries(arguments)})


OPERATIONS = st.one_of(
    of("select", fields=FIELDS),
    of("map", fields=FIELDS),
    of("enrich", fields=FIELDS),
    of("filter", field=PATHS, operator=st.just("exists")),
    of("filter", where=st.sampled_from(["index < 2", "item == item", "item?.a == 1"])),
    of("flatMap", path=PATHS),
    of("flatten", depth=st.integers(1, 3)),
    of("groupBy", key=PATHS),
    of("groupBy", key=PATHS, aggregations=AGGREGATIONS),
    of("aggregate", aggregations=AGGREGATIONS),
    of("join", leftKey=ONE, rightKey=ONE, **{"with": st.lists(ROW, max_size=3),
       "type": st.sampled_from(["inner", "left", "right", "outer"])}),
    of("zip", **{"with": LISTS}),
    of("sort", by=ONE),
    of("distinct", by=PATHS),
    of("limit", count=st.integers(0, 3)),
    of("skip", count=st.integers(0, 2)),
    of("nth", index=st.integers(0, 3)),
    of("chunk", size=st.integers(1, 3)),
    of("randomN", count=st.integers(0, 3)),
    of("clamp", min=st.integers(-3, 0), max=st.just(1.5)),
    of("scale", factor=st.sampled_from([2, 0.5])),
    of("percentage", total=st.just(4)),
    of("round", decimals=st.integers(0, 2)),
    of("concat", delimiter=st.just("-")),
    of("split", delimiter=st.just("b")),
    of("substring", start=st.integers(0, 2)),
    of("template", template=st.sampled_from(["{{item}}", "{{index}}", "{{item?.a}}", "x{{item}}", "{{[item, 1]}}"])),
    st.sampled_from(["reverse", "first", "last", "randomOne", "shuffle", "uppercase", "trim", "floor", "abs", "sort",
                     "distinct", "flatten", "concat"]),
)  # fmt: skip


class NoScope:
    def roots(self) -> list[str]:
        return []

    def root(self, name: str) -> Type | None:
        return None

    def keyed(self, name: str) -> bool:
        return False

    def member(self, root: str, name: str) -> Type | None:
        return None

    def members(self, root: str) -> list[str]:
        return []


@st.composite
def loosened(draw: st.DrawFn, value: Any) -> Type:
    """A type that the value is of, somewhere between the value itself and anything."""
    choice = draw(st.integers(0, 9))
    if choice == 0:
        return ANY
    if choice == 1:
        return literal(value)
    if choice == 2:
        return nullable(draw(loosened(value)))
    if isinstance(value, dict):
        inner = {key: draw(loosened(item)) for key, item in value.items()}
        if draw(st.booleans()):
            inner["x"] = draw(st.sampled_from([of_schema({"type": "integer"}), ANY]))
        required = [key for key in value if draw(st.booleans())]
        return object_of(inner, required, closed=draw(st.booleans()))
    if isinstance(value, list):
        return array_of(union(*[draw(loosened(item)) for item in value]))
    names = {bool: "boolean", int: "integer", float: "number", str: "string", type(None): "null"}
    return of_schema({"type": names[type(value)]})


@given(st.data())
def test_the_inferred_type_holds_for_the_result(data: st.DataObject) -> None:
    value = data.draw(VALUES)
    type_ = data.draw(loosened(value))
    assert validate(type_, value) == []
    pipeline = read_pipeline(data.draw(st.lists(OPERATIONS, min_size=1, max_size=4)))
    assume(not pipeline.problems)
    try:
        result = run(pipeline, value, seed="s")
    except TransformError:
        return
    inferred = infer_pipeline(pipeline, type_, NoScope())
    assert validate(inferred.result, result) == [], (type_, pipeline.written, value, result, inferred.result)


@given(st.data())
def test_items_that_are_said_to_be_wrong_fail_where_there_are_any(data: st.DataObject) -> None:
    value = data.draw(st.lists(VALUES, min_size=1, max_size=4))
    pipeline = read_pipeline([data.draw(OPERATIONS)])
    assume(not pipeline.problems)
    assume(pipeline.stages[0].operation.wants)  # of an aggregation, there may be no values
    found = infer_pipeline(pipeline, literal(value), NoScope()).findings
    assume(any(finding.kind == "wrong-items" for finding in found))
    assert kinds(literal(value)) == {"array"}
    try:
        run(pipeline, value, seed="s")
    except TransformError:
        return
    raise AssertionError((pipeline.written, value, found))
