"""The wire: frames, states, faults, cancelling, leaving; nothing but the protocol on standard output."""

import json
import signal
import subprocess
import time

import pytest

from tests.lsp.wire import COMMAND, PATIENCE, Wire, range_of
from tests.support import workflow

URI = "file:///nowhere/a.workflow.yaml"
TEXT = workflow("tasks:\n  - id: a\n    taskRef: get-user\n")


def hover(line: int = 7) -> dict:
    return {"textDocument": {"uri": URI}, "position": {"line": line, "character": 8}}


def test_a_session_from_beginning_to_end(wire):
    result = wire.initialize()
    assert result["serverInfo"]["name"] == "wf"
    assert result["capabilities"]["textDocumentSync"]["change"] == 2
    wire.open(URI, TEXT)
    assert wire.ask("textDocument/hover", hover())["contents"]["kind"] == "markdown"
    assert wire.leave() == 0
    assert wire.stderr == b""


def test_frames_may_come_in_pieces_and_together_with_other_headers_in_any_case(wire):
    body = json.dumps(
        {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "initialize",
            "params": {"processId": None, "rootUri": None, "capabilities": {}},
        }
    ).encode()
    frame = b"content-type: application/vscode-jsonrpc; charset=utf-8\r\nCONTENT-LENGTH: %d\r\n\r\n" % len(body) + body
    for byte in (frame[:1], frame[1:40], frame[40:41], frame[41:-3]):
        wire.raw(byte)
        time.sleep(0.01)
    shutdown = b'{"jsonrpc":"2.0","id":2,"method":"shutdown"}'
    wire.raw(frame[-3:] + b"Content-Length: %d\r\n\r\n" % len(shutdown) + shutdown)
    assert "capabilities" in wire.answer(1)["result"]
    assert wire.answer(2)["result"] is None


def test_before_initialize_requests_are_refused_and_notifications_dropped(wire):
    assert wire.request("textDocument/hover", hover())["error"]["code"] == -32002
    assert wire.request("shutdown")["error"]["code"] == -32002
    wire.open(URI, TEXT)
    wire.initialize()
    assert wire.ask("textDocument/hover", hover()) is None


def test_a_second_initialize_is_refused(wire):
    wire.initialize()
    assert (
        wire.request("initialize", {"processId": None, "rootUri": None, "capabilities": {}})["error"]["code"] == -32600
    )


def test_after_shutdown_nothing_is_answered_but_exit(wire):
    wire.initialize()
    assert wire.ask("shutdown") is None
    assert wire.request("textDocument/hover", hover())["error"]["code"] == -32600
    wire.notify("textDocument/didOpen", {})
    wire.notify("exit")
    assert wire.process.wait(PATIENCE) == 0


def test_exit_without_shutdown_is_an_error(wire):
    wire.initialize()
    wire.notify("exit")
    assert wire.process.wait(PATIENCE) == 1


def test_the_server_leaves_when_its_input_ends(wire):
    wire.initialize()
    wire.process.stdin.close()
    assert wire.process.wait(PATIENCE) == 1


@pytest.mark.parametrize(
    ("method", "code"),
    [("textDocument/doesNotExist", -32601), ("$/doesNotExist", -32601), ("wf/doesNotExist", -32601), ("", -32601)],
)
def test_unknown_methods_are_refused(wire, method, code):
    wire.initialize()
    assert wire.request(method, {})["error"]["code"] == code
    wire.notify(method, {"a": 1})
    wire.notify("$/setTrace", {"value": "off"})
    assert wire.ask("textDocument/hover", hover()) is None


