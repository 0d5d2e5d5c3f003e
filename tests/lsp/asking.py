"""Asking a server of this process at a `$0` of the documents of test_rows, with ranges shown as the text that they cover."""

import asyncio
from collections.abc import Callable
from typing import Any

from lsprotocol import types
from lsprotocol.converters import get_converter

from tests.lsp.in_process import Session
from tests.support import TASKS, applied, with_cursor
from wf_engine.text import Edit, Position, Span, Text
from wf_lsp.features.inline_value import inline_value

TASKS_URI = "untitled:tasks.task.yaml"


class Document:
    """A document that is open in a server of this process."""

    def __init__(self, text: str) -> None:
        self.uri, self.text = "untitled:main.workflow.yaml", text
        self.texts = {self.uri: Text(text), TASKS_URI: Text(TASKS)}
        self.session = Session({TASKS_URI: TASKS, self.uri: text})

    def params(self, fragment: str | None) -> dict[str, Any]:
        """The parameters of a request at the `$0` of a fragment; about the whole document without one."""
        whole = {"textDocument": {"uri": self.uri}, "range": self.range(Span(0, len(self.text)))}
        if fragment is None:
            return whole
        plain, shift = with_cursor(fragment)
        offset = self.text.index(plain) + shift
        here = self.range(Span(offset, offset))
        return {**whole, "range": here, "position": here["start"], "positions": [here["start"]]}

    def ask(self, method: str, fragment: str | None = None, **more: Any) -> Any:
        """What is answered."""
        return self.session.ask(method, {**self.params(fragment), **more})

    def range(self, span: Span) -> dict[str, Any]:
        """A span as the protocol has it, in UTF-16."""
        text = self.texts[self.uri]
        points = []
        for offset in span:
            line, column = text.position(offset)
            points.append({"line": line, "character": len(text.line(line)[:column].encode("utf-16-le")) // 2})
        return {"start": points[0], "end": points[1]}

    def span(self, range_: dict[str, Any], uri: str | None = None) -> Span:
        """A range of the protocol as a span."""
        text = self.texts[uri or self.uri]
        ends = []
        for place in (range_["start"], range_["end"]):
            line = text.line(place["line"]) if place["line"] < text.line_count else ""
            column = len(line.encode("utf-16-le")[: 2 * place["character"]].decode("utf-16-le"))
            ends.append(text.offset(Position(place["line"], column)))
        return Span(ends[0], ends[1])

    def covered(self, range_: dict[str, Any], uri: str | None = None) -> str:
        """The text that a range covers."""
        return self.texts[uri or self.uri].slice(self.span(range_, uri))

    def edited(self, edits: list[dict[str, Any]]) -> str:
        """The text after edits."""
        return applied(self.text, [Edit(self.span(each["range"]), each["newText"]) for each in edits])


def labels(fragment: str, *wanted: str) -> Callable[[Document], list[str]]:
    """The first label that completion offers, and those of the wanted that are among the others."""

    def read(document: Document) -> list[str]:
        items = document.ask("textDocument/completion", fragment)["items"]
        found = [each["label"] for each in sorted(items, key=lambda each: each["sortText"])]
        return [found[0], *[label for label in wanted if label in found[1:]]]

    return read


def says(method: str, fragment: str, *pieces: str) -> Callable[[Document], list[str]]:
    """The text that hover is about, and which of the pieces it says."""

    def read(document: Document) -> list[str]:
        found = document.ask(method, fragment)
        return [document.covered(found["range"]), *[each for each in pieces if each in found["contents"]["value"]]]

    return read


def places(method: str, fragment: str, **more: Any) -> Callable[[Document], list[str]]:
    """The texts at the places that are answered, with the file's name where it is another one."""

    def read(document: Document) -> list[str]:
        found = document.ask(method, fragment, **more) or []
        uris = [each.get("uri", document.uri) for each in found]
        text = [document.covered(each["range"], uri) for each, uri in zip(found, uris, strict=True)]
        return [piece if uri == document.uri else f"tasks: {piece}" for piece, uri in zip(text, uris, strict=True)]

    return read


def signature(document: Document) -> list[Any]:
    found = document.ask("textDocument/signatureHelp", "replace(input.size, $0'a'")
    return [found["signatures"][0]["label"].partition("(")[0], found["activeParameter"]]


def renamed(document: Document) -> bool:
    (edits,) = document.ask("textDocument/rename", "id: us$0er", newName="person")["changes"].values()
    wanted = document.text.replace("id: user", "id: person").replace("tasks.user.", "tasks.person.")
    return document.edited(edits) == wanted


def refused(document: Document) -> str:
    return document.session.answer("textDocument/rename", {**document.params("id: us$0er"), "newName": "mail"})[
        "error"
    ]["message"]


def outline(document: Document) -> list[str]:
    (workflow,) = document.ask("textDocument/documentSymbol")
    return [f"{document.covered(each['selectionRange'])}: {each['name']}" for each in workflow["children"]][:4]


def found_symbols(document: Document) -> list[str]:
    found = document.session.ask("workspace/symbol", {"query": "evry"})
    return [f"{each['name']}: {document.covered(each['location']['range'])}" for each in found]


def mended(document: Document) -> list[Any]:
    found = document.ask(
        "textDocument/codeAction", "taskRef: get-us$0r,", context={"diagnostics": [], "only": ["quickfix"]}
    )
    action = next(each for each in found if each["title"] == "Change it to `get-user`")
    after = document.edited(action["edit"]["changes"][document.uri])
    return [after == document.text.replace("get-usr", "get-user"), document.covered(action["diagnostics"][0]["range"])]


def extracted(document: Document) -> list[bool]:
    found = document.ask(
        "textDocument/codeAction", "limit:  $05", context={"diagnostics": [], "only": ["refactor.extract"]}
    )
    action = next(each for each in found if each["title"] == "Extract to the input `limit`")
    after = document.edited(action["edit"]["changes"][document.uri])
    return ["limit: {type: integer, default: 5}" in after, "{{input.limit}}" in after]


def lenses(document: Document) -> list[str]:
    found = document.ask("textDocument/codeLens")
    return [f"{document.covered(each['range'])}: {each['command']['title']}" for each in found]


def hints(document: Document) -> list[str]:
    found = document.ask("textDocument/inlayHint")
    before = [
        document.text[: document.span({"start": each["position"], "end": each["position"]}).start] for each in found
    ]
    shown = [f"{text.rpartition(' ')[2]}{each['label']}" for text, each in zip(before, found, strict=True)]
    return [each for each in shown if "size" in each or "level" in each][:2]


def tokens(document: Document) -> list[str]:
    data, line, character, found = document.ask("textDocument/semanticTokens/full")["data"], 0, 0, []
    for number in range(0, len(data), 5):
        down, right, length, *_ = data[number : number + 5]
        line, character = line + down, right if down else character + right
        ends = ({"line": line, "character": each} for each in (character, character + length))
        found.append(document.covered(dict(zip(("start", "end"), ends, strict=True))))
    start = found.index("user", found.index(">") - 6)
    return found[start - 1 : start + 5]


def folds(document: Document) -> list[str]:
    lines = document.text.split("\n")
    found = [lines[each["startLine"]].strip() for each in document.ask("textDocument/foldingRange")]
    return [each for each in found if each in ("spec:", "input:", "tasks:")]


def selections(document: Document) -> list[str]:
    (found,) = document.ask("textDocument/selectionRange", "tasks.user.output.na$0me | upper")
    texts = []
    while found is not None and len(texts) < 3:
        texts.append(document.covered(found["range"]))
        found = found.get("parent")
    return texts


def linked(document: Document) -> list[str]:
    return [document.covered(each) for each in document.ask("textDocument/linkedEditingRange", "id: us$0er")["ranges"]]


def links(document: Document) -> list[str]:
    found = document.ask("textDocument/documentLink")
    return sorted({f"{document.covered(each['range'])} → {each['target'].partition(':')[0]}" for each in found})


def formatted(method: str, **more: Any) -> Callable[[Document], Any]:
    """Whether it lays out the line that needs it, or leaves alone what cannot be read."""

    def read(document: Document) -> bool:
        line = document.text[: document.text.index("limit:  5")].count("\n")
        whole = {"start": {"line": line, "character": 0}, "end": {"line": line, "character": 1}}
        params = {
            "range": whole,
            "position": {"line": line + 1, "character": 0},
            "options": {"tabSize": 2, "insertSpaces": True},
        }
        edits = document.ask(method, **params, **more)
        return document.edited(edits) == document.text.replace("limit:  5", "limit: 5") if edits else "left alone"

    return read


def calls(document: Document) -> list[str]:
    (item,) = document.ask("textDocument/prepareCallHierarchy", "taskRef: get-us$0er")
    (incoming,) = document.session.ask("callHierarchy/incomingCalls", {"item": item})
    outgoing = document.session.ask("callHierarchy/outgoingCalls", {"item": incoming["from"]})
    ranges = [document.covered(each) for each in incoming["fromRanges"]]
    return [incoming["from"]["name"], *ranges, *[each["to"]["name"] for each in outgoing]]


def findings(document: Document) -> list[str]:
    found = document.session.diagnostics()[document.uri]
    return [f"{each['code']} {document.covered(each['range'])}" for each in found if each["code"] in ("WF301", "WF102")]


def details(document: Document) -> list[Any]:
    each = next(each for each in document.session.diagnostics()[document.uri] if each["code"] == "WF301")
    return [each["codeDescription"]["href"].rpartition("/")[2], *each["data"]["fixes"]]


def chosen(fragment: str, label: str) -> Callable[[Document], str]:
    """What an item puts in."""
    return lambda document: next(
        each["textEdit"]["newText"]
        for each in document.ask("textDocument/completion", fragment)["items"]
        if each["label"] == label
    )


def titles(fragment: str | None, *kinds: str) -> Callable[[Document], list[str]]:
    """The titles of code actions."""
    context = {"diagnostics": [], "only": list(kinds)}
    return lambda document: [
        each["title"] for each in document.ask("textDocument/codeAction", fragment, context=context)
    ]


def ignored(document: Document) -> list[str]:
    """What is still said of a condition once it is ignored there."""
    place = "if: tasks.user.output.$0age > 18"
    found = document.ask("textDocument/codeAction", place, context={"diagnostics": [], "only": ["quickfix"]})
    action = next((each for each in found if each["title"].startswith("Ignore WF507")), None)
    if action is None:
        return ["errors come first"]
    after = Document(document.edited(action["edit"]["changes"][document.uri]))
    return [each["code"] for each in after.session.diagnostics()[after.uri] if each["code"] == "WF507"]


def changed_tokens(document: Document) -> list[Any]:
    """Whether those of a range are the first ones of all; and what has changed of what has not."""
    whole = document.ask("textDocument/semanticTokens/full")
    same = document.ask("textDocument/semanticTokens/full/delta", previousResultId=whole["resultId"])
    part = document.ask("textDocument/semanticTokens/range")
    return [part["data"] == whole["data"], same["edits"]]


def inline(document: Document) -> list[str]:
    """The expressions that a debugger is to evaluate at the step that stands still."""
    params = {
        **document.params("timeout: $03s"),
        "context": {"frameId": 1, "stoppedLocation": document.params("{{input.si$0ze}}")["range"]},
    }
    params["range"] = document.params(None)["range"]
    values = asyncio.run(
        inline_value(document.session.server, get_converter().structure(params, types.InlineValueParams))
    )
    return [f"{document.covered(each['range'])}: {each['expression']}" for each in values]
