"""Clients that can do less: each is answered with what it can take, in its own units, in any document."""

import json
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp

from tests.lsp.wire import Json, Wire, at, range_of
from tests.support import TASKS, workflow

CLIENTS = Path(pytest_lsp.__file__).parent / "clients"
FILES = {
    "nothing": None,
    "vscode": "visual_studio_code_v1.65.2.json",
    "neovim-0.11": "neovim_v0.11.0.json",
    "neovim-0.10": "neovim_v0.10.0.json",
    "emacs": "emacs_v29.1.json",
}
STEPS = """
    input: {größe: {type: string, required: true}}
    tasks:
      - id: user
        description: "größer 🙂"
        taskRef: get-user
        input: {id: "🙂 {{input['größe']}}"}
      - id: mail
        taskRef: send-mail
        input: {to: "🙂 {{tasks.user.output.name | upper}}", count: 1}
    output: {who: "{{tasks.mail.output.sent}}"}
    """
DOCUMENTS = {
    "typical": workflow(STEPS.replace("🙂", "x").replace("größe", "size")),
    "broken": workflow(STEPS).replace("count: 1}", "count: [1").replace("taskRef: get-user", "taskref: get-usr"),
    "multi-byte": workflow(STEPS),
}


def capabilities(name: str) -> Json:
    file = FILES[name]
    return json.loads((CLIENTS / file).read_text("utf-8"))["capabilities"] if file else {}


def without(found: Json, *path: str) -> Json:
    """Capabilities less one."""
    if len(path) == 1:
        return {name: value for name, value in found.items() if name != path[0]}
    return {name: without(value, *path[1:]) if name == path[0] else value for name, value in found.items()}


def requests(uri: str, place: Json) -> list[tuple[str, Json]]:
    """One request of each kind about a place of a document."""
    here = {"textDocument": {"uri": uri}, "position": place}
    whole = {"textDocument": {"uri": uri}, "range": range_of((0, 0), (99, 0))}
    options = {"tabSize": 2, "insertSpaces": True}
    at_places = ("completion", "hover", "signatureHelp", "definition", "typeDefinition", "documentHighlight",
                 "linkedEditingRange", "prepareCallHierarchy", "prepareRename")  # fmt: skip
    in_documents = ("documentSymbol", "codeLens", "foldingRange", "documentLink", "semanticTokens/full", "diagnostic")
    stopped = {"frameId": 1, "stoppedLocation": {"start": place, "end": place}}
    return [
        *[(f"textDocument/{name}", here) for name in at_places],
        *[(f"textDocument/{name}", {"textDocument": {"uri": uri}}) for name in in_documents],
        ("textDocument/references", {**here, "context": {"includeDeclaration": True}}),
        ("textDocument/selectionRange", {"textDocument": {"uri": uri}, "positions": [place]}),
        ("textDocument/inlayHint", whole),
        ("textDocument/inlineValue", {**whole, "context": stopped}),
        ("textDocument/semanticTokens/range", whole),
        ("textDocument/codeAction", {**whole, "context": {"diagnostics": []}}),
        ("textDocument/formatting", {"textDocument": {"uri": uri}, "options": options}),
        ("textDocument/rangeFormatting", {**whole, "options": options}),
        ("textDocument/onTypeFormatting", {**here, "ch": "\n", "options": options}),
        ("workspace/symbol", {"query": "us"}),
    ]


@pytest.mark.parametrize("client", FILES)
def test_every_method_answers_every_client_in_every_document(wire, tmp_path, client):
    (tmp_path / "tasks.task.yaml").write_text(TASKS)
    wire.initialize(tmp_path, capabilities=capabilities(client), options={"trusted": True})
    for name, text in DOCUMENTS.items():
        uri = (tmp_path / f"{name}.workflow.yaml").as_uri()
        wire.open(uri, text, language="workflow")
        for needle, shift in (("tasks.user.output.name", 7), ("taskRef: send-mail", 12), ("größer", 2), ("count", 1)):
            line, column = at(text, needle if needle in text else "description", shift)
            for method, params in requests(uri, {"line": line, "character": column}):
                answer = wire.request(method, params)
                refused = method == "textDocument/prepareRename" and "error" in answer
                assert "error" not in answer or refused, (name, needle, method, answer)
    assert b"a bug in" not in wire.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_places_count_in_the_units_of_the_client(wire, tmp_path, encoding):
    (tmp_path / "tasks.task.yaml").write_text(TASKS)
    answer = wire.initialize(tmp_path, capabilities={"general": {"positionEncodings": [encoding]}})
    assert answer["capabilities"]["positionEncoding"] == encoding
    uri, text = (tmp_path / "main.workflow.yaml").as_uri(), DOCUMENTS["multi-byte"]
    wire.open(uri, text, language="workflow")
    before = text[: text.index("tasks.user.output.name | upper")].rpartition("\n")
    size = {"utf-8": lambda t: len(t.encode()), "utf-16": lambda t: len(t.encode("utf-16-le")) // 2, "utf-32": len}
    start, line = size[encoding](before[2]), before[0].count("\n") + 1
    place = {"line": line, "character": start + len("tasks.user.output.na")}
    found = wire.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": place})
    end = start + len("tasks.user.output.name")
    assert found["range"] == range_of((line, start), (line, end))


def actions(wire: Wire, uri: str, text: str) -> list[Json]:
    line, column = at(text, "taskref: get-usr", 2)
    params = {"textDocument": {"uri": uri}, "range": range_of((line, column)), "context": {"diagnostics": []}}
    return wire.ask("textDocument/codeAction", params)


LESS: dict[str, tuple[str, ...]] = {
    "snippets": ("textDocument", "completion", "completionItem", "snippetSupport"),
    "annotations": ("workspace", "workspaceEdit", "changeAnnotationSupport"),
    "progress": ("window", "workDoneProgress"),
    "watching": ("workspace", "didChangeWatchedFiles"),
    "literals": ("textDocument", "codeAction", "codeActionLiteralSupport"),
    "versions": ("workspace", "workspaceEdit", "documentChanges"),
}


@pytest.mark.parametrize("missing", LESS)
def test_a_client_that_lacks_one_thing_gets_none_of_it(wire, tmp_path, missing):
    (tmp_path / "tasks.task.yaml").write_text(TASKS)
    wire.initialize(tmp_path, capabilities=without(capabilities("vscode"), *LESS[missing]), options={"trusted": True})
    uri, text = (tmp_path / "main.workflow.yaml").as_uri(), DOCUMENTS["broken"]
    wire.open(uri, text, language="workflow")
    wire.ask("workspace/executeCommand", {"command": "wf.validateWorkspace", "arguments": []})
    line, column = at(text, "taskRef: send-mail", 9)
    place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}
    items = wire.ask("textDocument/completion", place)["items"]
    assert {item["label"] for item in items} >= {"get-user", "send-mail"}
    assert missing != "snippets" or not any(item["insertTextFormat"] == 2 for item in items)
    answers: list[Any] = [actions(wire, uri, text), wire.request("textDocument/rename", {**place, "newName": "post"})]
    written = json.dumps(answers)
    asked = [each["method"] for each in wire.asked]
    registered = json.dumps([each["params"] for each in wire.asked if each["method"] == "client/registerCapability"])
    assert answers[0]
    assert missing != "annotations" or "annotationId" not in written
    assert missing != "progress" or "window/workDoneProgress/create" not in asked
    assert missing != "watching" or "didChangeWatchedFiles" not in registered
    assert missing != "literals" or all(each.get("command") == "wf.applyEdit" for each in answers[0])
    assert missing != "versions" or "documentChanges" not in written
