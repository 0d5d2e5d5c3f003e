"""Texts for patterns, with Python's `re` as the oracle."""

import re

import pytest

from wf_engine.types import of_schema, sample, without_null
from wf_engine.types.patterns import texts

PATTERNS = [
    r"^ab$", r"\bab\b", r"a\Bb", r"^(a|bc)d?$", r"^[a-c]{2,3}$", r"^[^a-z]x+$", r"^\d{3}-\w*$", r"^\s\S\D\W$",
    r"^(?:x|y)(?P<n>z)(?<m>w)$", r"^\x41\u0042$", r"^[\d\-]+$", r"^[]a]$".replace("[]a]", "[a\\]]"), r"^a{2}b{1,}c{0,2}$",
    r"^.\.$", r"^[a-]$", r"^a+?b*?$", r"^((a)(b(c)))$", r"^$", r"^\t\n$", r"^[\w.]+@x$", r"^a|b$",
]  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("seed", range(6))
def test_a_text_for_a_pattern_matches_it(pattern: str, seed: int) -> None:
    found = list(texts(pattern, seed))
    oracle = re.compile(pattern.replace("(?<m>", "(?P<m>"))
    assert found
    assert all(oracle.search(text) for text in found), found


def test_another_seed_gives_another_text_where_there_are_several() -> None:
    assert len({sample(of_schema({"type": "string", "pattern": "^[a-z]$"}), seed) for seed in range(5)}) == 5


@pytest.mark.parametrize("beside", [{"minLength": 2}, {"pattern": "a"}, {"maxLength": 9}, {"format": "email"}])
def test_what_stands_beside_a_choice_stays_when_null_goes(beside: dict[str, object]) -> None:
    schema = without_null(of_schema({"anyOf": [{"type": "string"}, {"type": "null"}], **beside})).schema
    assert isinstance(schema, dict)
    assert schema.items() >= beside.items()
