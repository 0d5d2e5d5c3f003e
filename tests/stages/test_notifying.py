"""Slack and Teams, by a server of our own on this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

SETTINGS = """\
notify:
- {to: slack, url_from: HOOK, on: [failed], text: {failed: "<{name}> {stage}: {gates}"}}
- {to: teams, url_from: HOOK}
"""


@pytest.fixture
def hook(monkeypatch):
    """Bodies that were posted; `status` is what the server answers with."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            server.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(server.status)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.bodies, server.status = [], 200
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    monkeypatch.setenv("HOOK", f"http://127.0.0.1:{server.server_port}/secret-path")
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def teams_text(body):
    return body["attachments"][0]["content"]["body"][0]["text"]


def test_a_failure_is_told_to_both(project, hook):
    project.write("src/demo/extra.py", "import os\n")
    project.begin(SETTINGS)
    project.gate(2, expected=1)
    slack, teams = hook.bodies
    assert slack == {"text": "&lt;Feature&gt; 9.7: 2 Lint"}
    assert teams_text(teams) == "Stage 9.7 Feature: gates failed: 2 Lint"


def test_a_name_with_braces_is_told_as_it_is(project, hook):
    project.begin(SETTINGS)
    project.must("init", "--stage", "10", "--name", "{gates} {name}", "--profile", "MINIMAL")
    project.write("src/demo/extra.py", "import os\n")
    project.stage("gates", "--stage", "10", "2")
    assert teams_text(hook.bodies[1]) == "Stage 10 {gates} {name}: gates failed: 2 Lint"


def test_completion_is_told_to_who_wants_it(project, hook):
    project.begin(SETTINGS, profile="MINIMAL")
    project.finish_words()
    project.must("gates", "--stage", "9.7")
    project.must("complete", "--stage", "9.7")
    assert [teams_text(body) for body in hook.bodies] == ["Stage 9.7 Feature is complete"]


def test_what_cannot_be_told_changes_no_verdict_and_shows_no_address(project, hook, monkeypatch):
    project.write("src/demo/extra.py", "import os\n")
    project.begin(SETTINGS)
    hook.status = 500
    code, out = project.stage("gates", "--stage", "9.7", "2")
    assert code == 1
    assert "not told: slack: the address in HOOK answers 500" in out
    monkeypatch.setenv("HOOK", "file:///etc/passwd")
    out = project.stage("gates", "--stage", "9.7", "2")[1]
    assert "HOOK holds no address" in out
    assert "secret-path" not in out
    assert "passwd" not in out
