"""Somebody who wants to break it: every request about odd documents, at odd places, with odd names and odd data."""

import json
import logging
import os
import random
from collections.abc import Iterator
from typing import Any

import pytest

from tests.lsp.in_process import Session
from tests.shop import FILES
from tests.support import workflow

SOAK = os.environ.get("WF_TEST_PROFILE") == "soak"
PLACES = 40 if SOAK else 2
URI, TASKS = "file:///nowhere/a.workflow.yaml", "file:///nowhere/tasks.task.yaml"
SOUND = FILES["workflows/order-dashboard.workflow.yaml"]
DEFINED = "---\n".join(text for path, text in FILES.items() if path.startswith("tasks"))
REFUSED, INVALID = -32803, -32602


def calling(name: str, other: str) -> str:
    return workflow(f"tasks:\n  - id: x\n    workflowRef: {other}\n", name)


DOCUMENTS = {
    "empty": "",
    "a byte order mark alone": "\ufeff",
    "a byte order mark in front": "\ufeff" + SOUND,
    "CRLF": SOUND.replace("\n", "\r\n"),
    "CR": SOUND.replace("\n", "\r"),
    "mixed line ends": SOUND.replace("\n", "\r\n", 40),
    "tabs": SOUND.replace("      ", "\t"),
    "half a character": SOUND.replace("id: history", "id: hist\ud83dory"),
    "beyond the first plane": SOUND.replace("id: history", "id: 🙂").replace("order", "örder"),
    "no newline at the end": SOUND.rstrip("\n"),
    "three documents": f"{SOUND}---\n{DEFINED[:3000]}\n---\n---\nfoo: bar\n",
    "a template of Helm": "apiVersion: v1\nkind: X\nmetadata:\n  name: {{ .Release.Name }}\n{{- if .Values.x }}\na: 1\n{{- end }}\n",
    "calls in a circle": "---\n".join([calling("a", "b"), calling("b", "c"), calling("c", "a"), calling("d", "d")]),
    "merges": workflow(
        "tasks:\n  - &a\n    id: a\n    taskRef: get-user\n  - <<: *a\n    id: b\n  - *a\n  - &z [*z]\n"
    ),
    "nothing in it": "apiVersion: workflow.io/v1\nkind: Workflow\nmetadata:\nspec:\n",
    "lists for maps": "apiVersion: workflow.io/v1\nkind: Workflow\nmetadata: []\nspec: []\n",
    "values for lists": workflow("tasks: foo\n"),
    "nothing as it should be": workflow(
        "tasks:\n  - id: [a]\n    taskRef: {a: b}\n    input: 3\n    dependsOn: x\n    forEach: 5\n    condition: []\n    switch: {}\n"
    ),
    "templates that are not closed": workflow(
        'tasks:\n  - id: a\n    taskRef: get-user\n    input: {id: "{{tasks.", x: "{{", y: "{{}}", z: "}}{{ a( "}\n'
    ),
    "empty keys": workflow("  : a\n  ? \n  ?: b\n  tasks:\n    - \n    -\n    - : \n"),
    "JSON": json.dumps(
        {
            "apiVersion": "workflow.io/v1",
            "kind": "Workflow",
            "metadata": {"name": "x"},
            "spec": {"tasks": [{"id": "a"}]},
        }
    ),
}
PLAIN = ("completion", "hover", "definition", "typeDefinition", "documentHighlight", "prepareRename", "linkedEditingRange",
         "prepareCallHierarchy", "signatureHelp")  # fmt: skip
