"""A document in which everything is wrong: the worst of it is said, and that there is more."""

import pytest

from tests.lsp.in_process import Session
from tests.support import task, workflow

URI, TASK = "file:///nowhere/a.workflow.yaml", "file:///nowhere/get-user.task.yaml"
STRICT = "inputSchema: {type: object, additionalProperties: false, properties: {id: {type: string}}}\n"
LAX = STRICT.replace("additionalProperties: false, ", "")
HTTP = 'type: http\nhttp: {method: GET, url: "https://example.com/{{input.id}}"}\n'
CALL = "tasks:\n  - id: s1\n    taskRef: get-user\n    input:\n"


def session(text: str, schema: str = STRICT) -> Session:
    return Session({TASK: task(HTTP + schema, "get-user"), URI: text})


def said(text: str, schema: str = STRICT) -> list[dict]:
    return session(text, schema).diagnostics()[URI]


def inputs(count: int) -> str:
    return "".join(f"      k{number}: {number}\n" for number in range(count))


@pytest.mark.parametrize("count", [999, 1_000, 3_000])
def test_at_most_999_are_shown_beside_the_one_that_says_so(count):
    found = said(workflow(CALL + inputs(count)))
    assert len(found) == min(count, 1_000)
    further = [each for each in found if "code" not in each]
    assert bool(further) is (count > 999)
    for each in further:
        assert (
            each["message"]
            == "Only 999 of the problems of this document are shown\nmend some of them to see the others"
        )
        assert each["severity"] == 3
        assert each["range"]["start"] == {"line": 0, "character": 0}


def test_errors_are_shown_before_the_rest_in_the_order_of_the_text():
    steps = "".join(f"  - id: t{number}\n    taskRef: get-usr\n" for number in range(450))
    found = said(workflow(CALL + inputs(900) + steps), LAX)[1:]
    severities = [each["severity"] for each in found]
    assert (severities.count(1), severities.count(2)) == (450, 549)
    lines = [each["range"]["start"]["line"] for each in found]
    assert lines == sorted(lines)


def test_what_is_wrong_with_the_document_itself_is_said_though_its_steps_have_many_faults():
    text = workflow(CALL + inputs(3_000))
    open_ = session(text)
    assert len(open_.diagnostics()[URI]) == 1_000
    at = {"line": 5, "character": 0}
    change = {"range": {"start": at, "end": at}, "text": "  nonsense: 1\n"}
    open_.say("textDocument/didChange", {"textDocument": {"uri": URI, "version": 2}, "contentChanges": [change]})
    assert any("nonsense" in each["message"] for each in open_.diagnostics()[URI])
