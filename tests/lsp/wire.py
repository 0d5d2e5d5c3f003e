"""A client that speaks JSON-RPC by hand, so that nothing a library does hides what the server does."""

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.shop import copy_of_shop
from wf_lsp.transport import FrameReader

Json = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "import sys; from wf_engine.cli import main; sys.exit(main())", "lsp", "--stdio"]
PATIENCE = 180
"""Seconds after which a test that waits gives up."""

SMALL: Json = {}
"""What the smallest client can do: nothing that is optional."""
VSCODE_LIKE: Json = {
    "workspace": {
        "workspaceFolders": True,
        "workspaceEdit": {"documentChanges": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
    },
    "textDocument": {
        "publishDiagnostics": {
            "relatedInformation": True,
            "tagSupport": {"valueSet": [1, 2]},
            "codeDescriptionSupport": True,
        },
        "completion": {
            "completionItem": {
                "snippetSupport": True,
                "insertReplaceSupport": True,
                "insertTextModeSupport": {"valueSet": [1, 2]},
                "documentationFormat": ["markdown"],
                "tagSupport": {"valueSet": [1]},
            }
        },
        "hover": {"contentFormat": ["markdown"]},
        "definition": {"linkSupport": True},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
    },
    "window": {"workDoneProgress": True},
}


class Wire:
    """A running server and the wire to it."""

    def __init__(self, *, environ: dict[str, str] | None = None, arguments: tuple[str, ...] = ()) -> None:
        env = {**os.environ, **(environ or {})}
        pipe = subprocess.PIPE
        self.process = subprocess.Popen([*COMMAND, *arguments], stdin=pipe, stdout=pipe, stderr=pipe, env=env)
        self.answers: dict[Any, Json] = {}
        self.notes: list[Json] = []
        self.asked: list[Json] = []
        """Requests of the server."""
        self.replies: dict[str, Any] = {}
        """What to answer them, by method; null without."""
        self.methods: dict[Any, str] = {}
        """Of our requests, by id."""
        self.stderr = b""
        self._news = threading.Condition()
        self._count = 0
        self.ended = threading.Event()
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._read_errors, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            # The server leaves when its client does, and then also keeps what was measured of it.
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.ended.wait(PATIENCE)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()

    def _read(self) -> None:
        descriptor = self.process.stdout.fileno()
        reader = FrameReader(lambda size: os.read(descriptor, size))
        while (body := reader.frame()) is not None:
            message = json.loads(body)
            with self._news:
                if "method" in message and "id" in message:
                    self.asked.append(message)
                elif "method" in message:
                    self.notes.append(message)
                else:
                    self.answers[message["id"]] = message
                self._news.notify_all()
            if "method" in message and "id" in message:
                self.send({"jsonrpc": "2.0", "id": message["id"], "result": self.replies.get(message["method"])})
        self.ended.set()
        with self._news:
            self._news.notify_all()

    def _read_errors(self) -> None:
        while block := self.process.stderr.read1(65536):
            self.stderr += block

    def raw(self, data: bytes) -> None:
        """Sends bytes as they are."""
        try:
            self.process.stdin.write(data)
            self.process.stdin.flush()
        except (BrokenPipeError, ValueError):
            pass

    def send(self, message: Any) -> None:
        """Sends a message."""
        body = json.dumps(message).encode()
        self.raw(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    def notify(self, method: str, params: Any = None) -> None:
        """Sends a notification."""
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def start(self, method: str, params: Any = None) -> int:
        """Sends a request; its id."""
        self._count += 1
        self.methods[self._count] = method
        self.send({"jsonrpc": "2.0", "id": self._count, "method": method, "params": params})
        return self._count

    def until(self, found: Callable[[], Any]) -> Any:
        """Waits until something that the server sent is there, which must not be false; `found` asks nothing itself."""
        with self._news:
            assert self._news.wait_for(lambda: found() or self.ended.is_set(), PATIENCE), "it never came"
            value = found()
        assert value, f"the server ended; it said {self.stderr.decode(errors='replace')}"
        return value

    def answer(self, identity: Any) -> Json:
        """The answer to a request."""
        return self.until(lambda: self.answers.get(identity))

    def request(self, method: str, params: Any = None) -> Json:
        """Sends a request and waits for the whole answer."""
        return self.answer(self.start(method, params))

    def ask(self, method: str, params: Any = None) -> Any:
        """Sends a request and waits for its result."""
        answer = self.request(method, params)
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def ask_until(self, method: str, params: Any, good: Callable[[Any], bool] = bool) -> Any:
        """Asks again and again until the answer is good: the workspace is read in the background."""
        deadline = time.monotonic() + PATIENCE
        while not good(answer := self.ask(method, params)):
            assert time.monotonic() < deadline, answer
            time.sleep(0.02)
        return answer

    def initialize(self, *folders: Path, capabilities: Json | None = None, options: Json | None = None) -> Json:
        """Begins the session."""
        result = self.ask("initialize", {
            "processId": os.getpid(),
            "rootUri": None,
            "capabilities": VSCODE_LIKE if capabilities is None else capabilities,
            "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name} for folder in folders],
            "initializationOptions": options or {},
        })  # fmt: skip
        self.notify("initialized", {})
        return result

    def open(self, uri: str, text: str, version: int = 1, language: str = "yaml") -> None:
        """Opens a document."""
        document = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, uri: str, version: int, *changes: Json) -> None:
        """Edits a document."""
        self.notify(
            "textDocument/didChange",
            {"textDocument": {"uri": uri, "version": version}, "contentChanges": list(changes)},
        )

    def published(self, uri: str, version: int | None = None) -> list[Json]:
        """The diagnostics that were published last for a document, once those of the version are there."""

        def found() -> list[Json]:
            every = [n["params"] for n in self.notes if n["method"] == "textDocument/publishDiagnostics"]
            return [each for each in every if each["uri"] == uri and version in (None, each.get("version"))]

        return self.until(found)[-1]["diagnostics"]

    def settled(self, uri: str, wanted: Callable[[list[str]], bool]) -> list[Json]:
        """The diagnostics of a document, once their codes are as wanted."""

        def found() -> list[Json]:
            every = [n["params"] for n in self.notes if n["method"] == "textDocument/publishDiagnostics"]
            last = [each for each in every if each["uri"] == uri][-1:]
            return [each for each in last if wanted([d.get("code", "") for d in each["diagnostics"]])]

        return self.until(found)[0]["diagnostics"]

    def position(self, uri: str, line: int, character: int) -> Json:
        """The parameters of a request about a place."""
        return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}

    def leave(self) -> int:
        """Ends the session as the protocol wants it; the exit code."""
        assert self.ask("shutdown") is None
        self.notify("exit")
        return self.process.wait(PATIENCE)


def copy_of_examples(folder: Path) -> Path:
    """The shop in a folder of its own, with nothing around it."""
    return copy_of_shop(folder / "shop")


def range_of(start: tuple[int, int], end: tuple[int, int] | None = None) -> Json:
    """A range as the protocol has it."""
    end = end or start
    return {"start": {"line": start[0], "character": start[1]}, "end": {"line": end[0], "character": end[1]}}


def at(text: str, needle: str, shift: int = 0) -> tuple[int, int]:
    """Line and character (in UTF-16) at which a piece of a text stands."""
    before = text[: text.index(needle) + shift]
    line = before.rpartition("\n")[2]
    return before.count("\n"), len(line.encode("utf-16-le")) // 2
