"""WF310: two webhooks that take the same requests."""

from tests.support import MAIN, check_diagnostics, workflow
from wf_engine.checks import diagnostics
from wf_engine.workspace import Workspace

STEPS = """
tasks:
  - {id: a, taskRef: get-user, input: {id: "größe"}}
triggers:
"""


def test_in_one_workflow_the_later_one():
    check_diagnostics(
        workflow(
            STEPS
            + """
  - {type: webhook, id: a, path: hooks/ä, secretRef: KEY}
                                 ^^^^^^^ related the other webhook
  - {type: webhook, id: b, path: /hooks/ä, secretRef: KEY, methods: [PUT, POST]}
                                 ^^^^^^^^ WF310 Another webhook in this workflow takes the requests to `/hooks/ä`
"""
        )
    )


def test_other_methods_or_switched_off():
    check_diagnostics(
        workflow(
            STEPS
            + """
  - {type: webhook, id: a, path: hooks, secretRef: KEY}
  - {type: webhook, id: b, path: hooks, secretRef: KEY, methods: [PUT]}
  - {type: webhook, id: c, path: hooks, secretRef: KEY, enabled: false}
  - {type: webhook, id: d, path: hooks/d, secretRef: KEY}
"""
        )
    )


def other(name: str, version: str = "") -> str:
    text = workflow(STEPS + "  - {type: webhook, id: x, path: orders, secretRef: KEY}\n", name)
    notes = f"\n  annotations: {{workflow.io/name: main, workflow.io/version: {version}}}" if version else ""
    return text.replace(f"name: {name}", f"name: {name}{notes}")


def test_in_two_workflows_both():
    source = workflow(
        STEPS
        + """
  - {type: webhook, id: a, path: orders, secretRef: KEY}
                                 ^^^^^^ WF310 of the workflow `other`
"""
    )
    found = check_diagnostics(source, {"other.workflow.yaml": other("other")})
    assert [each.location.path for each in found[0].related] == ["other.workflow.yaml"]


def test_versions_of_one_workflow_may_share_an_address():
    files = {MAIN: other("main-1", "1.0.0"), "b.workflow.yaml": other("main-2", "2.0.0")}
    assert not [each for each in diagnostics(Workspace.of(files), MAIN) if each.code == "WF310"]


def test_only_the_highest_version_counts():
    files = {
        "c.workflow.yaml": other("third"),
        MAIN: other("main-1", "1.0.0"),
        "b.workflow.yaml": other("main-2", "2.0.0").replace("path: orders", "path: parcels"),
    }
    workspace = Workspace.of(files)
    assert not [each for path in files for each in diagnostics(workspace, path) if each.code == "WF310"]
