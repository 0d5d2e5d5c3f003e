"""The workflow that somebody means."""

import pytest

from wf_engine.session.finding import find_workflow
from wf_engine.text import WfError
from wf_engine.workspace import Workspace


def workflow(name, namespace="default", version=None):
    annotations = f", annotations: {{workflow.io/version: {version}}}" if version else ""
    metadata = f"metadata: {{name: {name}, namespace: {namespace}{annotations}}}"
    return f"apiVersion: workflow.io/v1\nkind: Workflow\n{metadata}\nspec: {{}}\n"


ONE = Workspace.of({"a.yaml": workflow("one")})
MANY = Workspace.of(
    {
        "a.yaml": workflow("pay", version="1.2.0") + "---\n" + workflow("pay", version="1.10.0"),
        "b.yaml": workflow("ship", "north") + "---\n" + workflow("ship", "south"),
    }
)


@pytest.mark.parametrize(
    ("workspace", "name", "path", "found"),
    [
        (ONE, None, None, "default/one@"),
        (ONE, "one", None, "default/one@"),
        (MANY, None, "a.yaml", "default/pay@1.10.0"),
        (MANY, "pay", None, "default/pay@1.10.0"),
        (MANY, "pay@1.2.0", None, "default/pay@1.2.0"),
        (MANY, "default/pay@1.2.0", "a.yaml", "default/pay@1.2.0"),
        (MANY, "north/ship", None, "north/ship@"),
    ],
)
def test_a_workflow_is_found(workspace, name, path, found):
    key = find_workflow(workspace, name, path).key
    assert f"{key.namespace}/{key.name}@{key.version}" == found


@pytest.mark.parametrize(
    ("workspace", "name", "path", "message", "hint"),
    [
        (
            Workspace(),
            None,
            None,
            "There is no workflow in the workspace.",
            "A workflow is a document with `kind: Workflow`",
        ),
        (ONE, None, "b.yaml", "There is no workflow in the file.", "A workflow is a document with `kind: Workflow`"),
        (ONE, "on", None, "There is no workflow `on` in the workspace. Did you mean `one`?", "There is `one`."),
        (MANY, "pay", "b.yaml", "There is no workflow `pay` in the file.", "There is `north/ship`, `south/ship`."),
        (MANY, "pay@2.0.0", None, "There is no workflow `pay@2.0.0`", "`pay@1.10.0`, `pay@1.2.0`"),
        (
            MANY,
            None,
            "b.yaml",
            "There are 2 workflows in the file; say which one.",
            "It is one of `north/ship`, `south/ship`.",
        ),
        (MANY, "ship", None, "`ship` stands in more than one namespace", "Say which: `north/ship` and `south/ship`."),
    ],
)
def test_what_is_missing_or_unclear_is_said(workspace, name, path, message, hint):
    with pytest.raises(WfError) as caught:
        find_workflow(workspace, name, path)
    assert message in caught.value.message
    assert hint in caught.value.hint
