"""Clients that can do less: each is answered with what it can take, in its own units, in any document."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.announced import CODE_ACTION, EDIT, ITEM, PUSHED, SIGNATURE, announces, needs
from tests.lsp.editors import EDITORS, SOUND, said_by
from tests.lsp.wire import Json, Wire, at, range_of
from tests.support import TASKS, workflow

CLIENTS = ("nothing", *EDITORS)
STEPS = """
    input: {größe: {type: string, required: true}, idle: {type: string}}
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
RICH = """
    input: {kind: {type: string, required: true}, idle: {type: string}}
    tasks:
      - id: first
        taskRef: old-task
        input: {id: "{{replace(input.kind, 'a', 'b')}}"}
      - id: either
        switch:
          value: input.kind
          cases: [{match: a, tasks: [{id: one, taskRef: get-user, input: {id: "1"}}], output: {x: 1}}]
          default: {tasks: [{id: two, taskRef: get-user, input: {id: "1"}}], output: {x: 2}}
      - {id: gone, taskRef: get-user, input: {id: "2"}}
      - id: gone
        taskRef: get-person
        input: {id: "1"}
      - id: more
        taskRef:\x20
    output: {either: "{{tasks.either.output.x}}", name: "{{tasks.first.output.name}}"}
    """
"""Something of all that takes more of a client than the protocol's first version."""
DOCUMENTS = {
    "typical": workflow(STEPS.replace("🙂", "x").replace("größe", "size"), "typical"),
    "broken": workflow(STEPS, "broken")
    .replace("count: 1}", "count: [1")
    .replace("taskRef: get-user", "taskref: get-usr"),
    "multi-byte": workflow(STEPS, "multi-byte"),
    "rich": workflow(RICH, "rich"),
}
OLD_TASK = (
    TASKS.partition("---")[0]
    .replace("get-user", "old-task")
    .replace("  type: http", "  deprecated: Use get-user.\n  type: http", 1)
)
PLACES = (("tasks.user.output.name", 7), ("taskRef: send-mail", 12), ("größer", 2), ("upper", 1), ("input.kind, 'a", 13),
          ("output: {x: 1", 9), ("taskRef: \n", 9), ("taskRef: get-person", 12))  # fmt: skip
AT_PLACES = ("completion", "hover", "signatureHelp", "definition", "typeDefinition", "documentHighlight",
             "linkedEditingRange", "prepareCallHierarchy", "prepareRename")  # fmt: skip
IN_DOCUMENTS = ("documentSymbol", "codeLens", "foldingRange", "documentLink", "semanticTokens/full", "diagnostic")
ANY = {"context": {"diagnostics": []}}
OPTIONS = {"tabSize": 2, "insertSpaces": True}
CHANGES, REFUSED = ("textDocument/prepareRename", "textDocument/rename", "codeAction/resolve"), -32803


def capabilities(name: str) -> Json:
    return said_by(name)["capabilities"] if name in EDITORS else {}


def at_a_place(uri: str, place: Json) -> list[tuple[str, Json]]:
    """One request of each kind that is about a place of a document."""
    here = {"textDocument": {"uri": uri}, "position": place}
    return [
        *[(f"textDocument/{name}", here) for name in AT_PLACES],
        ("textDocument/references", {**here, "context": {"includeDeclaration": True}}),
        ("textDocument/selectionRange", {"textDocument": {"uri": uri}, "positions": [place]}),
        ("textDocument/onTypeFormatting", {**here, "ch": "\n", "options": OPTIONS}),
        ("textDocument/rename", {**here, "newName": "another"}),
        ("textDocument/codeAction", {"textDocument": {"uri": uri}, "range": {"start": place, "end": place}, **ANY}),
    ]


def in_a_document(uri: str) -> list[tuple[str, Json]]:
    """One request of each kind that is about a document, and what it has of the workspace."""
    document = {"textDocument": {"uri": uri}}
    whole = {**document, "range": range_of((0, 0), (99, 0))}
    stopped = {"frameId": 1, "stoppedLocation": range_of((12, 0))}
    return [
        *[(f"textDocument/{name}", document) for name in IN_DOCUMENTS],
        ("textDocument/semanticTokens/full/delta", {**document, "previousResultId": "0"}),
        ("textDocument/semanticTokens/range", whole),
        ("textDocument/inlayHint", whole),
        ("textDocument/inlineValue", {**whole, "context": stopped}),
        ("textDocument/codeAction", {**whole, **ANY}),
        ("textDocument/formatting", {**document, "options": OPTIONS}),
        ("textDocument/rangeFormatting", {**whole, "options": OPTIONS}),
        ("workspace/symbol", {"query": "us"}),
        ("workspace/diagnostic", {"previousResultIds": []}),
    ]


def follow_ups(method: str, result: Any) -> Iterator[tuple[str, Json]]:
    """What an editor asks once an answer was chosen from."""
    if method == "textDocument/codeAction":
        yield from [("codeAction/resolve", each) for each in result if "data" in each]
    if method == "textDocument/completion" and result is not None:
        yield from [("completionItem/resolve", each) for each in result["items"] if "data" in each][:1]
    if method == "workspace/symbol":
        yield from [("workspaceSymbol/resolve", each) for each in result if "data" in each][:1]


