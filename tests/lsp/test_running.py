"""Running from the editor: real workflows against the project's own test API, in a child process."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lsp.wire import SMALL, VSCODE_LIKE, Wire, at
from wf_engine.testapi import running

CAPABLE = {
    **VSCODE_LIKE,
    "workspace": {
        **VSCODE_LIKE["workspace"],
        "codeLens": {"refreshSupport": True},
        "inlayHint": {"refreshSupport": True},
    },
}
PROFILE, PAYS = "workflows/user-profile.workflow.yaml", "workflows/pay-with-retry.workflow.yaml"


@pytest.fixture(scope="module")
def api() -> Iterator[str]:
    with running() as url:
        yield url


@pytest.fixture
def shop(shop: Path, api: str) -> Path:
    toml = (shop / "wf.toml").read_text()
    (shop / "wf.toml").write_text(toml.replace("http://127.0.0.1:8085", api))
    return shop


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with Wire(environ={"XDG_STATE_HOME": str(tmp_path / "state")}) as wire:
        yield wire


def opened(wire: Wire, shop: Path, name: str, *, trusted: bool | None = True, settings: dict | None = None) -> str:
    """A document of an editor whose workspace is read."""
    options = {**({} if trusted is None else {"trusted": trusted}), **(settings or {})}
    wire.initialize(shop, capabilities=CAPABLE, options=options)
    uri = (shop / name).as_uri()
    wire.open(uri, (shop / name).read_text())
    command(wire, "wf.validateWorkspace")
    return uri


def command(wire: Wire, name: str, argument: dict | None = None) -> dict:
    return wire.ask("workspace/executeCommand", {"command": name, "arguments": [argument] if argument else []})


def questions(wire: Wire) -> list[str]:
    return [each["params"]["message"] for each in wire.asked if each["method"] == "window/showMessageRequest"]


def lenses(wire: Wire, uri: str) -> list[str]:
    found = wire.ask("textDocument/codeLens", {"textDocument": {"uri": uri}})
    return [each["command"]["title"] for each in found]


def hints(wire: Wire, uri: str) -> list[str]:
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}}
    return [
        each["label"] for each in wire.ask("textDocument/inlayHint", {"textDocument": {"uri": uri}, "range": whole})
    ]


def test_a_run_from_the_lens_to_the_values_in_the_text(wire, shop):
    uri = opened(wire, shop, PROFILE)
    assert lenses(wire, uri)[:2] == ["▶ Run", "Dry run"]
    asked = command(wire, "wf.run", {"uri": uri})
    assert asked["needsInput"] is True
    assert asked["schema"]["properties"]
    execution = command(wire, "wf.run", {"uri": uri, "input": asked["example"]})
    assert execution["status"] == "succeeded"
    events = [each["params"] for each in wire.notes if each["method"] == "wf/event"]
    assert [each["event"]["seq"] for each in events] == list(range(1, len(events) + 1))
    assert {each["executionId"] for each in events} == {execution["executionId"]}
    kinds = [each["params"]["value"]["kind"] for each in wire.notes if each["method"] == "$/progress"]
    assert {"begin", "end"} <= set(kinds)
    assert questions(wire) == []
    assert any(title.startswith("✓ succeeded in ") for title in lenses(wire, uri))
    assert any(label.startswith("~") for label in hints(wire, uri))
    assert any(label.startswith("= ") for label in hints(wire, uri))
    assert {"workspace/inlayHint/refresh", "workspace/codeLens/refresh"} <= {each["method"] for each in wire.asked}
    text = (shop / PROFILE).read_text()
    hover = wire.ask("textDocument/hover", wire.position(uri, *at(text, "{{input.userId}}", 9)))
    assert "In the last run:" in hover["contents"]["value"]
    trace = command(wire, "wf.trace", {"uri": uri})
    assert trace["executionId"] == execution["executionId"]
    (listed,) = command(wire, "wf.history", {"uri": uri})["executions"]
    assert listed["executionId"] == execution["executionId"]
    same = command(wire, "wf.compare", {"a": execution["executionId"], "uri": uri})
    assert same["a"]["executionId"] == same["b"]["executionId"] == execution["executionId"]
    with Wire(environ={"XDG_STATE_HOME": str(shop.parent / "state")}) as later:
        again = opened(later, shop, PROFILE)
        params, succeeded = {"textDocument": {"uri": again}}, lambda found: "succeeded" in json.dumps(found)
        later.ask_until("textDocument/codeLens", params, succeeded)


def test_a_dry_run_and_a_plan_send_nothing(wire, shop):
    (shop / "wf.toml").write_text('[env]\nAPI = "http://127.0.0.1:9"\n')
    uri = opened(wire, shop, PROFILE, trusted=False)
    answer = command(wire, "wf.dryRun", {"uri": uri, "input": {"userId": "77"}})
    assert answer["plan"]["executionOrder"]
    assert '= "77"' in hints(wire, uri)
    plan = command(wire, "wf.showPlan", {"uri": uri})
    assert plan["plan"] == answer["plan"]
    assert [each for each in plan["templates"] if each.get("value") == "77"] == []


def test_a_mock_run_and_a_replay_send_nothing_and_need_no_trust(wire, shop):
    uri = opened(wire, shop, PAYS, trusted=True)
    given = command(wire, "wf.run", {"uri": uri})["example"]
    mock = command(wire, "wf.run", {"uri": uri, "input": given, "mode": "mock", "seed": 3})
    assert mock["status"] in ("succeeded", "failed")
    assert questions(wire) == []
    wire.replies["window/showMessageRequest"] = {"title": "Run"}
    live = command(wire, "wf.run", {"uri": uri, "input": given})
    again = command(wire, "wf.run", {"uri": uri, "mode": "replay", "executionId": live["executionId"]})
    assert (again["status"], again["output"]) == (live["status"], live["output"])
    assert "error" in command(wire, "wf.run", {"uri": uri, "input": given, "mode": "wet"})


def test_a_client_that_can_do_nothing_is_asked_nothing_by_a_run(wire, shop):
    wire.initialize(shop, capabilities=SMALL, options={"trusted": True})
    uri = (shop / PROFILE).as_uri()
    wire.open(uri, (shop / PROFILE).read_text())
    execution = command(wire, "wf.run", {"uri": uri, "input": {"userId": "1"}, "mode": "mock"})
    assert execution["executionId"]
    assert wire.asked == []
    assert {each["method"] for each in wire.notes} == {"textDocument/publishDiagnostics", "wf/event"}


def test_a_workflow_is_drawn_as_it_is_in_the_editor(wire, shop):
    uri = opened(wire, shop, PROFILE)
    answer = command(wire, "wf.graph", {"uri": uri})
    assert (answer["workflow"], answer["format"]) == ("user-profile", "mermaid")
    assert "user" in answer["text"]
    assert command(wire, "wf.graph", {"uri": uri, "format": "svg"})["text"].startswith("<svg")
    assert "no format" in command(wire, "wf.graph", {"uri": uri, "format": "png"})["error"]["message"]


def test_what_is_not_saved_yet_is_what_runs(wire, shop):
    uri = opened(wire, shop, PROFILE)
    text = (shop / PROFILE).read_text()
    wire.change(uri, 2, {"text": text.replace("taskRef: get-user\n", "taskRef: get-usr\n", 1)})
    answer = command(wire, "wf.dryRun", {"uri": uri, "input": {"userId": "1"}})
    assert "cannot run" in answer["error"]["message"]
    assert answer["error"]["diagnostics"][0]["code"] == "WF301"


def test_where_the_client_does_not_say_the_user_is_asked_once_for_a_root(wire, shop):
    uri = opened(wire, shop, PROFILE, trusted=None)
    refused = command(wire, "wf.run", {"uri": uri, "input": {"userId": "1"}})
    assert "not trusted" in refused["error"]["message"]
    wire.replies["window/showMessageRequest"] = {"title": "Run"}
    assert command(wire, "wf.run", {"uri": uri, "input": {"userId": "1"}})["status"] == "succeeded"
    assert command(wire, "wf.run", {"uri": uri, "input": {"userId": "1"}})["status"] == "succeeded"
    assert len(questions(wire)) == 2


def test_unsafe_methods_are_asked_about_before_each_run_or_once_for_all(wire, shop):
    uri = opened(wire, shop, PAYS)
    given = command(wire, "wf.run", {"uri": uri})["example"]
    refused = command(wire, "wf.run", {"uri": uri, "input": given})
    assert "not confirmed" in refused["error"]["message"]
    assert "POST" in questions(wire)[0]
    wire.replies["window/showMessageRequest"] = {"title": "Always Run It"}
    for _ in range(2):
        assert "executionId" in command(wire, "wf.run", {"uri": uri, "input": given})
    assert len(questions(wire)) == 2


def test_while_files_are_read_unsafe_methods_are_asked_about_all_the_same(wire, shop):
    for number in range(200):
        (shop / f"a{number}.task.yaml").write_text(
            f"apiVersion: workflow.io/v1\nkind: WorkflowTask\nmetadata: {{name: t{number}}}\n"
        )
    wire.initialize(shop, capabilities=CAPABLE, options={"trusted": True})
    uri = (shop / PAYS).as_uri()
    wire.open(uri, (shop / PAYS).read_text())
    refused = command(wire, "wf.run", {"uri": uri, "input": {"orderId": "ord-1003"}})
    assert "not confirmed" in refused["error"]["message"]
    assert "POST" in questions(wire)[0]


@pytest.mark.parametrize(("trusted", "settings"), [(False, {}), (True, {"run": {"enabled": False}})])
def test_without_trust_or_with_runs_switched_off_nothing_is_sent(wire, shop, trusted, settings):
    uri = opened(wire, shop, PROFILE, trusted=trusted, settings=settings)
    wire.replies["window/showMessageRequest"] = {"title": "Run"}
    answer = command(wire, "wf.run", {"uri": uri, "input": {"userId": "1"}})
    assert answer["error"]["message"]
    assert questions(wire) == []
    assert [each for each in wire.notes if each["method"] == "wf/event"] == []
    assert ("▶ Run" in lenses(wire, uri)) is not bool(settings)


def test_a_run_is_cancelled_and_says_so(wire, shop):
    slow = (shop / "workflows/order-dashboard.workflow.yaml").read_text()
    uri = opened(wire, shop, "workflows/order-dashboard.workflow.yaml")
    assert "reportMs" in slow
    asked = wire.start(
        "workspace/executeCommand",
        {"command": "wf.run", "arguments": [{"uri": uri, "input": {"orderId": "ord-1001", "reportMs": 5000}}]},
    )
    wire.until(
        lambda: [
            n for n in wire.notes if n["method"] == "wf/event" and n["params"]["event"]["type"] == "attemptStarted"
        ]
    )
    assert wire.ask("textDocument/hover", wire.position(uri, *at(slow, "taskRef"))) is not None
    assert command(wire, "wf.cancel", {}) == {"cancelled": 1}
    assert wire.answer(asked)["result"]["status"] == "cancelled"


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        ("wf.run", {}), ("wf.run", {"uri": 3}), ("wf.run", {"uri": "file:///nowhere.yaml"}), ("wf.dryRun", {"uri": "x"}),
        ("wf.showPlan", {}), ("wf.compare", {}), ("wf.compare", {"a": "--json"}), ("wf.compare", {"a": "00"}),
        ("wf.showReferences", {}), ("wf.trace", {"executionId": "00"}),
    ],
)  # fmt: skip
def test_bad_arguments_are_answered_in_words(wire, name, argument):
    wire.initialize(options={"trusted": True})
    answer = command(wire, name, argument)
    assert answer["error"]["message"], json.dumps(answer)


def test_the_workspace_is_validated_as_a_whole(wire, shop):
    opened(wire, shop, PROFILE)
    answer = command(wire, "wf.validateWorkspace")
    assert answer["files"] > 10
    assert answer["errors"] == sum(
        each["severity"] == 1 for document in answer["documents"] for each in document["diagnostics"]
    )
    assert any(each["uri"].endswith("broken/order-dashboard.workflow.yaml") for each in answer["documents"])


def test_references_are_counted_and_shown(wire, shop):
    uri = opened(wire, shop, "tasks/users/get-user.task.yaml")
    found = wire.ask("textDocument/codeLens", {"textDocument": {"uri": uri}})
    (lens,) = [each["command"] for each in found if "reference" in each["command"]["title"]]
    count = int(lens["title"].split()[0])
    shown = command(wire, lens["command"], lens["arguments"][0])["locations"]
    assert len([each for each in shown if not each["uri"].endswith("tasks/users/get-user.task.yaml")]) >= count >= 4


def test_where_an_editor_stands_still_it_shows_the_values_of_the_last_run(wire, shop):
    uri = opened(wire, shop, PROFILE)
    text = (shop / PROFILE).read_text()
    line, column = at(text, "{{input.userId}}", 2)
    stopped = {"start": {"line": line, "character": 0}, "end": {"line": line, "character": 1}}
    asked = {
        "textDocument": {"uri": uri},
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}},
        "context": {"frameId": 1, "stoppedLocation": stopped},
    }
    place = {"start": {"line": line, "character": column}, "end": {"line": line, "character": column + 12}}
    assert wire.ask("textDocument/inlineValue", asked) == [{"range": place, "expression": "input.userId"}]
    command(wire, "wf.run", {"uri": uri, "input": {"userId": "1"}})
    assert wire.ask("textDocument/inlineValue", asked) == [{"range": place, "text": 'input.userId = "1"'}]
    with Wire(environ={"XDG_STATE_HOME": str(shop.parent / "state")}) as later:
        opened(later, shop, PROFILE)
        assert later.ask("textDocument/inlineValue", asked) == [{"range": place, "text": 'input.userId = "1"'}]
        below = {**asked, "range": {"start": {"line": line + 1, "character": 0}, "end": {"line": 999, "character": 0}}}
        assert later.ask("textDocument/inlineValue", below) == []


def waiting(server: Wire) -> list[int]:
    """The children of a server that wait for a request."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == server.process.pid and b"--stdin" in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def warm(server: Wire) -> int:
    """The child that waits, once it does."""
    deadline = time.monotonic() + 60
    while not (found := waiting(server)):
        assert time.monotonic() < deadline, "none is started"
        time.sleep(0.02)
    return found[0]


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes in /proc")


