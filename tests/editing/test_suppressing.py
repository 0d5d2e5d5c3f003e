"""The edit that silences a finding."""

import pytest

from tests.support import MAIN, applied, task, workflow, workspace_of
from wf_engine.checks import Suppressions, diagnostics
from wf_engine.editing import suppression

HTTP = 'http: {method: GET, url: "https://example.com/x"}'


def silenced(source: str) -> str:
    workspace = workspace_of(source)
    found = diagnostics(workspace, MAIN)[0]
    after = applied(source, [suppression(workspace.files[MAIN], Suppressions(workspace.files[MAIN]), found)])
    assert found.code not in [each.code for each in diagnostics(workspace_of(after), MAIN)]
    return after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"type: http\ntimout: 3s\n{HTTP}\n", f"type: http\n# wf-ignore: WF201\ntimout: 3s\n{HTTP}\n"),
        (
            f"type: http\ntimout: 3s # wf-ignore: WF202 (why)\n{HTTP}\n",
            f"type: http\ntimout: 3s # wf-ignore: WF202, WF201 (why)\n{HTTP}\n",
        ),
    ],
)
def test_a_line(before: str, after: str) -> None:
    assert silenced(task(before)) == task(after)


def test_a_text_of_several_lines() -> None:
    spec = 'tasks:\n  - id: a\n    taskRef: get-user\n    input:\n      id: "x\n\n        {{input.no}}"\n'
    assert silenced(workflow(spec)) == workflow(spec.replace('      id: "x', '      # wf-ignore: WF405\n      id: "x'))


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    source = "\ufeffapiVersion: workflow.example.com/v1\r\n" + task(f"type: http\n{HTTP}\n").split("\n", 1)[1].replace(
        "\n", "\r\n"
    )
    assert silenced(source) == "\ufeff# wf-ignore: WF901\r\n" + source[1:]
