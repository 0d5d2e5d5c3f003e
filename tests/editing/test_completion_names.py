"""Names that mean something already: versions, variables, secrets, what is in `metadata`, what a test speaks of."""

import pytest

from tests.editing.completing import TASKS, Asked, ask
from tests.editing.test_completion_keys import step
from tests.support import task, with_cursor, workflow, workspace_of
from wf_engine.editing import completion
from wf_engine.language import ERROR_CODES
from wf_engine.workspace import Settings

PATH = "main.workflow.yaml"


def version(number: str) -> str:
    text = workflow("input: {a: {type: string, required: true}}\ntasks: [{id: x, taskRef: get-user}]", "child-x")
    notes = f"metadata:\n  annotations: {{workflow.io/name: child, workflow.io/version: {number}}}\n"
    return text.replace("metadata:\n", notes)


VERSIONS = {"one.yaml": version("1.2.0"), "two.yaml": version("1.10.0")}


def test_a_workflow_is_offered_without_and_with_each_version():
    assert ask(step("workflowRef: $0"), VERSIONS).labels == ["child", "child@1.10.0", "child@1.2.0"]


@pytest.mark.parametrize("typed", ["child@$0", '"child@$0"', "child@1.$0", '"child@$0', "chi$0ld@1.2.0"])
def test_behind_an_at_sign_versions_come_first_the_highest_before_the_others(typed):
    asked = ask(step(f"description: é 🙂\nworkflowRef: {typed}"), VERSIONS)
    first = ["child@1.10.0", "child@1.2.0"]
    assert [label for label in asked.labels if "@" in label] == first
    assert asked.labels[:2] == first or not typed.startswith(("child@", '"child@'))
    assert "workflowRef: " + asked.line(first[0]).strip().splitlines()[0].partition(": ")[2].strip('"') == (
        "workflowRef: child@1.10.0"
    )


@pytest.mark.parametrize(("files", "labels"), [({}, ["1.0.0", "0.1.0"]), (VERSIONS, ["1.10.1", "1.11.0", "2.0.0"])])
def test_the_version_of_a_workflow_goes_on_from_those_that_there_are(files, labels):
    assert ask(version("$0").replace("child-x", "child-y"), files).labels == labels


def test_annotations_that_mean_something():
    source = workflow("tasks: []").replace("metadata:\n", "metadata:\n  annotations:\n    $0\n")
    assert ask(source).labels == ["workflow.io/version", "workflow.io/name"]
    source = source.replace("    $0\n", "    workflow.io/name: größer\n    $0\n")
    assert ask(source).labels == ["workflow.io/version"]


def test_a_document_may_be_called_as_its_file_and_lives_in_a_namespace_that_there_is():
    source = "apiVersion: workflow.io/v1\nkind: WorkflowTask\nmetadata: {name: $0}\n"
    assert ask(source, path="/srv/get-user.task.yaml").labels == ["get-user"]
    assert ask(source, path="Größe.task.yaml").labels == []
    far = {"far.task.yaml": task("type: http").replace("name: probe", "name: probe\n  namespace: far")}
    assert ask(source.replace("name: $0", "namespace: $0"), far).labels == ["default", "far"]


def reading(text: str, *, secrets: tuple[str, ...] = (), settings: Settings | None = None) -> Asked:
    source, offset = with_cursor(text)
    files = {"tasks.task.yaml": TASKS, "other.workflow.yaml": OTHER}
    workspace = workspace_of("", files, settings).with_secrets(secrets).with_text(PATH, source)
    return Asked(source, offset, completion(workspace, PATH, offset))


OTHER = workflow(
    """
    tasks:
      - {id: a, taskRef: get-user, input: {id: "{{secrets.OFTEN}} {{secrets.OFTEN}} {{env.HOST}}"}}
      - {id: b, taskRef: get-user, input: {id: "{{secrets.OFTEN}} {{secrets.ONCE}}"}}
    triggers: [{type: webhook, id: hook, secretRef: HOOK}]
    """,
    "other",
)


