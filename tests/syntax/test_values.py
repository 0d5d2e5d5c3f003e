"""Values agree with ruamel.yaml (YAML 1.2, safe, pure) on generated texts that both accept.

Not generated, because ruamel.yaml is not the core schema there: `0b11`, `1_000`, dates, `.inf` and `.nan` (no JSON),
NEL, U+2028 and U+2029 as line ends, tabs between tokens (it refuses many that YAML allows), keys of flow maps that
begin with `?`, and a map that merges itself. Not generated, because tree-sitter-yaml refuses it: a key that begins
with `-` right below a list at its column. Keys are texts here (JSON), so 1 and "1" are the same key.
"""

import warnings
from typing import Any

from hypothesis import assume, given
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError, YAMLWarning

from tests.syntax.yaml_texts import texts
from wf_engine.syntax import Document, File, parse_segment, value_of

TOLERATED = ("ambiguous-scalar", "duplicate-key")


def expected(text: str) -> list[Any]:
    """What ruamel.yaml reads; the example is dropped where it refuses the text."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", YAMLWarning)
            return [as_json(value) for value in YAML(typ="safe", pure=True).load_all(text)] or [None]
    except (YAMLError, RecursionError, ValueError):
        assume(False)
        raise


def as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): as_json(inner) for key, inner in value.items()}
    return [as_json(inner) for inner in value] if isinstance(value, list) else value


def typed(value: Any) -> Any:
    """The value with its types, so that 1, 1.0 and True are told apart."""
    if isinstance(value, dict):
        return {key: typed(inner) for key, inner in value.items()}
    return [typed(inner) for inner in value] if isinstance(value, list) else (type(value).__name__, value)


def read(document: Document) -> Any:
    return value_of(document.root) if document.root is not None else None


def without_own_alias(file: File) -> bool:
    """Whether no alias stands inside the value it means, which has no JSON value."""
    return all("inside the value" not in issue.message for document in file.documents for issue in document.issues)


def agrees(text: str) -> None:
    wanted = expected(text)
    file = File.parse(text)
    assume(without_own_alias(file))
    refused = [issue for document in file.documents for issue in document.issues if issue.kind not in TOLERATED]
    assert not refused, refused
    assert typed([read(document) for document in file.documents]) == typed(wanted)


@given(texts(breadth=2))
def test_short_texts(text: str) -> None:
    agrees(text)


@given(texts(breadth=5))
def test_long_texts(text: str) -> None:
    agrees(text)


@given(texts(breadth=6, documents=1))
def test_a_text_that_is_cut_into_segments_has_the_values_of_one_that_is_not(text: str) -> None:
    assume("%YAML" not in text)
    document = File.parse(text).documents[0]
    whole = parse_segment(text)
    assume(whole.sound)
    cut = read(document)
    assert typed(cut) == typed(value_of(whole.node) if whole.node is not None else None)


@given(texts(breadth=4, documents=1))
def test_every_character_of_a_text_comes_from_where_it_says(text: str) -> None:
    """A character of a scalar is the one at its source, or stands for an escape, a quote or a line end there."""
    for _, segment in File.parse(text).documents[0].segments():
        pending = [segment.node] if segment.node is not None else []
        while pending:
            node = pending.pop()
            pending += [part for part in node.parts() if part.segment is segment and part is not node]
            if node.kind == "scalar" and not node.broken:
                sources = [node.source(offset) for offset in range(len(node.text))]
                assert sources == sorted(sources)
                assert all(node.start <= source <= node.end for source in sources)
                changed = {
                    segment.text[at : at + 1]
                    for char, at in zip(node.text, sources, strict=True)
                    if segment.text[at] != char
                }
                assert changed <= set("\\\r\n "), changed