def ask(wire: Wire, method: str, params: Json) -> set[str]:
    """What the answers to a request and to those that follow from it take. A change may be refused, in words."""
    answer = wire.request(method, params)
    if "error" in answer and answer["error"]["code"] == REFUSED and method in CHANGES:
        return set()
    assert "error" not in answer, (method, params, answer)
    found = needs(method, answer["result"])
    return found.union(*[ask(wire, *each) for each in follow_ups(method, answer["result"])])


def session(wire: Wire, folder: Path, able: Json, names: Iterable[str] = DOCUMENTS) -> set[str]:
    """What all that a server sends takes, in a session with everything in it."""
    (folder / "tasks.task.yaml").write_text(TASKS + "---\n" + OLD_TASK)
    (folder / "wf.toml").write_text("")
    no_runs = {"trusted": True, "run": {"enabled": False}}  # no child is to wait for one
    found = needs("initialize", wire.initialize(folder, capabilities=able, options=no_runs))
    for name in names:
        uri, text = (folder / f"{name}.workflow.yaml").as_uri(), DOCUMENTS[name]
        wire.open(uri, text, language="workflow")
        wire.ask("workspace/executeCommand", {"command": "wf.validateWorkspace", "arguments": []})
        for needle, shift in [place for place in PLACES if place[0] in text]:
            line, column = at(text, needle, shift)
            found = found.union(*[ask(wire, *each) for each in at_a_place(uri, {"line": line, "character": column})])
        found = found.union(*[ask(wire, *each) for each in in_a_document(uri)])
    for message in (*wire.notes, *wire.asked):
        found |= needs(message["method"], message.get("params"))
    assert b"a bug in" not in wire.stderr
    return found


@pytest.mark.parametrize("client", CLIENTS)
def test_every_method_answers_every_client_with_nothing_that_it_did_not_announce(wire, tmp_path, client):
    able = capabilities(client)
    found = session(wire, tmp_path, able)
    assert sorted(need for need in found if not announces(able, need)) == []
    if client == "vscode":
        assert found == set().union(*LESS.values()), (
            "what is used of a client that can do all is what others lack below"
        )


LESS: dict[str, set[str]] = {
    "snippets": {f"{ITEM}.snippetSupport"},
    "ways to insert": {f"{ITEM}.insertReplaceSupport", f"{ITEM}.insertTextModeSupport.valueSet=1"},
    "dynamic registration": {
        "workspace.didChangeConfiguration.dynamicRegistration",
        "workspace.didChangeWatchedFiles.dynamicRegistration",
    },
    "pull diagnostics": {"workspace.diagnostics.refreshSupport"},
    "change annotations": {f"{EDIT}.changeAnnotationSupport"},
    "versions of documents": {f"{EDIT}.documentChanges"},
    "resource operations": {f"{EDIT}.resourceOperations=create"},
    "progress": {"window.workDoneProgress"},
    "configuration": {"workspace.configuration"},
    "markdown": {
        f"{ITEM}.documentationFormat=markdown",
        f"{SIGNATURE}.documentationFormat=markdown",
        "textDocument.hover.contentFormat=markdown",
    },
    "hierarchical symbols": {"textDocument.documentSymbol.hierarchicalDocumentSymbolSupport"},
    "symbol kinds": {"workspace.symbol.symbolKind.valueSet=24"},
    "links": {
        "textDocument.definition.linkSupport",
        "textDocument.typeDefinition.linkSupport",
        "textDocument.documentLink.tooltipSupport",
    },
    "tags": {f"{ITEM}.tagSupport.valueSet=1", f"{PUSHED}tagSupport.valueSet=1", f"{PUSHED}tagSupport.valueSet=2"},
    "more of a diagnostic": {
        f"{PUSHED}codeDescriptionSupport",
        f"{PUSHED}dataSupport",
        f"{PUSHED}relatedInformation",
    },
    "questions later": {
        f"{ITEM}.resolveSupport.properties=documentation",
        f"{CODE_ACTION}.resolveSupport.properties=edit",
        f"{CODE_ACTION}.dataSupport",
        "workspace.symbol.resolveSupport.properties=location.range",
    },
    "code actions": {f"{CODE_ACTION}.codeActionLiteralSupport", f"{CODE_ACTION}.isPreferredSupport"},
    "the word for renaming": {"textDocument.rename.prepareSupport"},
}
"""What clients may lack, and which of their capabilities that is."""


def without(able: Any, need: str) -> Any:
    """Capabilities less one; less all of that name if the need is just a name."""
    path, _, value = need.partition("=")
    name, _, rest = path.partition(".")
    if not isinstance(able, dict) or name not in able:
        return able
    if rest:
        return {**able, name: without(able[name], rest + (f"={value}" if value else ""))}
    if value:
        return {**able, name: [each for each in able[name] if str(each) != value]}
    return {key: each for key, each in able.items() if key != name}