@needs_proc
def test_a_child_that_waits_makes_the_next_run_with_what_is_true_then(wire, shop):
    uri = opened(wire, shop, PROFILE)
    lenses(wire, uri)
    child = warm(wire)
    text = (shop / PROFILE).read_text()
    task = shop / "tasks/users/get-user.task.yaml"
    task.write_text(task.read_text().replace("{{env.API}}/users/", "{{env.API}}/nowhere/"))
    wire.change(uri, 2, {"text": text.replace("taskRef: get-user\n", "taskRef: get-usr\n", 1)})
    assert command(wire, "wf.dryRun", {"uri": uri, "input": {"userId": "1"}})["error"]["diagnostics"]
    gone(child)
    assert warm(wire) != child, "one child makes one run"
    wire.change(uri, 3, {"text": text})
    answer = command(wire, "wf.run", {"uri": uri, "input": {"userId": "1"}})
    assert answer["status"] == "failed", "the task on disk is another"


@needs_proc
@pytest.mark.parametrize("end", ["leave", "kill"])
def test_a_child_that_waits_ends_with_the_server(wire, shop, end):
    uri = opened(wire, shop, PROFILE)
    lenses(wire, uri)
    child = warm(wire)
    if end == "leave":
        assert wire.leave() == 0
    else:
        wire.process.kill()
        wire.process.wait()
    gone(child)


@needs_proc
def test_a_run_ends_with_the_server(wire, shop):
    uri = opened(wire, shop, "workflows/order-dashboard.workflow.yaml")
    wire.start(
        "workspace/executeCommand",
        {"command": "wf.run", "arguments": [{"uri": uri, "input": {"orderId": "ord-1001", "reportMs": 5000}}]},
    )
    wire.until(lambda: [n for n in wire.notes if n["method"] == "wf/event"])
    child = warm(wire)
    wire.process.kill()
    wire.process.wait()
    gone(child)


def gone(pid: int) -> None:
    deadline = time.monotonic() + 60
    while Path(f"/proc/{pid}").exists() and "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2][:3]:
        assert time.monotonic() < deadline, "it still lives"
        time.sleep(0.02)
