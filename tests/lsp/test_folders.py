"""Folders that overlap, come twice, are links or go away; and what is no file at all."""

import os
from pathlib import Path

import pytest

from tests.lsp.test_workspace import CALLER, CHANGED, CREATED, DELETED, PROBE, complete, missing
from tests.lsp.wire import SMALL, Wire, at

WRONG = CALLER.replace("taskRef: probe", "taskRef: prob")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a folder in it, a workflow in each that calls a task that is not there, and the task's right name."""
    folder = tmp_path / "pröject & more"
    inner = folder / "inner"
    inner.mkdir(parents=True)
    (folder / "wf.toml").write_text("")
    (folder / "outer.workflow.yaml").write_text(WRONG.replace("name: caller", "name: outer"))
    (inner / "inner.workflow.yaml").write_text(WRONG.replace("name: caller", "name: inner"))
    (folder / "probe.task.yaml").write_text(PROBE)
    return folder


def folder(uri: str) -> dict:
    return {"uri": uri, "name": "x"}


def change(wire: Wire, added: tuple[str, ...] = (), removed: tuple[str, ...] = ()) -> None:
    event = {"added": [folder(uri) for uri in added], "removed": [folder(uri) for uri in removed]}
    wire.notify("workspace/didChangeWorkspaceFolders", {"event": event})


def silent(codes: list[str]) -> bool:
    return codes == []


def test_a_folder_inside_another_may_come_and_go(wire, project):
    outer, inner = (project / "outer.workflow.yaml").as_uri(), (project / "inner" / "inner.workflow.yaml").as_uri()
    wire.initialize(project, project / "inner")
    for uri in (outer, inner):
        wire.settled(uri, missing)
    change(wire, removed=((project / "inner").as_uri(),))
    wire.ask("workspace/diagnostic", {"previousResultIds": []})
    assert wire.published(inner)
    change(wire, added=((project / "inner").as_uri(),), removed=(project.as_uri(),))
    wire.settled(outer, silent)
    wire.settled(inner, missing)
    change(wire, removed=((project / "inner").as_uri(),))
    wire.settled(inner, silent)
    assert wire.leave() == 0
    assert wire.stderr == b""


def test_the_same_folder_by_other_spellings_is_one(wire, project):
    outer = (project / "outer.workflow.yaml").as_uri()
    wire.initialize(project)
    wire.settled(outer, missing)
    plain = f"file://{project}/"
    change(wire, added=(plain, project.as_uri()))
    change(wire, removed=(plain,))
    wire.settled(outer, silent)


def test_folders_that_are_none_hurt_nobody(wire, project):
    wire.initialize(project)
    for uri in (
        "",
        "file:",
        "file:///",
        "untitled:x",
        "file:///no/such/place",
        "vscode-vfs://github/a/b",
        "http://[::1",
    ):
        change(wire, added=(uri,))
        change(wire, removed=(uri,))
    change(wire, removed=("file:///never/there",))
    wire.settled((project / "outer.workflow.yaml").as_uri(), missing)
    assert wire.leave() == 0
    assert wire.stderr == b""


def test_a_folder_that_goes_while_it_is_read(wire, project):
    for number in range(200):
        (project / f"t{number}.task.yaml").write_text(PROBE.replace("name: probe", f"name: t{number}"))
    wire.initialize(project)
    change(wire, removed=(project.as_uri(),))
    change(wire, added=(project.as_uri(),))
    change(wire, removed=(project.as_uri(),))
    wire.ask("workspace/diagnostic", {"previousResultIds": []})
    last = {n["params"]["uri"]: n["params"]["diagnostics"] for n in wire.notes if n["method"].endswith("Diagnostics")}
    assert not any(last.values())


def test_links_loops_and_what_is_no_file(wire, project, tmp_path):
    (project / "loop").symlink_to(project, target_is_directory=True)
    (project / "gone.workflow.yaml").symlink_to(tmp_path / "gone")
    (project / "itself.yaml").symlink_to(project / "itself.yaml")
    (project / "endless.workflow.yaml").symlink_to("/dev/zero")
    (project / "folder.workflow.yaml").mkdir()
    os.mkfifo(project / "pipe.workflow.yaml")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "linked.workflow.yaml").write_text(WRONG.replace("name: caller", "name: linked"))
    (project / "linked").symlink_to(elsewhere, target_is_directory=True)
    wire.initialize(project)
    wire.settled((project / "outer.workflow.yaml").as_uri(), missing)
    wire.settled((project / "linked" / "linked.workflow.yaml").as_uri(), missing)
    names = ("gone", "itself", "endless", "folder", "pipe")
    changes = [{"uri": (project / f"{name}.workflow.yaml").as_uri(), "type": CHANGED} for name in names]
    wire.notify("workspace/didChangeWatchedFiles", {"changes": changes})
    for name in names:
        wire.open((project / f"{name}.workflow.yaml").as_uri(), WRONG.replace("name: caller", f"name: {name}"))
        wire.settled((project / f"{name}.workflow.yaml").as_uri(), missing)
        wire.notify("textDocument/didClose", {"textDocument": {"uri": (project / f"{name}.workflow.yaml").as_uri()}})
    assert wire.ask("workspace/symbol", {"query": "outer"})
    assert wire.leave() == 0
    assert wire.stderr == b""


