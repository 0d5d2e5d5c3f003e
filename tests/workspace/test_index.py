"""The index of a workspace: names, versions, contracts, and what snapshots share."""

import pytest

from tests.support import TASKS, workflow
from wf_engine.text import Edit, Span
from wf_engine.workspace import Change, Settings, SourceFile, Workspace, reference, version_order

STEPS = 'tasks:\n  - {id: a, taskRef: get-user, input: {id: "1"}}'


def versioned(version: str | None, name: str = "main") -> str:
    annotations = (
        f"{{workflow.io/name: main, workflow.io/version: {version}}}" if version else "{workflow.io/name: main}"
    )
    return workflow(STEPS, name).replace(f"name: {name}", f"name: {name}\n  annotations: {annotations}")


def test_a_bare_name_is_looked_for_in_the_namespace_of_the_document() -> None:
    there = TASKS.replace("metadata: {name: get-user}", "metadata: {name: get-user, namespace: ops}")
    workspace = Workspace.of({"a.task.yaml": there})
    assert workspace.task("get-user") is None
    assert workspace.task("get-user", "ops") is not None
    assert workspace.task("ops/get-user") is not None
    assert workspace.names_of("WorkflowTask", "ops") == ("get-user", "default/send-mail")


def test_no_version_means_the_highest() -> None:
    versions = ["1.9.0", None, "1.10.0", "1.10.0-rc.1", "1.10.0-rc.2"]
    files = {f"{n}.yaml": versioned(version, f"main-{n}") for n, version in enumerate(versions)}
    workspace = Workspace.of(files)
    found = workspace.workflow("main")
    assert found is not None
    assert found.key.version == "1.10.0"
    exact = workspace.workflow("main@1.9.0")
    assert exact is not None
    assert exact.path == "0.yaml"
    assert workspace.workflow("main@2.0.0") is None
    assert [each.key.version for each in workspace.definitions("Workflow")] == [
        "1.10.0", "1.10.0-rc.2", "1.10.0-rc.1", "1.9.0", "",
    ]  # fmt: skip


def test_versions_are_ordered_as_semver_does() -> None:
    ordered = [
        "",
        "nonsense",
        "0.9.9",
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.beta",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0",
    ]
    shuffled = [*ordered[4:], *ordered[:4]]
    assert sorted(shuffled, key=version_order) == ordered


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("get-user", ("here", "get-user", None)),
        ("ops/get-user", ("ops", "get-user", None)),
        ("child@1.2.0", ("here", "child", "1.2.0")),
        ("ops/child@1.2.0-rc.1", ("ops", "child", "1.2.0-rc.1")),
    ],
)
def test_references(text: str, parts: tuple[str, str, str | None]) -> None:
    assert reference(text, "here") == parts


def test_of_equal_definitions_the_first_path_counts_whatever_was_read_first() -> None:
    files = dict.fromkeys(("b.yaml", "a.yaml", "c.yaml"), TASKS)
    workspace = Workspace.of(files)
    found = workspace.task("get-user")
    assert found is not None
    assert found.path == "a.yaml"
    again = workspace.without("a.yaml").with_text("a.yaml", TASKS).task("get-user")
    assert again is not None
    assert again.path == "a.yaml"


def test_an_edit_shares_what_it_does_not_change() -> None:
    workspace = Workspace.of({"a.workflow.yaml": workflow(STEPS), "t.task.yaml": TASKS})
    at = workspace.files["t.task.yaml"].text.value.index("Reads a user.")
    described = workspace.edited("t.task.yaml", Edit(Span(at, at + 5), "Finds"))
    assert described.files["a.workflow.yaml"] is workspace.files["a.workflow.yaml"]
    # the second document of the file is the same one
    assert described.files["t.task.yaml"].documents[1] is workspace.files["t.task.yaml"].documents[1]
    assert described.contracts is not workspace.contracts
    other = workspace.with_text("a.workflow.yaml", workflow(STEPS.replace('"1"', '"2"')))
    assert other.contracts is workspace.contracts


def test_a_snapshot_never_changes() -> None:
    workspace = Workspace.of({"t.task.yaml": TASKS})
    workspace.without("t.task.yaml").with_text("b.task.yaml", TASKS.replace("get-user", "other"))
    assert workspace.task("get-user") is not None
    assert workspace.task("other") is None
    assert list(workspace.files) == ["t.task.yaml"]


def test_changes_are_applied_together() -> None:
    workspace = Workspace.of({"t.task.yaml": TASKS})
    moved = workspace.apply(
        [Change("t.task.yaml", None), Change("u.task.yaml", SourceFile.parse("u.task.yaml", TASKS))]
    )
    found = moved.task("get-user")
    assert found is not None
    assert found.path == "u.task.yaml"
    assert moved.contracts is workspace.contracts


def test_a_contract_is_what_users_see() -> None:
    workspace = Workspace.of(
        {
            "t.task.yaml": TASKS,
            "a.workflow.yaml": workflow(
                f"input: {{b: {{type: string, default: x}}, c: {{type: string, required: true}}}}\n{STEPS}"
            ),
        }
    )
    task, main = workspace.task("get-user"), workspace.workflow("main")
    assert task is not None
    assert main is not None
    assert task.contract.required == ("id",)
    assert (task.contract.method, task.contract.makes_call) == ("GET", True)
    assert main.contract.required == ("c",)
    assert set(main.contract.inputs) == {"b", "c"}


def test_documents_of_others_are_not_ours() -> None:
    workspace = Workspace.of({"a.yaml": "apiVersion: v1\nkind: Workflow\nmetadata: {name: main}\n"})
    assert list(workspace.documents()) == []
    assert list(workspace.definitions("Workflow")) == []
    assert not workspace.files["a.yaml"].ours
    assert SourceFile.parse("a.workflow.yaml", "").ours


def test_settings_are_a_part_of_the_snapshot() -> None:
    workspace = Workspace.of({"t.task.yaml": TASKS})
    other = workspace.with_settings(Settings(env={"A": "b"}))
    assert (workspace.settings.env, other.settings.env) == ({}, {"A": "b"})
    assert other.names is workspace.names
