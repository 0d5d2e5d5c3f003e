"""A bug: answered as an error once, logged with what repeats it, and nothing in the log that is secret."""

import json
import logging

import pytest

from tests.lsp.in_process import Session
from tests.lsp.wire import Wire
from wf_lsp.reports import masked

URI = "file:///nowhere/a.workflow.yaml"
TEXT = "apiVersion: workflow.io/v1\nkind: Workflow\nmetadata: {name: größe}\npassword: hunter2\n# s3cr3t-value\n"


def asked(session: Session) -> dict:
    params = {"textDocument": {"uri": URI}, "position": {"line": 0, "character": 1}}
    session.receive({"id": 7, "method": "textDocument/hover", "params": params})
    session.handle()
    return [each for each in session.sent if each.get("id") == 7]


def test_a_bug_is_answered_once_and_logged_so_that_it_can_be_repeated(monkeypatch, caplog):
    caplog.set_level(logging.ERROR, "wf.lsp")
    monkeypatch.setenv("WF_SECRET_TOKEN", "s3cr3t-value")
    session = Session({URI: TEXT})
    del session.server.session.observed  # what no code expects: as good as any bug
    (answer,) = asked(session)
    assert answer["error"] == {
        "code": -32603,
        "message": "a bug in wf: hover failed; the log of the server has what repeats it",
    }
    (first,) = [each.getMessage() for each in caplog.records if "to repeat it" in each.getMessage()]
    report = json.loads(first.partition("to repeat it: ")[2])
    assert report["feature"] == "wf_lsp.features.hover:hover"
    assert "observed" in report["traceback"]
    assert report["documents"][URI] == TEXT.replace("hunter2", "*" * 7).replace("s3cr3t-value", "*" * 12)
    assert "hunter2" not in caplog.text
    assert "s3cr3t-value" not in caplog.text
    asked(session)
    assert len([each for each in caplog.records if "to repeat it" in each.getMessage()]) == 1
    session.server.session.observed = {}
    assert "result" in asked(session)[-1]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("password: x", "password: *"),
        ("  - api-key: 'abc'", "  - api-key: *****"),
        ('"Authorization": Bearer abc', '"Authorization": **********'),
        ("X-Auth-Token: {{secrets.T}}", "X-Auth-Token: {{secrets.T}}"),
        ("name: plain", "name: plain"),
        ("token:", "token:"),
        ("http: {url: /x, password: hunter2, n: 1}", "http: {url: /x, password: **************"),
        ("password: |\n  hunter2\n\n    more\nname: a", "password: *\n  *******\n\n    ****\nname: a"),
        ("- token:\n    hunter2\r\n- b", "- token:\n    *******\r\n- b"),
        ("token: abc{{x}}", "token: ********"),
        ("  url: https://me:pw@example.com/?a=1", "  url: https://*****@example.com/?a=1"),
        ("x: Bearer abc.def", "x: Bearer *******"),
        ("Authorization: 'Bearer {{secrets.T}}'", "Authorization: 'Bearer {{secrets.T}}'"),
    ],
)
def test_what_stands_under_a_secret_name_is_stars(line, said):
    assert masked(line) == said


PLANTED = """
import importlib.abc, importlib.machinery, os, sys
class Planting(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name != PLACE:
            return None
        sys.meta_path.remove(self)
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        execute = spec.loader.exec_module
        def planted(module):
            execute(module)
            sound = getattr(module, FUNCTION)
            def faulty(server, params, *more):
                path = getattr(getattr(params, "text_document", None), "uri", "")
                text = str(params) + str(server.session.text(path.removeprefix("file://")))
                if "planted" not in text:
                    return sound(server, params, *more)
                print("printed by what failed")
                os.write(1, b"written by what failed")
                raise ValueError(f"the token=s3cr3t-value of {text}")
            setattr(module, FUNCTION, faulty)
        spec.loader.exec_module = planted
        return spec
sys.meta_path.insert(0, Planting())
"""
"""A fault in a function of the server, which meets only documents that ask for it."""
PLANTED_TEXT = "apiVersion: workflow.io/v1\nkind: Workflow\nmetadata: {name: planted, password: hunter2}\n"


@pytest.fixture
def faulty(tmp_path, request) -> Wire:
    place, function = request.param
    planted = PLANTED.replace("PLACE", repr(place)).replace("FUNCTION", repr(function))
    (tmp_path / "sitecustomize.py").write_text(planted)
    with Wire(environ={"PYTHONPATH": str(tmp_path), "WF_SECRET_X": "s3cr3t-value"}) as wire:
        wire.initialize()
        yield wire


def reported(wire: Wire) -> list[dict]:
    """What the log says can be repeated; nothing in it is secret, and nothing was written but the protocol."""
    assert wire.leave() == 0
    wire.ended.wait(60)
    log = wire.stderr.decode()
    assert "hunter2" not in log
    assert "s3cr3t-value" not in log
    assert "printed by what failed" in log
    assert "written by what failed" in log
    assert "ReportedError" not in log
    return [json.loads(line.partition("to repeat it: ")[2]) for line in log.splitlines() if "to repeat it: " in line]


@pytest.mark.parametrize("faulty", [("wf_lsp.features.hover", "hover")], indirect=True)
def test_over_the_wire_a_bug_hurts_one_request_and_nothing_else(faulty):
    other = URI.replace("a.work", "b.work")
    faulty.open(URI, PLANTED_TEXT)
    faulty.open(other, TEXT)
    for _ in range(2):
        error = faulty.request("textDocument/hover", faulty.position(URI, 1, 1))["error"]
        assert error["code"] == -32603
        assert "data" not in error
        assert "hunter2" not in error["message"]
    assert faulty.ask("textDocument/hover", faulty.position(other, 1, 1))["contents"]
    assert faulty.ask("textDocument/documentSymbol", {"textDocument": {"uri": URI}})
    (report,) = reported(faulty)
    assert report["feature"] == "wf_lsp.features.hover:hover"
    assert report["params"]["position"] == {"line": 1, "character": 1}
    assert report["documents"][URI].startswith(PLANTED_TEXT[:60])
    assert [each for each in faulty.notes if each["method"] == "window/showMessage"] == []


@pytest.mark.parametrize("faulty", [("wf_lsp.features.text_sync", "did_save")], indirect=True)
def test_a_bug_in_a_notification_is_logged_too(faulty):
    faulty.open(URI, PLANTED_TEXT)
    faulty.notify("textDocument/didSave", {"textDocument": {"uri": URI}})
    assert faulty.ask("textDocument/hover", faulty.position(URI, 1, 1))["contents"]
    (report,) = reported(faulty)
    assert report["feature"] == "wf_lsp.features.text_sync:did_save"


@pytest.mark.parametrize("faulty", [("wf_lsp.commands.graph", "graph")], indirect=True)
def test_a_bug_in_a_command_is_logged_with_its_arguments_but_for_the_secrets(faulty):
    arguments = [{"uri": URI, "planted": {"password": "hunter2", "text": "token: hunter2"}}]
    error = faulty.request("workspace/executeCommand", {"command": "wf.graph", "arguments": arguments})["error"]
    assert error["code"] == -32603
    (report,) = reported(faulty)
    assert report["params"] == [{"uri": URI, "planted": {"password": "*******", "text": "token: *******"}}]
