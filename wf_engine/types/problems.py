"""Whether a schema is one."""

from collections.abc import Iterator

from wf_engine.types.keywords import (
    DEFINITION_KEYWORDS,
    LIST_KEYWORDS,
    MAP_KEYWORDS,
    SCHEMA_KEYWORDS,
    plain,
    usable,
)
from wf_engine.types.messages import Violation
from wf_engine.types.model import Json
from wf_engine.types.references import Document
from wf_engine.types.relation import Path
from wf_engine.types.validation import compiles, meta_violations


def schema_problems(schema: Json) -> list[Violation]:
    """What is wrong with a JSON Schema 2020-12; the paths lead into the schema.

    Besides what its meta-schema says: references that lead nowhere or out of the schema, and patterns that are not
    checked because no linear-time engine takes them.
    """
    copy = plain(schema)
    if not usable(copy):
        return [Violation((), "", "holds something that is no JSON value, or is nested too deeply")]
    found = meta_violations(copy)
    if isinstance(copy, dict):
        found += _own(copy, Document(copy), copy, ())
    seen: dict[Path, Violation] = {}
    for violation in found:
        seen.setdefault(violation.path, violation)
    return list(seen.values())


def _own(schema: Json, document: Document, resource: Json, path: Path) -> list[Violation]:
    if not isinstance(schema, dict):
        return []
    resource = document.resource_of(schema, resource)
    found = [*_references(schema, document, resource, path), *_patterns(schema, path)]
    for step, part in schema_parts(schema):
        found += _own(part, document, resource, (*path, *step))
    return found


def _references(schema: dict[str, Json], document: Document, resource: Json, path: Path) -> Iterator[Violation]:
    for keyword in ("$ref", "$dynamicRef"):
        reference = schema.get(keyword)
        if isinstance(reference, str) and document.resolve(reference, resource) is None:
            where = "leads nowhere" if reference.startswith("#") else "leads out of this schema and is never followed"
            yield Violation((*path, keyword), keyword, f"{where}, so anything is allowed here")


def _patterns(schema: dict[str, Json], path: Path) -> Iterator[Violation]:
    message = "is not a regular expression that can be checked in linear time (no look-around, no back-references)"
    pattern = schema.get("pattern")
    if isinstance(pattern, str) and not compiles(pattern):
        yield Violation((*path, "pattern"), "pattern", message)
    names = schema.get("patternProperties")
    for name in names if isinstance(names, dict) else ():
        if not compiles(name):
            yield Violation((*path, "patternProperties", name), "pattern", message)


def schema_parts(schema: dict[str, Json]) -> Iterator[tuple[Path, Json]]:
    """The schemas directly inside a schema, each with the path that leads there."""
    for keyword, value in schema.items():
        if keyword in SCHEMA_KEYWORDS:
            yield (keyword,), value
        elif keyword in LIST_KEYWORDS and isinstance(value, list):
            yield from (((keyword, index), part) for index, part in enumerate(value))
        elif keyword in MAP_KEYWORDS | DEFINITION_KEYWORDS and isinstance(value, dict):
            yield from (((keyword, name), part) for name, part in value.items())
