"""The order of work: what is cancelled or outdated is never started, whatever else waits."""

import pytest

from tests.lsp.in_process import Session
from tests.lsp.wire import Wire
from tests.support import task, workflow
from wf_lsp.scheduler import EDITED, OPEN, OTHER, Scheduler

URI, OTHER_URI = "file:///nowhere/a.workflow.yaml", "file:///nowhere/b.workflow.yaml"
STEPS = "".join(f"  - id: s{number}\n    taskRef: get-user\n    input: {{id: größe}}\n" for number in range(3_333))
LARGE = workflow("tasks:\n") + STEPS


def hover(uri: str = URI, line: int = 7) -> dict:
    return {
        "method": "textDocument/hover",
        "params": {"textDocument": {"uri": uri}, "position": {"line": line, "character": 6}},
    }


def change(uri: str = URI, version: int = 2) -> dict:
    at = {"line": 0, "character": 0}
    changes = [{"range": {"start": at, "end": at}, "text": "#\n"}]
    document = {"uri": uri, "version": version}
    return {"method": "textDocument/didChange", "params": {"textDocument": document, "contentChanges": changes}}


def answer(session: Session, identity: int) -> dict:
    (found,) = [each for each in session.sent if each.get("id") == identity]
    return found


def test_after_twenty_cancelled_requests_only_the_hover_is_worked_on():
    session = Session({URI: LARGE})
    for identity in range(100, 120):
        session.receive({"id": identity, **hover(), "method": "textDocument/completion"})
        session.receive({"method": "$/cancelRequest", "params": {"id": identity}})
    session.receive({"id": 200, **hover()})
    assert session.handle() == 1
    assert {answer(session, identity)["error"]["code"] for identity in range(100, 120)} == {-32800}
    assert answer(session, 200)["result"]["contents"]


def test_between_two_messages_at_most_one_unit_is_done():
    session = Session({URI: LARGE})
    session.server.scheduler.step()
    session.receive({"id": 200, **hover()})
    assert session.handle() == 1
    assert session.server.scheduler.busy()
    assert answer(session, 200)["result"]["contents"]


def test_requests_about_a_version_that_is_gone_are_refused_and_the_newest_is_answered():
    session = Session({URI: LARGE, OTHER_URI: LARGE})
    session.receive({"id": 100, **hover()})
    session.receive({"id": 101, **hover(OTHER_URI)})
    session.receive({"id": 102, "method": "workspace/doesNotExist", "params": {}})
    session.receive(change())
    session.receive({"id": 103, **hover(line=8)})
    session.handle()
    assert answer(session, 100)["error"]["code"] == -32801
    assert answer(session, 101)["result"]["contents"]
    assert answer(session, 102)["error"]["code"] == -32601
    assert answer(session, 103)["result"]["contents"]


@pytest.mark.parametrize("params", [None, [], 3, {"textDocument": 1}, {"textDocument": {"uri": []}}, {}])
def test_a_change_that_makes_no_sense_refuses_nothing(params):
    session = Session({URI: LARGE})
    session.receive({"id": 100, **hover()})
    session.receive({"method": "textDocument/didChange", "params": params})
    session.receive({"id": [], "method": "textDocument/hover", "params": params})
    session.handle()
    assert answer(session, 100)["result"]["contents"]


def test_work_for_an_older_version_is_never_continued():
    done: list[str] = []

    def work(name: str):
        for number in range(3):
            done.append(f"{name}{number}")
            yield

    scheduler = Scheduler(lambda key, error: done.append(f"{key}: {error}"))
    scheduler.schedule("other", work("o"), OTHER)
    scheduler.schedule("a", work("a"), EDITED)
    scheduler.step()
    scheduler.schedule("a", work("b"), EDITED)
    scheduler.schedule("c", work("c"), OPEN)
    assert scheduler.priority("c") == OPEN
    assert scheduler.priority("gone") is None
    while scheduler.step():
        pass
    assert done == ["a0", "b0", "b1", "b2", "c0", "c1", "c2", "o0", "o1", "o2"]


def test_a_bug_in_one_job_ends_that_job_alone():
    said: list[str] = []

    def broken():
        yield
        raise ValueError("no")

    scheduler = Scheduler(lambda key, error: said.append(f"{key}: {error}"))
    scheduler.schedule("broken", broken(), EDITED)
    scheduler.schedule("fine", iter([None]), OPEN)
    while scheduler.step():
        pass
    assert said == ["broken: no"]
    assert not scheduler.busy()


CALLER = workflow("tasks:\n  - id: a\n    taskRef: probe\n    input: {id: x}\n", "caller")
PROBE = task("type: http\nhttp: {method: GET, url: https://example.com/}\n", "probe")


def published(wire: Wire, since: int) -> list[tuple[str, int | None]]:
    """Names and versions of the documents about which something was said, in this order."""
    notes = [each["params"] for each in wire.notes[since:] if each["method"] == "textDocument/publishDiagnostics"]
    return [(each["uri"].rpartition("/")[2].partition(".")[0], each.get("version")) for each in notes]


def test_the_edited_document_is_told_first_then_open_ones_then_the_rest(wire, tmp_path):
    """Each with its version, and what changed nothing for them not again."""
    (tmp_path / "wf.toml").write_text("")
    texts = {"probe": PROBE, "open": CALLER.replace("caller", "open"), "closed": CALLER.replace("caller", "closed")}
    texts["bystander"] = CALLER.replace("probe", "other").replace("caller", "bystander")
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text)
    wire.initialize(tmp_path)
    for name in ("open", "bystander", "probe"):
        wire.open((tmp_path / f"{name}.yaml").as_uri(), texts[name], 7)
    wire.ask("workspace/diagnostic", {"previousResultIds": []})
    since = len(wire.notes)
    wire.change((tmp_path / "probe.yaml").as_uri(), 8, {"text": PROBE.replace("name: probe", "name: prob")})
    wire.ask("workspace/diagnostic", {"previousResultIds": []})
    assert published(wire, since) == [("probe", 8), ("open", 7), ("closed", None)]


def test_of_two_versions_in_one_breath_the_newest_alone_is_told():
    session = Session({URI: LARGE})
    session.diagnostics()
    said = len(session.sent)
    for version in (2, 3, 4):
        session.receive(change(version=version))
    session.handle()
    session.settle()
    versions = [each["params"]["version"] for each in session.sent[said:] if "method" in each]
    assert versions == [4]
