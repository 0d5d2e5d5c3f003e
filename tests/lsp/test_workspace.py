"""Files on disk: read in the background, noticed when they change, each in the project of its nearest root."""

from pathlib import Path

import pytest

from tests.lsp.wire import SMALL, Wire, at
from tests.support import task, workflow

CALLER = workflow("tasks:\n  - id: a\n    taskRef: probe\n    input: {id: x}\n", "caller")
PROBE = task(
    'type: http\ninputSchema: {type: object, properties: {id: {type: string}}}\nhttp: {method: GET, url: "https://x.org"}\n'
)
CREATED, CHANGED, DELETED = 1, 2, 3


def touch(wire: Wire, path: Path, kind: int, text: str | bytes | None = None) -> None:
    """Changes a file on disk and tells the server, as a client that watches does."""
    if text is None:
        path.unlink()
    else:
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    wire.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": kind}]})


def missing(codes: list[str]) -> bool:
    return "WF301" in codes


def complete(codes: list[str]) -> bool:
    return "WF301" not in codes


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a workflow and the task that it calls."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "wf.toml").write_text("")
    (folder / "caller.workflow.yaml").write_text(CALLER)
    (folder / "probe.task.yaml").write_text(PROBE)
    return folder


def test_files_that_are_not_open_are_checked_too(wire, project):
    (project / "caller.workflow.yaml").write_text(CALLER.replace("taskRef: probe", "taskRef: prob"))
    wire.initialize(project)
    (found,) = wire.settled((project / "caller.workflow.yaml").as_uri(), missing)
    assert "Did you mean `probe`?" in found["message"]


def test_while_files_are_being_read_nothing_is_called_missing(wire, project):
    wire.initialize(project)
    uri = (project / "caller.workflow.yaml").as_uri()
    wire.open(uri, CALLER)
    wire.change(uri, 2, {"text": CALLER + "#"})
    wire.published(uri, 2)
    wire.ask("workspace/executeCommand", {"command": "wf.cancel"})
    every = [n["params"]["diagnostics"] for n in wire.notes if n["method"] == "textDocument/publishDiagnostics"]
    assert not any(each["code"] == "WF301" for found in every for each in found)


def test_a_file_that_comes_changes_and_goes(wire, project):
    (project / "probe.task.yaml").unlink()
    uri = (project / "caller.workflow.yaml").as_uri()
    wire.initialize(project)
    wire.settled(uri, missing)
    touch(wire, project / "new.yaml", CREATED, PROBE)
    wire.settled(uri, complete)
    touch(wire, project / "new.yaml", CHANGED, PROBE.replace("name: probe", "name: other"))
    wire.settled(uri, missing)
    touch(wire, project / "new.yaml", CHANGED, PROBE)
    wire.settled(uri, complete)
    (project / "new.yaml").rename(project / "renamed.task.yaml")
    changes = [
        {"uri": (project / name).as_uri(), "type": kind} for name, kind in (("new.yaml", 3), ("renamed.task.yaml", 1))
    ]
    wire.notify("workspace/didChangeWatchedFiles", {"changes": changes})
    where = wire.ask("textDocument/definition", wire.position(uri, *at(CALLER, "probe"))) or []
    assert [each["targetUri"] for each in where] == [(project / "renamed.task.yaml").as_uri()]
    touch(wire, project / "renamed.task.yaml", DELETED)
    wire.settled(uri, missing)


def test_what_the_editor_holds_counts_until_it_is_closed(wire, project):
    caller, probe = project / "caller.workflow.yaml", project / "probe.task.yaml"
    wire.initialize(project)
    wire.open(probe.as_uri(), PROBE.replace("name: probe", "name: other"))
    wire.settled(caller.as_uri(), missing)
    touch(wire, probe, CHANGED, PROBE + "# on disk\n")
    assert wire.ask("textDocument/documentSymbol", {"textDocument": {"uri": probe.as_uri()}})[0]["name"] == "other"
    wire.notify("textDocument/didClose", {"textDocument": {"uri": probe.as_uri()}})
    wire.settled(caller.as_uri(), complete)
    wire.open(probe.as_uri(), PROBE)
    probe.unlink()
    wire.notify("textDocument/didClose", {"textDocument": {"uri": probe.as_uri()}})
    wire.settled(caller.as_uri(), missing)


