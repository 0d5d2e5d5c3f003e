"""What the JSON Schema engine finds, in words for people."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from wf_engine.types.cases import kind_of, same
from wf_engine.types.description import alternatives, brief, either
from wf_engine.types.model import Json, Type
from wf_engine.types.relation import Path

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

_MOST_OPTIONS: Final = 8
_LONGEST_PHRASE: Final = 160


@dataclass(frozen=True, slots=True)
class Violation:
    """Where a value breaks a schema (`path` in the value), the keyword it breaks, and a phrase that follows "it"."""

    path: Path
    keyword: str
    message: str


def rewritten(errors: "Iterable[ValidationError]", value: Json) -> list[Violation]:
    """What is wrong with the value, one violation a cause, in the engine's order."""
    return list(dict.fromkeys(violation for error in errors for violation in _one(error, value)))


def gathered(violations: Iterable[Violation]) -> list[Violation]:
    """The violations, all that one object lacks in one of them."""
    found: dict[tuple[Path, str, str], list[Violation]] = {}
    for each in violations:
        apart = "" if each.keyword == "required" else each.message
        found.setdefault((each.path, each.keyword, apart), []).append(each)
    return [several[0] if len(several) == 1 else _lacking(several) for several in found.values()]


def _lacking(several: list[Violation]) -> Violation:
    *names, last = (each.message.removeprefix(_LACKS) for each in several)
    message = f"lacks the required properties {', '.join(names)} and {last}"
    return Violation(several[0].path, several[0].keyword, message)


_LACKS: Final = "lacks the required property "


def noun(names: list[str]) -> str:
    """Kinds in words, with articles: `an integer or null`."""
    return either([_NOUNS[name] for name in sorted(names, key="null".__eq__)])


def noun_of(value: Json) -> str:
    """What kind of value it is, with an article."""
    return _NOUNS["number" if (kind := kind_of(value)) == "fraction" else kind]


def phrase(type_: Type) -> str:
    """A type in words that fit into a sentence, shorter where they get long."""
    for depth in (1, 0):
        words = either([_with_article(word) for word in alternatives(type_, depth)])
        if len(words) <= _LONGEST_PHRASE:
            return words or "nothing"
    return "another kind of value"


def _with_article(word: str) -> str:
    first = word.split(" ", 1)[0]
    article = {"integer": "an ", "object": "an "}.get(first, "a ")
    return article + word if first in _ARTICLED else word


_ARTICLED: Final = frozenset({"boolean", "integer", "number", "string", "object", "list", "map"})
_NOUNS: Final = {
    "null": "null",
    "boolean": "a boolean",
    "integer": "an integer",
    "number": "a number",
    "string": "a string",
    "array": "a list",
    "object": "an object",
}


_KIND_NOUNS: Final = frozenset(_NOUNS.values())


def _one(error: "ValidationError", value: Json) -> Iterator[Violation]:
    keyword, path = error.kind.name, tuple(error.instance_path)
    if keyword in ("anyOf", "oneOf"):
        yield from _alternatives(error, path, keyword, value)
    elif keyword in ("additionalProperties", "unevaluatedProperties", "unevaluatedItems"):
        names: list[str] = error.kind.as_dict()["unexpected"]
        steps = _indexes(names, error.instance) if keyword == "unevaluatedItems" else names
        yield from (Violation((*path, step), keyword, "is not allowed here") for step in steps)
    elif keyword == "falseSchema":
        yield from _refused(error, path, value)
    elif keyword == "propertyNames":
        inner: ValidationError = error.kind.error  # type: ignore[attr-defined]
        for violation in _one(inner, value):
            yield Violation(path, keyword, f"has a property whose name {violation.message}")
    else:
        yield Violation(path, keyword, _message(keyword, error.kind.as_dict(), error.instance, error.message))


def _indexes(written: list[str], elements: Json) -> list[int]:
    """Where the elements stand that are given as JSON: of equal ones the last, since the first are those looked at."""
    found: list[int] = []
    for index in reversed(range(len(elements))):
        if len(found) < len(written) and same(json.loads(written[-1 - len(found)]), elements[index]):
            found.append(index)
    return found[::-1]


def _refused(error: "ValidationError", path: Path, value: Json) -> Iterator[Violation]:
    """The schema `false`; as `additionalProperties` beside no other property the engine names the object only."""
    keyword = str(error.schema_path[-1]) if error.schema_path else ""
    for step in path:
        value = value[step]
    if keyword == "additionalProperties" and isinstance(value, dict):
        yield from (Violation((*path, name), keyword, "is not allowed here") for name in value)
    else:
        yield Violation(path, "false", "is not allowed here")