@pytest.mark.parametrize("missing", LESS)
def test_a_client_that_lacks_one_thing_gets_none_of_it(wire, tmp_path, missing):
    able = capabilities("vscode")
    for need in LESS[missing]:
        for each in (need, need.replace(PUSHED, "textDocument.diagnostic.")):
            able = without(able, each)
    if missing == "pull diagnostics":
        able = without(able, "textDocument.diagnostic")
    found = session(wire, tmp_path, able, ("typical", "rich"))
    assert sorted(need for need in found if not announces(able, need)) == []
    assert not found & LESS[missing]
    INSTEAD.get(missing, lambda _: None)(wire)


def results(wire: Wire, method: str) -> list[Any]:
    """The answers to all requests of a method."""
    return [wire.answers[number]["result"] for number, each in wire.methods.items()
            if each == method and wire.answers[number].get("result")]  # fmt: skip


def pushed(wire: Wire) -> None:
    assert any(each["method"] == "textDocument/publishDiagnostics" for each in wire.notes)


def plain(wire: Wire) -> None:
    contents = [each["contents"] for each in results(wire, "textDocument/hover")]
    assert contents
    assert all(each["kind"] == "plaintext" and "`" not in each["value"] for each in contents)
    (documented, *_) = results(wire, "completionItem/resolve")
    assert isinstance(documented["documentation"], str)


def flat(wire: Wire) -> None:
    (symbols, *_) = results(wire, "textDocument/documentSymbol")
    assert {each["name"]: each.get("containerName") for each in symbols} == {
        "typical": None, "size": "typical", "idle": "typical", "user": "typical", "mail": "typical",
    }  # fmt: skip


def in_the_same_file(wire: Wire) -> None:
    edits = [each["edit"] for each in results(wire, "codeAction/resolve")]
    assert any("kind: Workflow" in json.dumps(each) for each in edits)


def as_commands(wire: Wire) -> None:
    offered = [each for answer in results(wire, "textDocument/codeAction") for each in answer]
    assert {each["command"] for each in offered} == {"wf.applyEdit"}
    action = next(each for each in offered if each["title"] == "Change it to `get-user`")
    wire.replies["workspace/applyEdit"] = {"applied": True}
    wire.ask("workspace/executeCommand", {"command": action["command"], "arguments": action["arguments"]})
    (asked,) = [each["params"] for each in wire.asked if each["method"] == "workspace/applyEdit"]
    assert asked["edit"] == action["arguments"][0]


def whole_at_once(wire: Wire) -> None:
    assert any("documentation" in each for found in results(wire, "textDocument/completion") for each in found["items"])
    (offered, *_) = results(wire, "textDocument/codeAction")
    assert all("edit" in each for each in offered)
    (symbols, *_) = results(wire, "workspace/symbol")
    assert all("range" in each["location"] for each in symbols)


INSTEAD = {
    "pull diagnostics": pushed,
    "markdown": plain,
    "hierarchical symbols": flat,
    "resource operations": in_the_same_file,
    "code actions": as_commands,
    "questions later": whole_at_once,
}
"""What those get who lack something."""


def test_a_client_that_cannot_be_asked_for_its_settings_pushes_them(wire, tmp_path):
    (tmp_path / "tasks.task.yaml").write_text(TASKS)
    wire.initialize(tmp_path, capabilities={}, options={"run": {"enabled": False}})
    uri = (tmp_path / "main.workflow.yaml").as_uri()
    wire.open(uri, DOCUMENTS["typical"], language="workflow")
    hints = {"textDocument": {"uri": uri}, "range": range_of((0, 0), (99, 0))}
    wire.ask_until("textDocument/inlayHint", hints)
    off = dict.fromkeys(("types", "levels", "durations", "values"), False)
    for settings in ({"wf": {"inlayHints": off}}, {"wf": {"inlayHints": {}}}, {"wf.inlayHints": off}):
        wire.notify("workspace/didChangeConfiguration", {"settings": settings})
        assert bool(wire.ask("textDocument/inlayHint", hints)) is (settings == {"wf": {"inlayHints": {}}})
    assert [each for each in wire.asked if each["method"] == "workspace/configuration"] == []


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


def test_a_client_without_anything_gets_plain_edits_in_one_file(shop):
    uri = (shop / SOUND).as_uri()
    text = (shop / SOUND).read_text()
    literal = {"textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}}}
    with Wire() as client:
        client.initialize(shop, capabilities=literal)
        client.open(uri, text)
        client.published(uri)
        context = {"diagnostics": [], "only": ["refactor.extract"]}
        where = range_of(at(text, "- id: report"))
        found = client.ask(
            "textDocument/codeAction", {"textDocument": {"uri": uri}, "range": where, "context": context}
        )
        (extract,) = [each for each in found if each["title"].startswith("Extract `report`")]
        assert list(extract["edit"]) == ["changes"]
        assert list(extract["edit"]["changes"]) == [uri]
        assert any(each["newText"].startswith("---\n") for each in extract["edit"]["changes"][uri])
