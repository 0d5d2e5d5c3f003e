"""What an editor is told inside old spellings is what it is told inside today's."""

import pytest

from tests.support import MAIN, task, with_cursor, workflow, workspace_of
from wf_engine.editing import completion, hover

INPUT = "input: {go: {type: boolean}, ids: {type: array, items: {type: string}}}\n"
STEP = INPUT + "tasks:\n  - id: a\n    taskRef: get-user\n    "
OLD = "inputSchema: {type: object, properties: {go: {type: boolean}, ids: {type: array}}}\ntasks:\n  - id: a\n    taskRef: get-user\n    "


def labels(source: str) -> list[str]:
    text, offset = with_cursor(source)
    return [item.label for item in completion(workspace_of(text), MAIN, offset).items]


@pytest.mark.parametrize(
    ("old", "today"),
    [
        (task("type: http\nrequest: {m$0}\n"), task("type: http\nhttp: {m$0}\n")),
        (task("type: http\nrequest: {method: $0}\n"), task("type: http\nhttp: {method: $0}\n")),
        (task("type: http\nretryPolicy: {c$0}\n"), task("type: http\nretry: {c$0}\n")),
        (task("type: http\nretryPolicy: {maxRetries: 1, m$0}\n"), task("type: http\nretry: {maxAttempts: 1, m$0}\n")),
        (task("type: http\nrequest: {}\nt$0\n"), task("type: http\nhttp: {}\nt$0\n")),
        (workflow(STEP + "condition: input.$0\n"), workflow(STEP + "condition: {if: input.$0}\n")),
        (workflow(STEP + 'condition: "{{input.$0}}"\n'), workflow(STEP + 'condition: {if: "{{input.$0}}"}\n')),
        (workflow(STEP + "condition: workflow.input.$0\n"), workflow(STEP + "condition: {if: input.$0}\n")),
        (workflow(STEP + 'forEach: {collection: "{{in$0}}"}\n'), workflow(STEP + 'forEach: {items: "{{in$0}}"}\n')),
        (workflow(STEP + "forEach: {collection: x, max$0}\n"), workflow(STEP + "forEach: {items: x, max$0}\n")),
        (workflow(OLD + 'input: {id: "{{input.$0}}"}\n'), workflow(STEP + 'input: {id: "{{input.$0}}"}\n')),
        (workflow(STEP + "retryCount: 2\n    input: {$0}\n"), workflow(STEP + "retry: {}\n    input: {$0}\n")),
    ],
)
def test_completion(old: str, today: str) -> None:
    assert labels(old) == labels(today)
    assert labels(old)


def test_completion_of_a_loop_s_results() -> None:
    reader = '  - {id: b, taskRef: get-user, input: {id: "{{tasks.a.%s[0].$0}}"}}\n'
    loop = 'forEach: {items: "{{input.ids}}"}\n'
    assert "address" in labels(workflow(STEP + loop + reader % "forEach.outputs"))
    assert labels(workflow(STEP + loop + reader % "forEach.outputs")) == labels(
        workflow(STEP + loop + reader % "output.results")
    )


def test_an_empty_condition_is_no_place_for_the_old_spelling() -> None:
    assert "input" not in labels(workflow(STEP + "condition: $0\n"))


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (task("type: http\nreq$0uest: {method: GET, url: x}\n"), "**http**"),
        (workflow(STEP + "forEach: {coll$0ection: x}\n"), "**items**"),
        (workflow(STEP + "condition: workflow.input.g$0o\n"), "boolean"),
    ],
)
def test_hover(source: str, words: str) -> None:
    text, offset = with_cursor(source)
    found = hover(workspace_of(text), MAIN, offset)
    assert found is not None
    assert words in found.markdown
