"""Inference beside evaluation, on random expressions over random typed scopes.

The types of the scope are random schemas with random values that satisfy them; jsonschema says whether a value has the
type that was inferred.
"""

from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.expressions.scopes import Names
from wf_engine.expressions import ExpressionError, evaluate, infer, parse_expression
from wf_engine.types import NULL, kinds, literal, object_of, of_schema, to_schema, union

KEYS = ["a", "b", "c"]
WARNINGS = {"optional_read", "nullable_read", "undeclared_property", "possible_operand"}


def scalars(*, strict):
    found = [
        st.tuples(st.just({"type": "integer"}), st.integers(-3, 9)),
        st.tuples(st.just({"type": "number"}), st.sampled_from([0.5, -1.5, 2, 3.0])),
        st.tuples(st.just({"type": "string"}), st.sampled_from(["", "a", "b", "12", "x-y"])),
        st.tuples(st.just({"type": "boolean"}), st.booleans()),
        st.tuples(st.just({"type": ["string", "null"]}), st.sampled_from(["a", None])),
        st.tuples(st.just({"type": ["integer", "null"]}), st.sampled_from([1, None])),
    ]
    if not strict:
        found += [
            st.tuples(st.just({"type": "integer"}), st.sampled_from([2.0, -0.0])),
            st.tuples(st.just({"enum": ["a", 1, None]}), st.sampled_from(["a", 1, None])),
            st.tuples(st.just({"const": "a"}), st.just("a")),
            st.tuples(st.just({"type": "null"}), st.none()),
            st.tuples(st.just({"minimum": 1}), st.sampled_from([2, "a", None, [1]])),
            st.tuples(st.just(True), st.sampled_from([1, "a", None, [], {"a": 1}, False])),
            st.tuples(st.just({"type": ["string", "integer"]}), st.sampled_from(["a", 1])),
        ]
    return st.one_of(found)


@st.composite
def objects(draw, inner, *, strict):
    """A schema of an object that declares some keys and requires some of those, and a value of it."""
    properties, required, value = {}, [], {}
    for key in draw(st.lists(st.sampled_from(KEYS), unique=True)):
        properties[key], found = draw(inner)
        if draw(st.booleans()):
            required.append(key)
            value[key] = found
        elif draw(st.booleans()):
            value[key] = found
    schema = {"type": "object", "properties": properties, "required": required}
    openness = draw(st.sampled_from(["closed", "open"] if strict else ["closed", "open", "spoken"]))
    if openness == "closed":
        schema["additionalProperties"] = False
    elif openness == "spoken":
        schema["additionalProperties"] = {"type": "integer"}
        value.update({key: 7 for key in KEYS if key not in properties and draw(st.booleans())})
    return schema, value


@st.composite
def lists(draw, inner):
    schema, first = draw(inner)
    items = [first] * draw(st.integers(0, 2))
    return {"type": "array", "items": schema}, items


@st.composite
def eithers(draw, inner):
    (first, one), (second, other) = draw(inner), draw(inner)
    return {"anyOf": [first, second]}, draw(st.sampled_from([one, other]))


def typed(*, strict=False):
    """Pairs of a schema and a value of it; `strict`: every value has one kind, but for null."""

    def larger(inner):
        parts = [objects(inner, strict=strict), objects(inner, strict=strict)]
        return st.one_of(parts if strict else [*parts, lists(inner), eithers(inner)])

    return st.recursive(scalars(strict=strict), larger, max_leaves=6)


@st.composite
def worlds(draw, *, strict=False):
    """A scope of types, and the values of the same roots."""
    inputs = {key: draw(typed(strict=strict)) for key in KEYS}
    skipped = draw(st.booleans())
    schema, output = draw(typed(strict=strict))
    status = "skipped" if skipped else "succeeded"
    ran = {"status": literal("succeeded"), "output": of_schema(schema), "response": NULL}
    step = union(object_of(ran), object_of({"status": literal("skipped"), "output": NULL, "response": NULL}))
    scope = Names(
        {"input": object_of({key: of_schema(schema) for key, (schema, _) in inputs.items()})}, {"tasks": {"s": step}}
    )
    values = {
        "input": {key: value for key, (_, value) in inputs.items()},
        "tasks": {"s": {"output": None if skipped else output, "status": status, "response": None}},
    }
    return scope, values


def paths(links):
    roots = st.one_of(st.sampled_from(["input.a", "input.b", "input.c"]), st.just("tasks.s.output"))
    return st.builds(lambda root, rest: root + "".join(rest), roots, st.lists(links, max_size=3))