AT_A_PLACE: dict[str, dict[str, Any]] = {
    **{method: {} for method in PLAIN},
    "references": {"context": {"includeDeclaration": True}},
    "rename": {"newName": ""},
    "onTypeFormatting": {"ch": "\n", "options": {"tabSize": 2, "insertSpaces": True}},
}
OVER_A_RANGE: dict[str, dict[str, Any]] = {
    "semanticTokens/range": {},
    "inlayHint": {},
    "rangeFormatting": {"options": {"tabSize": 0, "insertSpaces": False}},
    "codeAction": {"context": {"diagnostics": []}},
}
OF_THE_WHOLE = ("documentSymbol", "codeLens", "foldingRange", "documentLink", "semanticTokens/full", "formatting")
KINDS = (["source.fixAll"], ["refactor"], ["quickfix"], [""], ["nonsense"], [])
NAMES = (
    "zz",
    "",
    "a b",
    "id",
    "order",
    "1x",
    "größe",
    "x" * 300,
    "{{x}}",
    "a\nb",
    "'",
    "input",
    "tasks",
    "get-user",
    "\ud800",
)


@pytest.fixture(autouse=True)
def _logging(caplog: pytest.LogCaptureFixture) -> None:
    """As `wf lsp` has it."""
    caplog.set_level(logging.WARNING, "wf.lsp")
    caplog.set_level(logging.CRITICAL, "pygls")


