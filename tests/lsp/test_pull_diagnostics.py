"""Diagnostics for clients that ask for them: of a document, of the workspace, and what is still the same."""

from pathlib import Path

import pytest

from tests.lsp.wire import VSCODE_LIKE, Wire, at, range_of
from tests.support import task, workflow

PROBE = task(
    'type: http\ninputSchema: {type: object, properties: {id: {type: string}}}\nhttp: {method: GET, url: "https://x.org"}\n'
)
CALLER = workflow("tasks:\n  - id: größe\n    taskRef: probe\n    input: {id: x}\n", "caller").replace("größe", "a")
PULLS = {
    **VSCODE_LIKE,
    "workspace": {**VSCODE_LIKE["workspace"], "diagnostics": {"refreshSupport": True}},
    "textDocument": {**VSCODE_LIKE["textDocument"], "diagnostic": {"dynamicRegistration": False}},
}
NO_REFRESH = {**PULLS, "workspace": VSCODE_LIKE["workspace"]}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "wf.toml").write_text("")
    (tmp_path / "caller.workflow.yaml").write_text(CALLER)
    (tmp_path / "probe.task.yaml").write_text(PROBE)
    return tmp_path


def pull(wire: Wire, uri: str, before: str | None = None) -> dict:
    return wire.ask("textDocument/diagnostic", {"textDocument": {"uri": uri}, "previousResultId": before})


def codes(report: dict) -> list[str]:
    return [each["code"] for each in report["items"]]


def pushed(wire: Wire) -> list[dict]:
    return [each for each in wire.notes if each["method"] == "textDocument/publishDiagnostics"]


def refreshes(wire: Wire) -> int:
    return [each["method"] for each in wire.asked].count("workspace/diagnostic/refresh")


def test_a_document_is_pulled_and_said_to_be_unchanged(wire, project):
    result = wire.initialize(project, capabilities=PULLS)
    provider = result["capabilities"]["diagnosticProvider"]
    assert (provider["interFileDependencies"], provider["workspaceDiagnostics"]) == (True, True)
    uri = (project / "caller.workflow.yaml").as_uri()
    text = CALLER.replace("taskRef", "taskref")
    wire.open(uri, text)
    first = pull(wire, uri)
    assert first["kind"] == "full"
    (found,) = first["items"]
    assert (found["code"], found["range"]["start"]) == (
        "WF201",
        dict(zip(("line", "character"), at(text, "taskref"), strict=True)),
    )
    assert pull(wire, uri, first["resultId"]) == {"kind": "unchanged", "resultId": first["resultId"]}
    wire.change(uri, 2, {"range": range_of((0, 0)), "text": "\n"})
    moved = pull(wire, uri, first["resultId"])
    assert moved["kind"] == "full"
    assert moved["items"][0]["range"]["start"]["line"] == found["range"]["start"]["line"] + 1
    place = at(text, "taskref")
    wire.change(uri, 3, {"range": range_of((place[0] + 1, place[1] + 4), (place[0] + 1, place[1] + 5)), "text": "R"})
    assert pull(wire, uri, moved["resultId"])["items"] == []
    assert pushed(wire) == []


def test_whoever_pulls_is_told_to_ask_again_when_another_document_changed(wire, project):
    wire.initialize(project, capabilities=PULLS)
    uri, probe = (project / "caller.workflow.yaml").as_uri(), (project / "probe.task.yaml").as_uri()
    wire.open(uri, CALLER)
    wire.open(probe, PROBE)
    wire.ask("workspace/diagnostic", {"previousResultIds": []})
    before, asked = pull(wire, uri), refreshes(wire)
    wire.change(probe, 2, {"text": PROBE.replace("name: probe", "name: other")})
    wire.until(lambda: refreshes(wire) > asked)
    assert codes(pull(wire, uri, before["resultId"])) == ["WF301"]
    assert pushed(wire) == []


