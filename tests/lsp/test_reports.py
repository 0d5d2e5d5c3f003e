"""A bug: answered as an error once, logged with what repeats it, and nothing in the log that is secret."""

import json
import logging

import pytest

from tests.lsp.in_process import Session
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
    assert answer["error"]["code"] == -32603
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
    ],
)
def test_what_stands_under_a_secret_name_is_stars(line, said):
    assert masked(line) == said
