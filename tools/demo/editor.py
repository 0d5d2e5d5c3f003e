"""The smallest editor there can be: one document, a language server, and what it says."""

import json
import queue
import subprocess
import threading
from pathlib import Path
from typing import Any

_QUIET = 2
"""Seconds of silence after which the server has said all."""
_PATIENCE = 60
"""Seconds after which an answer is taken for lost."""


class Editor:
    """A client of the language server over its stdin and stdout."""

    def __init__(self, command: list[str], folder: Path, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder, env=environment
        )
        self.folder = folder
        self.number = self.version = 0
        self.text = self.uri = ""
        self.answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self.notes: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        folder_uri = folder.as_uri()
        self.request("initialize", {
            "processId": None, "rootUri": folder_uri, "workspaceFolders": [{"uri": folder_uri, "name": "demo"}],
            "initializationOptions": {"trusted": True},
            "capabilities": {
                "general": {"positionEncodings": ["utf-32"]},
                "textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}}},
            },
        })  # fmt: skip
        self.notify("initialized", {})

    def _read(self) -> None:
        stream = self.process.stdout
        while stream is not None and (line := stream.readline()):
            if not line.lower().startswith(b"content-length:"):
                continue
            length = int(line.split(b":")[1])
            while stream.readline() not in (b"\r\n", b"\n", b""):
                pass
            message = json.loads(stream.read(length))
            (self.answers if "id" in message and "method" not in message else self.notes).put(message)

    def _send(self, message: dict[str, Any]) -> None:
        if self.process.stdin is None:
            raise AssertionError("the pipe was asked for")
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def notify(self, method: str, params: Any) -> None:
        """Sends a notification."""
        self._send({"method": method, "params": params})

    def request(self, method: str, params: Any) -> Any:
        """Sends a request and waits for its answer."""
        self.number += 1
        self._send({"id": self.number, "method": method, "params": params})
        while True:
            answer = self.answers.get(timeout=_PATIENCE)
            if answer["id"] == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]

    def open(self, path: Path) -> None:
        """Opens a document."""
        self.uri, self.text = path.as_uri(), path.read_text()
        document = {"uri": self.uri, "languageId": "workflow", "version": 0, "text": self.text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def diagnostics(self) -> list[dict[str, Any]]:
        """What the server says of the document as it is now, once it has read the workspace."""
        while True:
            note = self.notes.get(timeout=_PATIENCE)
            params = note.get("params")
            if (
                note.get("method") == "textDocument/publishDiagnostics"
                and params["uri"] == self.uri
                and params.get("version") == self.version
            ):
                found: list[dict[str, Any]] = params["diagnostics"]
                return found

    def settled(self) -> list[dict[str, Any]]:
        """What the server says once it has read the whole workspace and says nothing more."""
        found = self.diagnostics()
        while True:
            try:
                note = self.notes.get(timeout=_QUIET)
            except queue.Empty:
                return found
            params = note.get("params") or {}
            if note.get("method") == "textDocument/publishDiagnostics" and params.get("uri") == self.uri:
                found = params["diagnostics"]

    def fixes(self, diagnostic: dict[str, Any]) -> list[dict[str, Any]]:
        """The fixes that the server offers for a diagnostic."""
        context = {"diagnostics": [diagnostic], "only": ["quickfix"]}
        params = {"textDocument": {"uri": self.uri}, "range": diagnostic["range"], "context": context}
        found: list[dict[str, Any]] = self.request("textDocument/codeAction", params)
        return [each for each in found if [of["code"] for of in each.get("diagnostics", [])] == [diagnostic["code"]]]

    def apply(self, action: dict[str, Any]) -> None:
        """Makes the edits of a fix."""
        edits = action["edit"]["changes"][self.uri]
        for edit in sorted(edits, key=lambda each: self._offset(each["range"]["start"]), reverse=True):
            start, end = self._offset(edit["range"]["start"]), self._offset(edit["range"]["end"])
            self.text = self.text[:start] + edit["newText"] + self.text[end:]
        self.version += 1
        identity = {"uri": self.uri, "version": self.version}
        self.notify("textDocument/didChange", {"textDocument": identity, "contentChanges": [{"text": self.text}]})

    def _offset(self, position: dict[str, int]) -> int:
        lines = self.text.split("\n")
        return sum(len(line) + 1 for line in lines[: position["line"]]) + position["character"]

    def command(self, name: str, argument: dict[str, Any]) -> Any:
        """Carries out a command of the server."""
        return self.request("workspace/executeCommand", {"command": name, "arguments": [argument]})

    def close(self) -> None:
        """Says goodbye."""
        try:
            self.request("shutdown", None)
            self.notify("exit", None)
            self.process.wait(timeout=10)
        except (RuntimeError, OSError, queue.Empty, subprocess.TimeoutExpired):
            self.process.kill()