def test_a_document_of_two_definitions_of_one_name(wire, project):
    other = project / "other.task.yaml"
    wire.initialize(project)
    wire.open(other.as_uri(), PROBE)
    for path in (other, project / "probe.task.yaml"):
        wire.settled(path.as_uri(), lambda codes: "WF306" in codes)
    wire.change(other.as_uri(), 2, {"text": PROBE.replace("name: probe", "name: other")})
    for path in (other, project / "probe.task.yaml"):
        wire.settled(path.as_uri(), lambda codes: "WF306" not in codes)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"apiVersion: workflow.io/v1\nname: \xff\n", "is not UTF-8: byte 0xFF"),
        (b"apiVersion: workflow.io/v1\n\0\0\0", "holds a NUL character"),
        ("apiVersion: workflow.io/v1\n".encode("utf-16"), "is UTF-16"),
    ],
)
def test_a_file_that_is_no_text_says_so(wire, project, data, reason):
    path = project / "binary.task.yaml"
    path.write_bytes(data)
    wire.initialize(project)
    (found,) = wire.settled(path.as_uri(), bool)
    assert reason in found["message"]
    touch(wire, path, CHANGED, PROBE.replace("probe", "third"))
    wire.settled(path.as_uri(), lambda codes: codes == [])
    touch(wire, path, CHANGED, data)
    wire.settled(path.as_uri(), bool)
    wire.open(path.as_uri(), PROBE.replace("probe", "third"))
    wire.settled(path.as_uri(), lambda codes: codes == [])


def test_binary_files_of_others_are_none_of_our_business(wire, project):
    (project / "image.yaml").write_bytes(b"\x89PNG\0\0")
    wire.initialize(project)
    wire.open((project / "caller.workflow.yaml").as_uri(), CALLER)
    wire.settled((project / "caller.workflow.yaml").as_uri(), complete)
    assert wire.ask("textDocument/documentSymbol", {"textDocument": {"uri": (project / "image.yaml").as_uri()}}) == []


def test_another_configuration_holds_at_once(wire, project):
    uri = (project / "caller.workflow.yaml").as_uri()
    (project / "caller.workflow.yaml").write_text(CALLER.replace("taskRef: probe", "taskRef: nothing"))
    wire.initialize(project)
    wire.settled(uri, missing)
    touch(wire, project / "wf.toml", CHANGED, '[checks]\nignore = ["caller.workflow.yaml"]\n')
    wire.settled(uri, lambda codes: codes == [])
    touch(wire, project / "wf.toml", CHANGED, "")
    wire.settled(uri, missing)


def test_a_broken_configuration_is_shown_where_it_is_broken(wire, project):
    uri = (project / "wf.toml").as_uri()
    (project / "wf.toml").write_text("[limits]\nnothing = 1\n")
    wire.initialize(project)
    (found,) = wire.published(uri)
    assert "there is no setting `limits.nothing`" in found["message"]
    assert found["range"]["start"] == {"line": 1, "character": 0}
    (shown,) = wire.until(lambda: [n["params"] for n in wire.notes if n["method"] == "window/showMessage"])
    assert shown["type"] == 1
    assert "limits.nothing" in shown["message"]
    touch(wire, project / "wf.toml", CHANGED, "")
    wire.settled(uri, lambda codes: codes == [])
    touch(wire, project / "wf.toml", CHANGED, "[limits\n")
    wire.settled(uri, bool)