class Hostile:
    """Asks about a document and looks at what comes back."""

    def __init__(self, text: str) -> None:
        self.rng = random.Random(len(text))
        self.session = Session({TASKS: DEFINED, URI: text})
        self.lines = text.split("\n")

    def ask(self, method: str, params: Any) -> Any:
        answer = self.session.answer(method, params)
        assert answer.get("error", {}).get("code") in (None, REFUSED), (method, params, answer)
        return answer.get("result")

    def places(self) -> Iterator[dict[str, int]]:
        yield from ({"line": 0, "character": 0}, {"line": 2**31 - 1, "character": 2**31 - 1})
        for _ in range(PLACES):
            line = self.rng.randrange(len(self.lines))
            length = len(self.lines[line])
            yield {"line": line, "character": self.rng.choice([length, length // 2, 4, 10, 999])}

    def at(self, place: dict[str, int]) -> None:
        document = {"textDocument": {"uri": URI}}
        for method, more in AT_A_PLACE.items():
            params = {**document, "position": place, **more}
            if method == "rename":
                params["newName"] = self.rng.choice(NAMES)
            self.followed(method, self.ask(f"textDocument/{method}", params))
        self.ask("textDocument/selectionRange", {**document, "positions": [place, place]})

    def followed(self, method: str, answer: Any) -> None:
        """What an editor asks next."""
        if method == "rename" and answer:
            self.sound(answer)
        for item in answer or [] if method == "prepareCallHierarchy" else []:
            self.ask("callHierarchy/incomingCalls", {"item": item})
            self.ask("callHierarchy/outgoingCalls", {"item": item})
        for item in answer["items"][:2] if method == "completion" and answer else []:
            self.ask("completionItem/resolve", item)

    def over(self, start: dict[str, int], end: dict[str, int]) -> None:
        for method, more in OVER_A_RANGE.items():
            params = {"textDocument": {"uri": URI}, "range": {"start": start, "end": end}, **more}
            if method == "codeAction" and self.rng.random() < 0.5:
                params["context"] = {"diagnostics": [], "only": self.rng.choice(KINDS)}
            for action in self.ask(f"textDocument/{method}", params) or [] if method == "codeAction" else []:
                self.sound(action["edit"])

    def sound(self, edit: dict[str, Any]) -> None:
        """The edits of a document do not overlap."""
        for edits in edit.get("changes", {}).values():
            end = (0, 0)
            for span in sorted([(ordered(each["range"]["start"]), ordered(each["range"]["end"])) for each in edits]):
                assert end <= span[0] <= span[1], edits
                end = span[1]


def ordered(place: dict[str, int]) -> tuple[int, int]:
    return place["line"], place["character"]


@pytest.mark.parametrize("text", DOCUMENTS.values(), ids=DOCUMENTS)
def test_odd_documents_are_answered_about_everywhere(text, caplog):
    hostile = Hostile(text)
    places = list(hostile.places())
    for place in places:
        hostile.at(place)
        hostile.over(place, hostile.rng.choice(places))
    for method in OF_THE_WHOLE:
        options = {"tabSize": 8, "insertSpaces": False}
        hostile.ask(f"textDocument/{method}", {"textDocument": {"uri": URI}, "options": options})
    hostile.ask("textDocument/semanticTokens/full/delta", {"textDocument": {"uri": URI}, "previousResultId": "gone"})
    hostile.ask("workspace/symbol", {"query": hostile.rng.choice(NAMES)})
    hostile.session.diagnostics()
    assert caplog.records == []


JUNK = [None, 3, [], {}, ["Workflow", "default", "x", None], ["a", "b", "c", "d"], {"kind": "nope", "index": 0}, {"kind": "task", "index": -9},
        {"offset": "x", "uri": URI, "version": 1}, {"refactoring": 3}, {"refactoring": "nope", "uri": URI, "span": ["a"], "version": 1},
        {"silence": {}, "uri": URI, "span": [0, 1], "version": 1}]  # fmt: skip


@pytest.mark.parametrize("data", JUNK, ids=str)
def test_data_that_was_never_given_out_is_the_clients_mistake(data, caplog):
    session = Session({URI: SOUND})
    zero = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
    item = {"name": "x", "kind": 2, "uri": URI, "range": zero, "selectionRange": zero, "data": data}
    for method, params in {
        "callHierarchy/incomingCalls": {"item": item},
        "callHierarchy/outgoingCalls": {"item": {**item, "uri": "untitled:x"}},
        "workspaceSymbol/resolve": {"name": "x", "kind": 2, "location": {"uri": URI}, "data": data},
        "completionItem/resolve": {"label": "x", "data": data},
        "codeAction/resolve": {"title": "x", "data": data},
    }.items():
        code = session.answer(method, params).get("error", {}).get("code")
        whole = method in ("completionItem/resolve", "codeAction/resolve")
        assert code == INVALID or (code is None and whole), (method, code)
    assert caplog.records == []


def test_data_of_a_place_that_is_gone_is_refused():
    session = Session({URI: SOUND})
    for uri, span in ((URI, [0, 10**9]), ("file:///gone.yaml", [0, 1])):
        data = {"refactoring": "extract_workflow", "uri": uri, "span": span, "version": None if "gone" in uri else 1}
        assert session.answer("codeAction/resolve", {"title": "x", "data": data})["error"]["code"] == REFUSED


ODD_URIS = ["", "x", "file:", "http://[::1", "file://[", "\ud800:x", "file:///%ff%fe.workflow.yaml", "file:///%00.workflow.yaml",
            "file:///" + "a" * 5000 + ".workflow.yaml", "untitled:"]  # fmt: skip


@pytest.mark.parametrize("uri", ODD_URIS, ids=[f"{each[:20]!r}" for each in ODD_URIS])
def test_a_document_by_whatever_name_lives_and_is_forgotten(uri, caplog):
    session = Session({uri: SOUND})
    assert session.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    session.say(
        "textDocument/didChange", {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": "a: 1\n"}]}
    )
    session.say("textDocument/didSave", {"textDocument": {"uri": uri}})
    session.say("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 2}]})
    session.settle()
    session.say("textDocument/didClose", {"textDocument": {"uri": uri}})
    session.settle()
    assert not session.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert caplog.records == []


def test_a_client_that_answers_nonsense_is_waited_for_no_longer(wire):
    """`workspace/applyEdit` wants an object, and this client says null to everything."""
    wire.initialize()
    error = wire.request("workspace/executeCommand", {"command": "wf.applyEdit", "arguments": [{"changes": {}}]})[
        "error"
    ]
    assert "the client's answer cannot be read" in error["message"]
    assert b"a bug" not in wire.stderr
