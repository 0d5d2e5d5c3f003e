"""The servers that are measured, and an editor at the other end: the fixed client with documents in it."""

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FIXED = HERE / "fixed"
sys.path.insert(0, str(FIXED))
from lsp_client import Client  # noqa: E402 - a script of the harness, as it is

__all__ = ["EMPTY", "FIXED", "OURS", "Client", "Editor", "editing"]

OURS = [str(Path(sys.executable).with_name("wf")), "lsp", "--stdio"]
EMPTY = [sys.executable, str(HERE / "empty_server.py")]
PATIENCE = 120
"""Seconds after which an answer is taken never to come."""


class Editor:
    """A session with our server in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.client = Client(OURS, cwd=str(folder))
        self.client.initialize(str(folder), {"trusted": True})

    def open(self, name: str, text: str) -> str:
        """Opens a document; its URI."""
        uri = (self.folder / name).as_uri()
        document = {"uri": uri, "languageId": "workflow", "version": 1, "text": text}
        self.client.notify("textDocument/didOpen", {"textDocument": document})
        return uri

    def change(self, uri: str, version: int, line: int, start: int, end: int, text: str) -> None:
        """Edits within a line."""
        where = {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}
        changed = {"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"range": where, "text": text}]}
        self.client.notify("textDocument/didChange", changed)

    def ask(self, method: str, uri: str, line: int = 0, character: int = 0) -> Any:
        """The result of a request about a place."""
        params = {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
        return self.client.request(f"textDocument/{method}", params, PATIENCE).get("result")

    def published(self, uri: str, version: int) -> list[dict[str, Any]]:
        """The diagnostics of a version, once they are there."""

        def wanted(note: dict[str, Any]) -> bool:
            said = note["params"]
            is_it = note["method"] == "textDocument/publishDiagnostics" and said["uri"] == uri
            return is_it and said.get("version") == version

        found: list[dict[str, Any]] = self.client.wait_note(wanted, PATIENCE)["params"]["diagnostics"]
        return found

    def keystrokes(self, uri: str, line: int, column: int, count: int, version: int = 2) -> list[float]:
        """Milliseconds from a character that is typed or taken back to the answer of a completion, for each."""
        found = []
        for number in range(count):
            start = time.perf_counter()
            typed = number % 2 == 0
            self.change(uri, version + number, line, column, column + (not typed), "x" if typed else "")
            self.ask("completion", uri, line - 1, 8)
            found.append((time.perf_counter() - start) * 1e3)
            time.sleep(0.03)
        return found

    def settled(self) -> None:
        """Waits until all files are read and checked."""
        self.client.request("workspace/diagnostic", {"previousResultIds": []}, PATIENCE)

    @property
    def alive(self) -> bool:
        """Whether the server runs."""
        return self.client.p.poll() is None


@contextmanager
def editing(**files: str) -> Iterator[Editor]:
    """An editor in a folder with the task that the documents call, and files by name (`__` for a dot)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        shutil.copytree(FIXED / "workspace", folder, dirs_exist_ok=True)
        (folder / "wf.toml").write_text("[network]\nallow_loopback = true\n")
        for file, text in files.items():
            (folder / file.replace("__", ".")).write_text(text)
        editor = Editor(folder)
        try:
            yield editor
        finally:
            editor.client.close()