PLAIN_LINKS = st.sampled_from([".a", ".b", ".c", "['a']"])
LINKS = st.one_of(
    PLAIN_LINKS, st.sampled_from(["?.a", "?.b", "[0]", "[1]", "?.[0]", "[input.a]", "[input.b]", "?.[input.c]"])
)
LITERALS = st.sampled_from(["0", "1", "2.5", "'a'", "'12'", "true", "false", "null", "[]", "[1, 'a']", "{a: 1}", "-1"])
FUNCTIONS = [
    "length({})", "contains({}, {})", "startsWith({}, {})", "lower({})", "trim({})", "split({}, ',')", "join({}, '-')",
    "replace({}, 'a', {})", "keys({})", "values({})", "first({})", "last({})", "flatten({})", "unique({})", "sum({})",
    "min({})", "max({})", "avg({})", "round({})", "round({}, 1)", "floor({})", "abs({})", "toString({})", "toNumber({})",
    "toBoolean({})", "toJson({})", "fromJson({})", "urlEncode({})", "sha256({})", "rawUrl({})", "({} | first)",
]  # fmt: skip
STRICT = [
    *(f"({{}} {op} {{}})" for op in ["+", "-", "*", "/", "%", "==", "!=", "<", ">=", "in"]),
    "(!{})", "(-{})", "[{}, {}]", "{{a: {}, b: {}}}", "[{}, {}][0]", "{{a: {}}}.a", *FUNCTIONS,
]  # fmt: skip
LAZY = [
    "({} ?? {})",
    "({} && {})",
    "({} || {})",
    "({} ? {} : {})",
    "default({}, {})",
    "coalesce({}, {}, {})",
    "({} ?? {}).a",
]


def expressions(templates, links):
    def larger(inner):
        return st.sampled_from(templates).flatmap(
            lambda template: st.lists(inner, min_size=template.count("{}"), max_size=template.count("{}")).map(
                lambda parts: template.format(*parts)
            )
        )

    return st.recursive(st.one_of(paths(links), paths(links), LITERALS), larger, max_leaves=5)


def attempt(text, values):
    try:
        return True, evaluate(parse_expression(text), values)
    except ExpressionError as error:
        return False, error.message


def is_valid(schema, value):
    return Draft202012Validator(schema).is_valid(value)


@given(worlds(), expressions(STRICT + LAZY, LINKS))
def test_a_value_has_the_type_that_was_inferred(world, text):
    scope, values = world
    succeeded, value = attempt(text, values)
    assume(succeeded)
    inference = infer(parse_expression(text), scope)
    assert is_valid(to_schema(inference.type), value), (value, inference.type)


@given(worlds(), expressions(STRICT, LINKS))
def test_what_is_found_to_be_an_error_is_one(world, text):
    """Without operators that may leave a part out, an error that is found happens."""
    scope, values = world
    errors = [finding for finding in infer(parse_expression(text), scope).findings if finding.kind not in WARNINGS]
    assume(errors and "?." not in text)
    assert attempt(text, values)[0] is False, errors


TOTAL = ["({} + {})", "({} - {})", "({} == {})", "({} < {})", "(!{})", "(-{})", "({} && {})", "({} || {})", "({} ? {} : {})",
         "({} ?? {})", "upper({})", "[{}, {}]", "toJson({})", "default({}, {})"]  # fmt: skip


@given(worlds(strict=True), expressions(TOTAL, st.one_of(PLAIN_LINKS, st.sampled_from(["?.a", "?.b"]))))
def test_where_nothing_is_found_nothing_fails(world, text):
    """Where every value has one kind, and nothing depends on how large or long it is."""
    scope, values = world
    succeeded, message = attempt(text, values)
    assume(not succeeded)
    inference = infer(parse_expression(text), scope)
    assert inference.findings or mixes_kinds(inference), message


def mixes_kinds(inference):
    """Whether some node may have values of several kinds; what takes only one of them is then not found."""
    return any(
        len({kind.replace("integer", "number") for kind in kinds(type_) - {"null"}}) > 1
        for type_ in inference.types.values()
    )


CONDITIONS = st.recursive(
    st.builds(
        lambda path, test: test.format(path),
        paths(st.one_of(PLAIN_LINKS, st.sampled_from(["?.a", "?.b"]))),
        st.sampled_from(
            [
                "{} != null",
                "null == {}",
                "{} == 'a'",
                "{} != 'a'",
                "{} == 1",
                "'a' in {}",
                "{}",
                "({} ?? false)",
                "{} < 3",
            ]
        ),
    )
    | st.sampled_from(["tasks.s.status == 'succeeded'", "tasks.s.status != 'skipped'", "tasks.s.status == 'skipped'"]),
    lambda inner: st.one_of(
        st.builds("({} && {})".format, inner, inner),
        st.builds("({} || {})".format, inner, inner),
        st.builds("!({})".format, inner),
    ),
    max_leaves=4,
)


@given(worlds(strict=True), CONDITIONS, expressions(TOTAL, PLAIN_LINKS))
def test_a_condition_that_holds_is_rightly_assumed(world, condition, text):
    scope, values = world
    assume(attempt(condition, values) == (True, True))
    inference = infer(parse_expression(text), scope, [parse_expression(condition).root])
    succeeded, value = attempt(text, values)
    if succeeded:
        assert is_valid(to_schema(inference.type), value), (value, inference.type)
    else:
        assert inference.findings or mixes_kinds(inference), value


@given(worlds(strict=True), CONDITIONS, expressions(TOTAL, PLAIN_LINKS))
def test_a_condition_inside_an_expression_is_rightly_used(world, condition, text):
    scope, values = world
    assume(attempt(condition, values)[0])
    whole = f"{condition} ? {text} : [{text}]"
    inference = infer(parse_expression(whole), scope)
    succeeded, value = attempt(whole, values)
    if succeeded:
        assert is_valid(to_schema(inference.type), value), (value, inference.type)
    else:
        assert inference.findings or mixes_kinds(inference), value