def test_while_files_are_read_nothing_is_called_missing_and_whoever_cannot_be_told_waits(wire, project):
    for number in range(60):
        (project / f"t{number}.task.yaml").write_text(PROBE.replace("name: probe", f"name: t{number}"))
    wire.initialize(project, capabilities=NO_REFRESH)
    uri = (project / "caller.workflow.yaml").as_uri()
    wire.open(uri, CALLER.replace("taskRef: probe", "taskRef: prob"))
    assert codes(pull(wire, uri)) == ["WF301"]


def test_the_workspace_is_pulled_with_what_is_not_open_and_in_parts(wire, project):
    (project / "caller.workflow.yaml").write_text(CALLER.replace("taskRef: probe", "taskRef: prob"))
    wire.initialize(project, capabilities=PULLS)
    uri = (project / "caller.workflow.yaml").as_uri()
    answer = wire.ask("workspace/diagnostic", {"previousResultIds": []})
    (report,) = answer["items"]
    assert (report["uri"], report["version"], codes(report)) == (uri, None, ["WF301"])
    before = [{"uri": uri, "value": report["resultId"]}, {"uri": "file:///gone.yaml", "value": "1"}]
    again = wire.ask("workspace/diagnostic", {"previousResultIds": before})["items"]
    assert [(each["uri"], each["kind"]) for each in again] == [(uri, "unchanged"), ("file:///gone.yaml", "full")]
    parts = wire.ask("workspace/diagnostic", {"previousResultIds": [], "partialResultToken": "t"})
    assert parts == {"items": []}
    (note,) = [
        each["params"] for each in wire.notes if each["method"] == "$/progress" and each["params"]["token"] == "t"
    ]
    assert [each["uri"] for each in note["value"]["items"]] == [uri]
    (project / "caller.workflow.yaml").unlink()
    wire.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 3}]})
    (gone,) = wire.ask("workspace/diagnostic", {"previousResultIds": before[:1]})["items"]
    assert (gone["kind"], gone["items"]) == ("full", [])


def test_a_pull_for_a_version_that_is_gone_is_refused_and_the_newest_is_answered(wire):
    wire.initialize(capabilities=PULLS)
    uri = "file:///nowhere/a.workflow.yaml"
    steps = "".join(f"  - id: s{number}\n    taskRef: gone\n" for number in range(2000))
    wire.open(uri, workflow("tasks:\n") + steps)
    first = wire.start("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    wire.change(uri, 2, {"range": range_of((0, 0)), "text": "#\n"})
    second = wire.start("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    assert wire.answer(first)["error"]["code"] == -32801
    assert len(wire.answer(second)["result"]["items"]) == 1000


def test_a_pull_can_be_cancelled(wire):
    wire.initialize(capabilities=PULLS)
    uri = "file:///nowhere/a.workflow.yaml"
    wire.open(uri, workflow("tasks:\n") + "".join(f"  - id: s{number}\n    taskRef: gone\n" for number in range(2000)))
    asked = wire.start("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    wire.notify("$/cancelRequest", {"id": asked})
    assert wire.answer(asked)["error"]["code"] == -32800
    assert len(pull(wire, uri)["items"]) == 1000


def test_documents_that_there_are_not_and_those_that_are_closed(wire):
    wire.initialize(capabilities=PULLS)
    assert pull(wire, "file:///nowhere/gone.yaml") == {"kind": "full", "items": []}
    uri = "untitled:One"
    wire.open(uri, CALLER)
    assert codes(pull(wire, uri)) == ["WF301"]
    wire.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert pull(wire, uri)["items"] == []


def test_clients_that_do_not_pull_are_pushed_to(wire, project):
    wire.initialize(project)
    uri = (project / "caller.workflow.yaml").as_uri()
    wire.open(uri, CALLER)
    assert wire.published(uri, 1) == []
    assert refreshes(wire) == 0