def test_each_file_is_in_the_project_of_its_nearest_root(wire, project, tmp_path):
    inner = project / "inner"
    inner.mkdir()
    (inner / "wf.toml").write_text("")
    (inner / "caller.workflow.yaml").write_text(CALLER.replace("name: caller", "name: inside"))
    (inner / "own.task.yaml").write_text(PROBE.replace("name: probe", "name: own"))
    outer = workflow("tasks:\n  - {id: a, taskRef: own, input: {id: x}}\n", "outer")
    (project / "outer.workflow.yaml").write_text(outer)
    wire.initialize(project)
    wire.settled((inner / "caller.workflow.yaml").as_uri(), missing)
    wire.open((project / "outer.workflow.yaml").as_uri(), outer)
    wire.open((project / "caller.workflow.yaml").as_uri(), CALLER)
    wire.settled((project / "outer.workflow.yaml").as_uri(), complete)
    wire.settled((project / "caller.workflow.yaml").as_uri(), complete)
    touch(wire, inner / "wf.toml", DELETED)
    wire.settled((inner / "caller.workflow.yaml").as_uri(), complete)


def test_several_folders_know_nothing_of_each_other(wire, project, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "wf.toml").write_text("")
    (other / "lonely.workflow.yaml").write_text(CALLER)
    wire.initialize(project, other)
    wire.settled((other / "lonely.workflow.yaml").as_uri(), missing)
    wire.open((project / "caller.workflow.yaml").as_uri(), CALLER)
    wire.settled((project / "caller.workflow.yaml").as_uri(), complete)
    event = {"added": [], "removed": [{"uri": other.as_uri(), "name": "other"}]}
    wire.notify("workspace/didChangeWorkspaceFolders", {"event": event})
    wire.settled((other / "lonely.workflow.yaml").as_uri(), lambda codes: codes == [])
    event = {"removed": [], "added": [{"uri": other.as_uri(), "name": "other"}]}
    wire.notify("workspace/didChangeWorkspaceFolders", {"event": event})
    wire.settled((other / "lonely.workflow.yaml").as_uri(), missing)


def test_a_file_without_a_folder_is_in_the_project_that_it_lies_in(wire, project):
    wire.initialize()
    uri = (project / "caller.workflow.yaml").as_uri()
    wire.open(uri, CALLER)
    wire.settled(uri, complete)
    link = wire.ask_until("textDocument/definition", wire.position(uri, *at(CALLER, "probe")))
    assert link[0]["targetUri"] == (project / "probe.task.yaml").as_uri()


def test_clients_that_do_not_watch_are_looked_after_when_they_save(wire, project):
    (project / "probe.task.yaml").unlink()
    uri = (project / "caller.workflow.yaml").as_uri()
    wire.initialize(project, capabilities=SMALL)
    wire.open(uri, CALLER)
    wire.settled(uri, missing)
    (project / "probe.task.yaml").write_text(PROBE)
    wire.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    wire.settled(uri, complete)
    (project / "probe.task.yaml").unlink()
    wire.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    wire.settled(uri, missing)


def test_many_files_are_read_behind_a_progress_bar_while_the_open_one_is_answered(wire, project):
    for number in range(300):
        (project / f"t{number}.task.yaml").write_text(PROBE.replace("name: probe", f"name: t{number}"))
    (project / "last.workflow.yaml").write_text(
        CALLER.replace("name: caller", "name: last").replace("taskRef: probe", "taskRef: t299x")
    )
    wire.initialize(project)
    uri = (project / "caller.workflow.yaml").as_uri()
    wire.open(uri, CALLER)
    assert wire.ask("textDocument/hover", wire.position(uri, *at(CALLER, "taskRef"))) is not None
    (found,) = wire.settled((project / "last.workflow.yaml").as_uri(), missing)
    assert "t299" in found["message"]
    assert [each["method"] for each in wire.asked].count("window/workDoneProgress/create") == 1
    wire.until(lambda: "end" in [n["params"]["value"]["kind"] for n in wire.notes if n["method"] == "$/progress"])
    kinds = [n["params"]["value"]["kind"] for n in wire.notes if n["method"] == "$/progress"]
    assert kinds[0] == "begin"
    assert set(kinds[1:-1]) <= {"report"}


def test_a_folder_that_is_not_there_is_no_fault(wire, tmp_path):
    wire.initialize(tmp_path / "gone")
    uri = (tmp_path / "gone" / "a.workflow.yaml").as_uri()
    wire.open(uri, CALLER)
    wire.settled(uri, missing)
    assert wire.leave() == 0
    assert wire.stderr == b""
