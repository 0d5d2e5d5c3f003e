"""Every fix mends what it belongs to and nothing else, whatever the line ends of the file are."""

import re
from pathlib import Path

import pytest

from tests.support import applied
from wf_engine.checks import BY_CODE, diagnostics
from wf_engine.session.fixing import mended
from wf_engine.text import Diagnostic
from wf_engine.workspace import Settings, Workspace

PAGES = Path(__file__).resolve().parents[2] / "docs/diagnostics"
_WRONG = re.compile(r"^## Wrong\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SETTINGS = Settings(env={"API": "https://example.com"})
FILE = "example.workflow.yaml"
EXAMPLES = {code: found[1] for code in sorted(BY_CODE) if (found := _WRONG.search((PAGES / f"{code}.md").read_text()))}
LINE_ENDS = ["\n", "\r\n"]
UNCOVERS = {"WF202", "WF504", "WF507", "WF812"}
"""What is there after these may have something to say for itself: an example, a null, a comment that is read now."""


def workspace_of(text: str) -> Workspace:
    return Workspace.of({FILE: text}, _SETTINGS)


def told(found: tuple[Diagnostic, ...]) -> list[tuple[str, str]]:
    return [(each.code, each.message) for each in found]


@pytest.mark.parametrize("line_end", LINE_ENDS, ids=["lf", "crlf"])
@pytest.mark.parametrize("code", EXAMPLES)
def test_a_fix_mends_its_finding_and_changes_nothing_else(code: str, line_end: str) -> None:
    text = EXAMPLES[code].replace("\n", line_end)
    found = diagnostics(workspace_of(text), FILE)
    for each in found:
        for fix in each.fixes:
            after = applied(text, fix.edits)
            assert "\n" not in after.replace(line_end, ""), "a fix ends its lines as the file does"
            left = told(diagnostics(workspace_of(after), FILE))
            assert (each.code, each.message) not in left, fix.title
            rest = [other for other in left if other not in told(found)]
            assert rest == [] or code in UNCOVERS, (fix.title, rest)


def test_fixes_that_take_a_decision_are_left_to_a_person() -> None:
    for code, text in EXAMPLES.items():
        before = workspace_of(text)
        asked = [each for each in diagnostics(before, FILE) if each.fixes and not each.fixes[0].safe]
        if asked:
            after = mended(before, [FILE])
            assert after.applied == 0, code
            assert after.workspace.files[FILE].text.value == text


def test_values_are_never_made_up() -> None:
    text = EXAMPLES["WF504"]
    found = diagnostics(workspace_of(text), FILE)
    assert [(each.code, [fix.safe for fix in each.fixes]) for each in found] == [("WF504", [False])]