@pytest.mark.parametrize(
    "params",
    [
        None,
        {},
        [],
        3,
        "x",
        {"textDocument": 1},
        {"textDocument": {"uri": URI}},
        {"textDocument": {"uri": URI}, "position": {"line": "a"}},
    ],
)
def test_parameters_that_cannot_be_read_are_refused(wire, params):
    wire.initialize()
    for method in ("textDocument/hover", "textDocument/completion", "textDocument/definition"):
        assert wire.request(method, params)["error"]["code"] == -32602
    for method in (
        "textDocument/didOpen",
        "textDocument/didChange",
        "textDocument/didClose",
        "workspace/didChangeWatchedFiles",
    ):
        wire.notify(method, params)
    wire.open(URI, TEXT)
    assert wire.ask("textDocument/hover", hover()) is not None


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", -32700),
        (b"\xff\xfe", -32700),
        (b"", -32700),
        (b"[]", -32600),
        (b'[{"jsonrpc":"2.0","id":1,"method":"shutdown"}]', -32600),
        (b"3", -32600),
        (b'{"id": 7, "method": "shutdown"}', -32600),
        (b"[" * 100000, -32700),
    ],
)
def test_what_is_no_message_is_refused_and_the_session_goes_on(wire, body, code):
    wire.initialize()
    wire.raw(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
    identity = 7 if b'"id": 7' in body else None
    assert wire.answer(identity)["error"]["code"] == code
    assert wire.ask("textDocument/hover", hover()) is None


def test_an_answer_to_nothing_is_dropped(wire):
    wire.initialize()
    wire.send({"jsonrpc": "2.0", "id": "never-asked", "result": 1})
    wire.send({"jsonrpc": "2.0", "id": 99, "error": {"code": 1, "message": "no"}})
    assert wire.ask("textDocument/hover", hover()) is None


def test_a_message_of_many_megabytes(wire):
    wire.initialize()
    text = TEXT + "".join(
        f"  - {{id: s{number}, taskRef: get-user, description: {'x' * 5000}}}\n" for number in range(1000)
    )
    assert len(text) > 4_000_000
    wire.open(URI, text)
    assert len(wire.ask("textDocument/documentSymbol", {"textDocument": {"uri": URI}})[0]["children"]) == 1001


def test_a_frame_that_claims_to_be_endless_ends_the_session(wire):
    wire.initialize()
    wire.raw(b"Content-Length: 99999999999999\r\n\r\n{}")
    assert wire.process.wait(PATIENCE) == 1


def test_twenty_cancelled_requests_then_a_hover(wire):
    wire.initialize()
    steps = "".join(f"  - id: s{number}\n    taskRef: get-user\n    input: {{id: x}}\n" for number in range(1, 2000))
    wire.open(URI, TEXT + steps)
    asked = [
        wire.start(
            "textDocument/codeAction",
            {"textDocument": {"uri": URI}, "range": range_of((0, 0), (9999, 0)), "context": {"diagnostics": []}},
        )
        for _ in range(20)
    ]
    for identity in asked:
        wire.notify("$/cancelRequest", {"id": identity})
    assert wire.ask("textDocument/hover", hover()) is not None
    answers = [wire.answer(identity) for identity in asked]
    cancelled = [answer for answer in answers if answer.get("error", {}).get("code") == -32800]
    assert len(cancelled) >= 18, "at most what had begun is answered"


def test_cancelling_what_is_not_there_is_no_fault(wire):
    wire.initialize()
    for params in ({"id": 12345}, {"id": "x"}, {}, None):
        wire.notify("$/cancelRequest", params)
    assert wire.ask("textDocument/hover", hover()) is None


def test_whoever_prints_prints_to_standard_error(tmp_path):
    """A library that prints, and one that writes to the descriptor itself, do not get between the messages."""
    (tmp_path / "sitecustomize.py").write_text(
        "import atexit, os, sys, threading, time\n"
        "def chatter():\n"
        "    while True:\n"
        "        time.sleep(0.02)\n"
        "        if 'wf_lsp.features.hover' in sys.modules:\n"
        "            print('printed')\n"
        "            os.write(1, b'written\\n')\n"
        "threading.Thread(target=chatter, daemon=True).start()\n"
    )
    with Wire(environ={"PYTHONPATH": str(tmp_path)}) as wire:
        wire.initialize()
        wire.open(URI, TEXT)
        for _ in range(20):
            assert wire.ask("textDocument/hover", hover()) is not None
            time.sleep(0.01)
        assert wire.leave() == 0
        wire.ended.wait(PATIENCE)
    assert b"printed" in wire.stderr
    assert b"written" in wire.stderr


def test_an_interrupt_ends_it_without_a_traceback(wire):
    wire.initialize()
    wire.process.send_signal(signal.SIGINT)
    assert wire.process.wait(PATIENCE) == 130
    wire.ended.wait(PATIENCE)
    assert b"Traceback" not in wire.stderr


def test_the_log_goes_where_it_is_told_to(tmp_path):
    log = tmp_path / "server.log"
    with Wire(arguments=("--log-file", str(log), "--log-level", "info")) as wire:
        wire.initialize()
        wire.change(URI, 2, {"text": "x"})
        assert wire.leave() == 0
    assert "a change of a document that is not open" in log.read_text()


def test_options_that_there_are_not_are_refused():
    done = subprocess.run([*COMMAND, "--nothing"], capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 2
    assert "--nothing" in done.stderr
    assert done.stdout == ""