@pytest.mark.parametrize(
    "text",
    [
        'input: {id: "{{secrets.$0}}"}',
        'input: {id: "{{secrets.$0',
        'description: é 🙂\ninput: {id: "ö {{secrets.$0}}"}',
    ],
)
def test_secrets_that_are_there_come_before_those_that_are_only_named(text):
    asked = reading(step(text), secrets=("TOKEN", "ONCE"))
    assert asked.labels == ["ONCE", "TOKEN", "OFTEN", "HOOK"]
    assert asked.item("TOKEN").detail == "configured"
    assert asked.item("OFTEN").detail == "named elsewhere"


@pytest.mark.parametrize("typed", ["$0", '"$0"', "HO$0", "'$0"])
def test_a_webhook_is_signed_with_one_of_the_secrets(typed):
    head = f"tasks: []\ndescription: größer\ntriggers:\n  - type: webhook\n    id: hook\n    secretRef: {typed}"
    asked = reading(workflow(head), secrets=("TOKEN",))
    assert {"TOKEN", "HOOK", "OFTEN"} <= set(asked.labels)
    assert asked.labels[0] == ("HOOK" if "HO" in typed else "TOKEN")


def test_variables_that_are_configured_are_the_ones_there_are():
    settings = Settings.of({"env": {"API": "http://localhost:1", "LIMIT": 3}})
    asked = reading(step('input: {id: "{{env.$0}}"}'), settings=settings)
    assert asked.labels == ["API", "LIMIT"]
    assert asked.item("API").documentation == "Configured as `http://localhost:1`."
    assert reading(step('input: {id: "{{env.$0}}"}')).labels == ["HOST"]


CASE = """\
apiVersion: workflow.io/v1
kind: WorkflowTest
metadata: {name: main-test}
spec:
  workflow: main
  cases:
    - name: größer 🙂
      %s
"""
MAIN = workflow("""
    input: {userId: {type: string, required: true}, note: {type: string}}
    tasks:
      - {id: user, taskRef: get-user, input: {id: "{{secrets.TOKEN}}"}}
      - {id: block, tasks: [{id: mail, taskRef: send-mail, input: {to: x, count: 1}}]}
    output: {who: "{{tasks.user.output.name}}"}
    """)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("mocks: {$0}", ["get-user", "send-mail", "user", "block"]),
        ("mocks:\n        get-user: {}\n        $0", ["send-mail", "user", "block"]),
        ("mocks: {get-user: {body: {$0}}}", ["id", "name", "tags", "address", "age", "manager"]),
        ("mocks: {user: [{body: {$0}}]}", ["id", "name", "tags", "address", "age", "manager"]),
        ("mocks:\n        user:\n          body:\n            address: {$0", ["city"]),
        ("input: {$0}", ["userId", "note"]),
        ("expect: {output: {$0}}", ["who"]),
        ("expect: {steps: {$0}}", ["user", "block"]),
        ("secrets: {$0}", ["TOKEN"]),
        ("expect: {status: $0}", ["succeeded", "failed", "timedOut", "cancelled"]),
        ("mocks: {nonsense: {body: {$0}}}", []),
        ("mocks: {get-user: {error: $0}}", ["network", "timeout"]),
        ("expect: {error: $0}", list(ERROR_CODES)),
        ("expect: {error: {code: $0}}", list(ERROR_CODES)),
        (
            "expect: {error: {$0}}",
            ["code", "message", "path", "retryable", "attempts", "http", "suggestion", "docs", "originalError"],
        ),
    ],
)
def test_a_test_speaks_of_what_its_workflow_has(text, labels):
    assert ask(CASE % text, {"tested.workflow.yaml": MAIN}, path="main.wftest.yaml").labels == labels


def test_a_test_of_no_workflow_speaks_of_nothing():
    assert ask(CASE % "mocks: {$0}", path="main.wftest.yaml").labels == []


@pytest.mark.parametrize("text", ["headers: {$0}", "headers:\n    $0", 'headers: {Accept: "é", $0}'])
def test_headers_that_are_usual(text):
    labels = ask(task(f"type: http\nhttp:\n  method: GET\n  url: https://example.com\n  {text}")).labels
    assert {"Authorization", "Content-Type"} <= set(labels)
    assert ("Accept" in labels) is ("Accept" not in text)
