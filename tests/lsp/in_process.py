"""A server in this process, spoken to in bytes: nothing in it depends on time."""

import json
from typing import Any

from wf_lsp.convert import path_of
from wf_lsp.server import WfServer

CAPABILITIES = {
    "textDocument": {
        "publishDiagnostics": {
            "relatedInformation": True,
            "tagSupport": {"valueSet": [1, 2]},
            "codeDescriptionSupport": True,
            "dataSupport": True,
        },
        "completion": {"completionItem": {"snippetSupport": True}},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
    }
}


class Session:
    """A server in this process, spoken to in bytes."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.server = WfServer()
        self.server.protocol.sender = self
        self.sent: list[dict[str, Any]] = []
        self.count = 0
        self.versions = dict.fromkeys(texts, 1)
        self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": CAPABILITIES})
        for uri, text in texts.items():
            self.say(
                "textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}}
            )

    def send(self, body: bytes) -> None:
        self.sent.append(json.loads(body))

    def say(self, method: str, params: Any) -> None:
        self.receive({"method": method, "params": params})
        self.handle()

    def receive(self, message: dict[str, Any]) -> None:
        """Takes a message in without handling it."""
        self.server.protocol.receive(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def handle(self) -> int:
        """Handles all that waits; how many messages that was."""
        count = 0
        while self.server.protocol.handle_next():
            count += 1
        return count

    def answer(self, method: str, params: Any) -> dict[str, Any]:
        """The whole answer to a request."""
        self.count += 1
        self.receive({"id": self.count, "method": method, "params": params})
        self.handle()
        return next(each for each in reversed(self.sent) if each.get("id") == self.count)

    def ask(self, method: str, params: Any) -> Any:
        """The result of a request."""
        answer = self.answer(method, params)
        assert "error" not in answer, (method, params, answer)
        return answer["result"]

    def settle(self, units: int = 10_000) -> None:
        while units and self.server.scheduler.step():
            units -= 1

    def diagnostics(self) -> dict[str, Any]:
        self.settle()
        every = [each["params"] for each in self.sent if each.get("method") == "textDocument/publishDiagnostics"]
        return {each["uri"]: each["diagnostics"] for each in every}

    def text(self, uri: str) -> str:
        file = self.server.session.projects.file(path_of(uri))
        assert file is not None
        assert (
            file.text.value == "".join(document.tree.text for document in file.documents)
            or file.text.value[:1] == "\ufeff"
        )
        return file.text.value