def test_a_folder_that_is_deleted_or_renamed_takes_its_files_along(wire, project):
    """Some clients tell of the folder alone."""
    inner = project / "inner"
    outer = (project / "outer.workflow.yaml").as_uri()
    (inner / "prob.task.yaml").write_text(PROBE.replace("name: probe", "name: prob"))
    wire.initialize(project)
    wire.open(outer, WRONG)
    wire.ask("workspace/diagnostic", {"previousResultIds": []})
    wire.settled(outer, complete)
    inner.rename(project / "other")
    wire.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": inner.as_uri(), "type": DELETED}]})
    wire.settled(outer, missing)
    wire.notify(
        "workspace/didChangeWatchedFiles", {"changes": [{"uri": (project / "other").as_uri(), "type": CREATED}]}
    )
    wire.settled(outer, complete)
    where = wire.ask("textDocument/definition", wire.position(outer, *at(WRONG, "prob\n")))
    assert where[0]["targetUri"] == (project / "other" / "prob.task.yaml").as_uri()


def test_what_is_helms_or_not_ours_is_never_spoken_of(wire, project):
    chart = project / "chart"
    (chart / "templates").mkdir(parents=True)
    (chart / "Chart.yaml").write_text("apiVersion: v2\nname: x\n")
    helm = (
        "apiVersion: workflow.io/v1\nkind: Workflow\nmetadata: {name: {{ .Release.Name }}}\nspec: {{ .Values.spec }}\n"
    )
    (chart / "templates" / "flow.yaml").write_text(helm)
    silent_ones = [chart / "templates" / "flow.yaml"]
    for name, text in {
        "compose.yaml": "services: {web: {image: x}}\n",
        "broken.yml": "a: [\n{{ }}\n\t- x: 'y\n",
        "values.yaml": "apiVersion: v1\nkind: Workflow\n",
        "other.yaml": "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec: {tasks: 3}\n",
    }.items():
        (project / name).write_text(text)
        silent_ones.append(project / name)
    for path in (".github/workflows/a.yaml", "node_modules/x/a.workflow.yaml", ".venv/a.workflow.yaml"):
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(WRONG)
    wire.initialize(project)
    wire.settled((project / "outer.workflow.yaml").as_uri(), missing)
    wire.ask("workspace/diagnostic", {"previousResultIds": []})
    for path in silent_ones[1:]:
        wire.open(path.as_uri(), path.read_text())
        document = {"textDocument": {"uri": path.as_uri()}}
        assert wire.published(path.as_uri(), 1) == []
        assert not wire.ask("textDocument/completion", wire.position(path.as_uri(), 0, 1))["items"]
        assert wire.ask("textDocument/hover", wire.position(path.as_uri(), 0, 1)) is None
        assert wire.ask("textDocument/formatting", {**document, "options": {"tabSize": 2, "insertSpaces": True}}) == []
        assert wire.ask("textDocument/codeLens", document) == []
    spoken = {
        n["params"]["uri"] for n in wire.notes if n["method"].endswith("Diagnostics") and n["params"]["diagnostics"]
    }
    assert spoken == {(project / name).as_uri() for name in ("outer.workflow.yaml", "inner/inner.workflow.yaml")}


SETTINGS = [
    None, 3, "x", [], {"wf": 3}, {"wf": None}, {"wf": []}, {"wf": {"inlayHints": True, "run": {"enabled": "no"}, "codeLens": [1]}},
    {"wf": {"diagnostics": {"workspace": 0}}}, {"wf.run.enabled": {}}, {"wf": {"": {"": {"": 1}}}},
]  # fmt: skip


def test_settings_of_wrong_types_change_nothing(wire, project):
    uri = (project / "outer.workflow.yaml").as_uri()
    wire.initialize(project, capabilities=SMALL, options={"wf": {"codeLens": 3}, "trusted": "perhaps"})
    for settings in SETTINGS:
        wire.notify("workspace/didChangeConfiguration", {"settings": settings})
    wire.settled(uri, missing)
    wire.open(uri, WRONG)
    assert wire.ask("textDocument/codeLens", {"textDocument": {"uri": uri}})
    wire.change(uri, 2, {"text": CALLER})
    wire.settled(uri, complete)
    assert wire.leave() == 0
    assert b"a bug" not in wire.stderr
