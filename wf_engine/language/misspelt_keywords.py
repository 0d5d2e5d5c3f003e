"""Keys of a JSON Schema that are near to a keyword and none: what they say is never checked."""

from collections.abc import Iterator
from typing import Any

from wf_engine.text import closest
from wf_engine.types import KEYWORDS, schema_parts

Path = tuple[str | int, ...]
_NEAR = 0.75
"""Other keys are allowed, as annotations of somebody else: more than a resemblance is wanted."""
_LIKELY = tuple(sorted(name for name in KEYWORDS if name not in {"if", "not", "$id"}))
"""A short word is soon near to the shortest of them."""
_FOREIGN = frozenset({"example", "enumDescriptions", "markdownDescription"})
"""Annotations of OpenAPI and of editors, which are near to a keyword and meant as they are."""


def misspelt_keywords(schema: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """The path of each key, in a schema and the schemas in it, with the keyword that was most likely meant."""
    if not isinstance(schema, dict):
        return
    for name in schema:
        if name not in KEYWORDS and name not in _FOREIGN and not name.startswith("x-"):
            meant = closest(name, (each for each in _LIKELY if each not in schema), _NEAR)
            if meant is not None:
                yield (*path, name), meant
    for step, part in schema_parts(schema):
        yield from misspelt_keywords(part, (*path, *step))
