"""What the project shows is right, and what it shows as wrong is wrong in exactly the ways it means."""

from pathlib import Path

import pytest

from tests.support import applied
from wf_engine.checks import diagnostics
from wf_engine.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2] / "examples"
FILES = {str(path.relative_to(ROOT)): path.read_text() for path in sorted(ROOT.rglob("*.yaml"))}
BROKEN = "broken/order-dashboard.workflow.yaml"
GOOD = [path for path in FILES if path != BROKEN]


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return Workspace.of(FILES)


@pytest.mark.parametrize("path", GOOD)
def test_nothing_is_wrong(workspace: Workspace, path: str) -> None:
    assert diagnostics(workspace, path) == ()


def test_the_broken_one_has_its_seven_mistakes(workspace: Workspace) -> None:
    found = diagnostics(workspace, BROKEN)
    assert [each.name for each in found] == [
        "unknown-field",
        "incompatible-input",
        "duplicate-id",
        "unknown-task",
        "missing-input",
        "unknown-step",
        "undeclared-property",
    ]
    assert all(each.fixes for each in found)


def test_its_fixes_lead_to_a_clean_file(workspace: Workspace) -> None:
    found = diagnostics(workspace, BROKEN)
    edits = [edit for each in found for edit in each.fixes[0].edits]
    mended = applied(FILES[BROKEN], edits)
    left = diagnostics(workspace.with_text(BROKEN, mended), BROKEN)
    assert [each.message for each in left] == ["Nobody reads what `stock-2` gives, and it changes nothing"]


@pytest.mark.parametrize("number", range(7))
def test_each_fix_alone_mends_one_mistake(workspace: Workspace, number: int) -> None:
    found = diagnostics(workspace, BROKEN)
    mended = applied(FILES[BROKEN], found[number].fixes[0].edits)
    left = diagnostics(workspace.with_text(BROKEN, mended), BROKEN)
    assert [each.code for each in left] == [each.code for each in found if each is not found[number]]
