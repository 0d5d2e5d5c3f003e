"""docs/diagnostics: a page for every code, whose examples show what it says, and tests of the same name."""

import re
from pathlib import Path

import pytest

from tests.support import errors
from tools.generate.diagnostics import render
from wf_engine.checks import BY_CODE, CHECKS, Check, diagnostics
from wf_engine.checks.old_spellings import OLD_CODES
from wf_engine.workspace import Settings, Workspace

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs/diagnostics"
CODES = sorted(BY_CODE)
_BLOCK = re.compile(r"^## (Wrong|Right)\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SETTINGS = Settings(env={"API": "https://example.com"})


def page(code: str) -> str:
    return (PAGES / f"{code}.md").read_text()


def codes_of(text: str) -> list[str]:
    workspace = Workspace.of({"example.workflow.yaml": text}, _SETTINGS)
    found = diagnostics(workspace, "example.workflow.yaml")
    return [each.code for each in found]


def _file_name(check: Check) -> str:
    """Old spellings are the rows of one table."""
    return "old_spellings" if check.code in OLD_CODES else check.name.replace("-", "_")


def test_catalogue_pages_and_tests_name_the_same_codes() -> None:
    assert sorted(path.stem for path in PAGES.glob("WF*.md")) == CODES
    tests = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    names = {_file_name(check) for check in CHECKS}
    assert names - tests == set()
    assert len(BY_CODE) == len({check.name for check in CHECKS}) == len(CHECKS)


def test_a_check_has_a_file_of_its_name() -> None:
    files = {path.stem for path in (ROOT / "wf_engine/checks").glob("*.py")}
    assert {_file_name(check) for check in CHECKS} - files == set()


@pytest.mark.parametrize("code", CODES)
def test_a_page_says_what_it_is_about(code: str) -> None:
    check = BY_CODE[code]
    assert page(code).startswith(f"# {code} {check.name}\n\n**{check.severity.label}** · {check.summary}\n")
    assert "\n## How to fix it\n" in page(code)


@pytest.mark.parametrize("code", CODES)
def test_the_examples_of_a_page(code: str) -> None:
    examples = dict(_BLOCK.findall(page(code)))
    # two definitions that are equal are both reported
    assert codes_of(examples["Wrong"]) == [code] * (2 if code == "WF306" else 1)
    assert codes_of(examples["Right"]) == []


def test_the_index_is_generated() -> None:
    for path, text in render().items():
        assert (ROOT / path).read_text() == text


def test_only_errors_are_errors() -> None:
    source = dict(_BLOCK.findall(page("WF408")))["Wrong"]
    found = diagnostics(Workspace.of({"a.workflow.yaml": source}), "a.workflow.yaml")
    assert [each.code for each in found] == ["WF408"]
    assert errors(found) == []
