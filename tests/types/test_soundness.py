"""Assignability never lies: its answers against the jsonschema package on generated pairs of schemas and values."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from wf_engine.types import (
    NO_WITNESS,
    STRING,
    Answer,
    Type,
    assignable,
    item_of,
    kinds,
    may_be_null,
    nullable,
    of_schema,
    property_of,
    sample,
    union,
    validate,
    without_null,
)

Json = Any
Draw = Callable[[st.SearchStrategy[Any]], Any]

_NAMES = ("a", "b", "c")
_SCALARS: list[Json] = [None, True, False, -1, 0, 1, 2, 3.0, 0.5, 2.5, "", "a", "b", "ab", "abc"]
_ELEMENTS: list[Json] = [None, True, 0, 1, 0.5, "a", "b", [], ["a"], [1], {}, {"a": 1}, {"a": "a"}, {"b": None}]
_UNIVERSE: list[Json] = [
    *_SCALARS,
    [],
    *([element] for element in _ELEMENTS),
    *([left, right] for left in _ELEMENTS[:8] for right in (0, "a", None, 0.5)),
    [1, 1, 1],
    ["a", 1, None],
    {},
    *({name: element} for name in _NAMES for element in _ELEMENTS),
    *({"a": left, "b": right} for left in _ELEMENTS[:8] for right in (0, "a", None, True, {"a": "a"})),
    *({"a": 1, "b": "a", "c": element} for element in _ELEMENTS),
    *({"a": "a", "b": 1, "d": element} for element in (0, "a", None)),
    {"a": {"a": {"a": 1}}},
    {"a": {"a": {"a": "a"}}},
    {"a": [{"a": [{"a": []}]}]},
]


@st.composite
def scalars(draw: Draw) -> Json:
    kind = draw(st.sampled_from(["string", "integer", "number", "boolean", "null", "listed", "several"]))
    if kind == "listed":
        values = draw(st.lists(st.sampled_from(_SCALARS), min_size=1, max_size=4))
        return {"const": values[0]} if draw(st.booleans()) else {"enum": values}
    if kind == "several":
        kinds = st.sampled_from(["string", "integer", "number", "boolean", "null", "object", "array"])
        return {"type": draw(st.lists(kinds, min_size=2, max_size=3, unique=True))}
    schema: dict[str, Json] = {"type": kind}
    if kind == "string":
        schema |= draw(
            _some(
                {
                    "minLength": st.integers(0, 2),
                    "maxLength": st.integers(0, 3),
                    "pattern": st.sampled_from(["^a", "b$", "^[ab]+$", "a|b"]),
                }
            )
        )
    if kind in ("integer", "number"):
        low, high = st.sampled_from([-1, 0, 0.5, 1]), st.sampled_from([1, 2, 2.5, 3])
        schema |= draw(
            _some(
                {
                    "minimum": low,
                    "maximum": high,
                    "exclusiveMinimum": low,
                    "exclusiveMaximum": high,
                    "multipleOf": st.sampled_from([1, 2, 0.5]),
                }
            )
        )
    return schema


@st.composite
def _some(draw: Draw, choices: dict[str, st.SearchStrategy[Json]]) -> dict[str, Json]:
    """Few of the keywords, mostly none."""
    return {name: draw(value) for name, value in choices.items() if draw(st.integers(0, 5)) == 5}


@st.composite
def objects(draw: Draw, parts: st.SearchStrategy[Json]) -> Json:
    declared = draw(st.dictionaries(st.sampled_from(_NAMES), parts, max_size=3))
    schema: dict[str, Json] = {"type": "object", "properties": declared}
    schema["required"] = [name for name in declared if draw(st.integers(0, 3))]
    if draw(st.booleans()):
        schema["additionalProperties"] = False
    schema |= draw(
        _some(
            {
                "additionalProperties": parts,
                "patternProperties": st.dictionaries(
                    st.sampled_from(["^a", "[bc]", "d"]), parts, min_size=1, max_size=2
                ),
                "minProperties": st.integers(0, 2),
                "maxProperties": st.integers(0, 2),
                "propertyNames": st.sampled_from([{"pattern": "^[ab]"}, {"enum": ["a", "b", "d"]}]),
                "dependentRequired": st.just({"a": ["b"]}),
                "dependentSchemas": st.dictionaries(st.sampled_from(_NAMES), st.just({"required": ["c"]}), max_size=1),
                "unevaluatedProperties": parts,
            }
        )
    )
    return schema


@st.composite
def lists(draw: Draw, parts: st.SearchStrategy[Json]) -> Json:
    schema: dict[str, Json] = {"type": "array", "items": draw(parts)}
    if draw(st.booleans()):
        schema["minItems"] = 1
    schema |= draw(
        _some(
            {
                "prefixItems": st.lists(parts, min_size=1, max_size=2),
                "items": st.booleans(),
                "minItems": st.integers(0, 2),
                "maxItems": st.integers(0, 3),
                "uniqueItems": st.booleans(),
                "contains": parts,
                "minContains": st.integers(0, 2),
                "maxContains": st.integers(0, 2),
                "unevaluatedItems": parts,
            }
        )
    )
    return schema


@st.composite
def combined(draw: Draw, parts: st.SearchStrategy[Json]) -> Json:
    keyword = draw(st.sampled_from(["anyOf", "oneOf", "allOf", "not", "if"]))
    first = draw(parts)
    near = st.one_of(parts, narrowed(first), twisted(first))
    if keyword == "not":
        return {**first, "not": draw(near)} if isinstance(first, dict) else {"not": draw(parts)}
    if keyword == "if":
        return {"if": first, "then": draw(near), "else": draw(near)}
    return {keyword: [first, *draw(st.lists(near, min_size=1, max_size=2))]}


_REFERENCE = st.just({"$ref": "#/$defs/n"})
_leaves = st.one_of(scalars(), scalars(), scalars(), st.just(True), _REFERENCE)
_inner = st.one_of(_leaves, _leaves, _leaves, objects(_leaves), lists(_leaves), combined(_leaves))
schemas = st.one_of(objects(_inner), lists(_inner), combined(_inner), objects(_inner), lists(_inner), scalars())


def _grounded(schema: Json) -> Json:
    """A definition that does not require itself, so that it has values."""
    declared = schema.get("properties", {})
    names = [name for name in schema.get("required", ()) if "$ref" not in declared.get(name, {})]
    result = {**schema, "required": names} if declared else dict(schema)
    return {key: value for key, value in result.items() if key not in ("minItems", "contains", "minProperties")}


_recursive = st.one_of(scalars(), _REFERENCE)
definitions = st.one_of(objects(_recursive), lists(_recursive)).map(_grounded)


@st.composite
def narrowed(draw: Draw, schema: Json) -> Json:
    """A schema with, mostly, fewer values: at one or several places a constraint more or a choice less."""
    if not isinstance(schema, dict):
        return draw(scalars()) if schema is True and draw(st.booleans()) else schema
    result = dict(schema)
    if schema.get("type") == "number":
        result["type"] = "integer"
    if isinstance(schema.get("type"), list):
        result["type"] = draw(st.sampled_from(schema["type"]))
    if len(schema.get("enum", ())) > 1:
        result["enum"] = schema["enum"][1:]
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            return draw(st.sampled_from(schema[keyword]))
    if "properties" in schema:
        result["properties"] = {name: draw(narrowed(part)) for name, part in schema["properties"].items()}
        result["required"] = list(dict.fromkeys([*schema.get("required", ()), *schema["properties"]]))
    if isinstance(schema.get("items"), dict):
        result["items"] = draw(narrowed(schema["items"]))
        result["minItems"] = max(1, schema.get("minItems", 0))
    return result


_OTHER_KIND = {"string": "integer", "integer": "string", "number": "boolean", "boolean": "number", "null": "string"}


@st.composite
def twisted(draw: Draw, schema: Json) -> Json:
    """A schema that differs in one place: another kind, null added, a property renamed, lost or not required."""
    if not isinstance(schema, dict):
        return draw(scalars())
    result = dict(schema)
    if declared := schema.get("properties"):
        name = draw(st.sampled_from(sorted(declared)))
        how = draw(st.sampled_from(["deeper", "deeper", "lose", "optional", "required", "open"]))
        result["properties"] = dict(declared)
        if how == "deeper":
            result["properties"][name] = draw(twisted(declared[name]))
        elif how == "lose":
            del result["properties"][name]
        elif how in ("optional", "required"):
            names = [other for other in schema.get("required", ()) if other != name]
            result["required"] = names if how == "optional" else [*names, name]
        else:
            result.pop("additionalProperties", None)
        return result
    if isinstance(schema.get("items"), dict):
        return {**result, "items": draw(twisted(schema["items"]))}
    for keyword, other in (("maximum", "exclusiveMaximum"), ("exclusiveMinimum", "minimum"), ("multipleOf", "minimum")):
        if keyword in schema and draw(st.booleans()):
            result[other] = result.pop(keyword)
            return result
    if isinstance(kind := schema.get("type"), str) and kind in _OTHER_KIND:
        return {"type": _OTHER_KIND[kind] if draw(st.integers(0, 3)) else [kind, "null"]}
    return draw(st.one_of(scalars(), st.just({"anyOf": [schema, {"type": "null"}]})))


@st.composite
def clashing(draw: Draw, schema: Json) -> Json:
    """A schema that, mostly, has no value in common with the given one."""
    if not isinstance(schema, dict):
        return {"type": "null"} if schema is True else schema
    if declared := schema.get("properties"):
        name = draw(st.sampled_from(sorted(declared)))
        changed = {**declared, name: draw(clashing(declared[name]))}
        required = [*schema.get("required", ()), *([name] if draw(st.integers(0, 3)) else [])]
        return {**schema, "properties": changed, "required": required}
    if isinstance(schema.get("items"), dict) and "prefixItems" not in schema:
        return {**schema, "items": draw(clashing(schema["items"])), "minItems": draw(st.sampled_from([0, 1, 2, 2]))}
    kinds = schema.get("type", [])
    free = [kind for kind in ("string", "integer", "boolean", "null", "array") if kind not in kinds]
    values = schema.get("enum", [schema.get("const", 0)])
    others = [kind for kind in free if not any(Draft202012Validator({"type": kind}).is_valid(v) for v in values)]
    if kinds == "number":
        others = ["string", "object"]
    if kinds == "string" and "pattern" not in schema and draw(st.booleans()):
        return {"type": "string", "minLength": 4} if "maxLength" in schema else {"type": "array"}
    return {"type": draw(st.sampled_from(others or ["object"]))}


_STRUCTURE = {"type", "properties", "items", "$ref"}


@st.composite
def loosened(draw: Draw, schema: Json) -> Json:
    """A schema with one constraint less, somewhere in it."""
    if not isinstance(schema, dict):
        return schema
    inner = [keyword for keyword in ("items",) if isinstance(schema.get(keyword), dict)]
    names = [name for name, part in schema.get("properties", {}).items() if isinstance(part, dict) and part]
    free = sorted(schema.keys() - _STRUCTURE)
    where = draw(st.sampled_from([*inner, *names[:1], *free, *free] or [""]))
    if where in names:
        declared = schema["properties"]
        return {**schema, "properties": {**declared, where: draw(loosened(declared[where]))}}
    if where == "items":
        return {**schema, "items": draw(loosened(schema["items"]))}
    if where in ("anyOf", "oneOf", "allOf"):
        return {**schema, where: schema[where][:-1]} if len(schema[where]) > 1 else schema
    return {keyword: value for keyword, value in schema.items() if keyword != where}


@st.composite
def pairs(draw: Draw) -> tuple[Json, Json]:
    """A source and a target, each a document: independent, or one made from the other."""
    first = draw(schemas)
    make = draw(st.sampled_from([*[narrowed] * 3, *[clashing] * 6, twisted, None]))
    second = draw(schemas if make is None else make(first))
    forward = draw(st.integers(0, 5)) > 0 if make is narrowed else draw(st.booleans())
    source, target = (second, first) if forward else (first, second)
    forward = draw(st.integers(0, 5)) > 0 if make is narrowed else draw(st.booleans())
    source, target = (second, first) if forward else (first, second)
    shared = draw(definitions)
    other = draw(st.one_of(st.just(shared), st.just(shared), narrowed(shared), twisted(shared)))
    return _document(source, other), _document(target, shared)


def _document(schema: Json, definition: Json) -> Json:
    return {**schema, "$defs": {"n": definition}} if isinstance(schema, dict) else schema


def _check(source: Json, target: Json) -> Answer:
    found = assignable(of_schema(source), of_schema(target))
    valid, wanted = Draft202012Validator(source), Draft202012Validator(target)
    if found.answer in (Answer.NO, Answer.PARTLY):
        assert valid.is_valid(found.witness)
        assert not wanted.is_valid(found.witness)
        assert found.reason
    else:
        assert found.witness is NO_WITNESS
    if found.answer in (Answer.YES, Answer.NO):
        for value in _UNIVERSE:
            if valid.is_valid(value):
                assert wanted.is_valid(value) == (found.answer is Answer.YES), value
    return found.answer


def test_answers_agree_with_the_oracle_and_are_not_mostly_unknown() -> None:
    answers: Counter[Answer] = Counter()

    @settings(max_examples=max(500, settings().max_examples))
    @given(pairs())
    def check(pair: tuple[Json, Json]) -> None:
        answers[_check(*pair)] += 1

    check()
    assert answers[Answer.YES] >= 0.3 * answers.total(), answers
    assert answers[Answer.NO] >= 0.3 * answers.total(), answers


@settings(max_examples=max(300, settings().max_examples))
@given(schemas, definitions, st.data())
def test_a_constraint_less_is_never_a_wrong_yes(target: Json, definition: Json, data: st.DataObject) -> None:
    source = data.draw(loosened(target))
    _check(_document(source, definition), _document(target, definition))


@given(schemas, definitions)
def test_validation_agrees_with_the_oracle(schema: Json, definition: Json) -> None:
    document = _document(schema, definition)
    valid = Draft202012Validator(document)
    for value in _UNIVERSE:
        assert (validate(document, value) == []) == valid.is_valid(value), value


@given(schemas, definitions)
def test_what_is_said_of_the_parts_holds_of_every_value(schema: Json, definition: Json) -> None:
    document = _document(schema, definition)
    type_, valid = of_schema(document), Draft202012Validator(document)
    for value in filter(valid.is_valid, _UNIVERSE):
        assert any(Draft202012Validator({"type": kind}).is_valid(value) for kind in kinds(type_)), value
        assert value is None or not validate(without_null(type_), value), value
        if isinstance(value, dict):
            for name in (*_NAMES, "d"):
                _check_property(type_, value, name)
        if isinstance(value, list):
            assert not any(validate(item_of(type_), element) for element in value), value
    assert not may_be_null(without_null(type_))


def _check_property(type_: Type, value: dict[str, Json], name: str) -> None:
    found = property_of(type_, name)
    assert found.status != "none"
    assert found.status != "required" or name in value
    assert found.status != "forbidden" or name not in value
    assert name not in value or not validate(found.type, value[name]), (found, value)


@given(schemas, definitions)
def test_null_is_noticed(schema: Json, definition: Json) -> None:
    document = _document(schema, definition)
    type_, valid = of_schema(document), Draft202012Validator(document)
    answer = assignable(nullable(type_), type_).answer
    if valid.is_valid(None):
        assert answer in (Answer.YES, Answer.UNKNOWN)
    elif valid.is_valid({}):
        assert answer in (Answer.PARTLY, Answer.UNKNOWN)
    assert assignable(type_, type_).answer is Answer.YES
    assert assignable(type_, union(type_, STRING)).answer in (Answer.YES, Answer.UNKNOWN)


@given(scalars(), scalars())
def test_a_kind_added_is_partly(left: Json, right: Json) -> None:
    source, target = union(of_schema(left), of_schema(right)), of_schema(right)
    foreign = Draft202012Validator({"not": {"type": [*kinds(target)]}, **left})
    wanted = Draft202012Validator(right)
    if any(map(foreign.is_valid, _UNIVERSE)) and any(map(wanted.is_valid, _UNIVERSE)):
        assert assignable(source, target).answer is Answer.PARTLY


def test_samples_are_valid() -> None:
    """All but those few that must avoid one of several overlapping alternatives."""
    found: Counter[bool] = Counter()

    @given(schemas, definitions)
    def check(schema: Json, definition: Json) -> None:
        document = _document(schema, definition)
        valid, value = Draft202012Validator(document), sample(of_schema(document))
        assert value == sample(of_schema(document))
        if any(map(valid.is_valid, _UNIVERSE)):
            found[valid.is_valid(value)] += 1

    check()
    assert found[True] >= 0.97 * found.total(), found