def _alternatives(error: "ValidationError", path: Path, keyword: str, value: Json) -> Iterator[Violation]:
    """What is wrong with the one alternative that was meant, where that can be told; else what the alternatives are."""
    branches: list[list[ValidationError]] = error.kind.context  # type: ignore[attr-defined]
    meant = [branch for branch in branches if not any(_of_other_kind(e, path) for e in branch)]
    discriminated = [branch for branch in meant if not any(_of_other_name(e, path) for e in branch)]
    if any(not branch for branch in branches):
        yield Violation(path, keyword, "fits more than one of the alternatives, and exactly one is wanted")
    elif len(chosen := discriminated or meant) == 1:
        for inner in chosen[0]:
            yield from _one(inner, value)
    elif not meant and (wanted := _wanted(branches, path)):
        found = noun_of(error.instance) if all(text in _KIND_NOUNS for text in wanted) else brief(error.instance)
        yield Violation(path, "type", f"is {found}, but {either(wanted)} is wanted")
    else:
        yield Violation(path, keyword, f"fits none of the {len(branches)} alternatives")


def _of_other_kind(error: "ValidationError", path: Path) -> bool:
    if error.kind.name == "falseSchema" and error.schema_path[-1:] == ["additionalProperties"]:
        return False
    return error.kind.name in ("type", "const", "enum", "falseSchema") and tuple(error.instance_path) == path


def _of_other_name(error: "ValidationError", path: Path) -> bool:
    """Whether a property that tells alternatives apart has the value of another."""
    return error.kind.name in ("const", "enum") and len(error.instance_path) == len(path) + 1


def _wanted(branches: "list[list[ValidationError]]", path: Path) -> list[str]:
    """What the alternatives want, if each of them says so by its kind or its values."""
    wanted: dict[str, None] = {}
    for branch in branches:
        found = next((e for e in branch if _of_other_kind(e, path)), None)
        facts = found.kind.as_dict() if found else {}
        if "types" in facts:
            wanted.update(dict.fromkeys(_NOUNS[name] for name in facts["types"]))
        elif "options" in facts:
            wanted.update(dict.fromkeys(map(brief, facts["options"])))
        elif "expected_value" in facts:
            wanted[brief(facts["expected_value"])] = None
        elif found is None or found.kind.name != "falseSchema":
            return []
    return sorted(wanted, key="null".__eq__) if len(wanted) <= _MOST_OPTIONS else []


def _message(keyword: str, facts: dict[str, Any], value: Json, original: str) -> str:
    write = _MESSAGES.get(keyword)
    return write(facts, value) if write else original


def _count(value: Json, part: str) -> str:
    return f"{len(value)} {part}{'' if len(value) == 1 else 's'}"


def _options(facts: dict[str, Any], value: Json) -> str:
    options = [brief(option) for option in facts["options"]]
    if len(options) > _MOST_OPTIONS:
        options = [*options[: _MOST_OPTIONS - 1], "…"]
    return f"is {brief(value)}, but {either(options or ['nothing'])} is wanted"


_MESSAGES: Final[dict[str, Callable[[dict[str, Any], Json], str]]] = {
    "type": lambda facts, value: f"is {noun_of(value)}, but {noun(facts['types'])} is wanted",
    "required": lambda facts, _: f"{_LACKS}`{facts['property']}`",
    "enum": _options,
    "const": lambda facts, value: f"is {brief(value)}, but {brief(facts['expected_value'])} is wanted",
    "minimum": lambda facts, value: f"is {brief(value)}, but at least {facts['limit']} is wanted",
    "maximum": lambda facts, value: f"is {brief(value)}, but at most {facts['limit']} is wanted",
    "exclusiveMinimum": lambda facts, value: f"is {brief(value)}, but more than {facts['limit']} is wanted",
    "exclusiveMaximum": lambda facts, value: f"is {brief(value)}, but less than {facts['limit']} is wanted",
    "multipleOf": lambda facts, value: f"is {brief(value)}, but a multiple of {facts['multiple_of']} is wanted",
    "minLength": lambda facts, value: f"has {_count(value, 'character')}, but at least {facts['limit']} are wanted",
    "maxLength": lambda facts, value: f"has {_count(value, 'character')}, but at most {facts['limit']} are wanted",
    "pattern": lambda facts, _: f"does not match the pattern `{facts['pattern']}`",
    "format": lambda facts, _: f"is not a valid {facts['format']}",
    "minItems": lambda facts, value: f"has {_count(value, 'element')}, but at least {facts['limit']} are wanted",
    "maxItems": lambda facts, value: f"has {_count(value, 'element')}, but at most {facts['limit']} are wanted",
    "uniqueItems": lambda *_: "has two equal elements",
    "contains": lambda *_: "does not have as many elements of the wanted kind as it should",
    "minProperties": lambda facts, value: f"has {_count(value, 'key')}, but at least {facts['limit']} are wanted",
    "maxProperties": lambda facts, value: f"has {_count(value, 'key')}, but at most {facts['limit']} are wanted",
    "not": lambda *_: "is a value that the schema excludes",
}
