"""A monkey at the keyboard: whatever is typed, the text stays the client's, and the answers those of a fresh server."""

import logging
import os
import random
import re
from typing import Any

import pytest

from tests.lsp.in_process import Session
from tests.shop import FILES

STEPS = 20_000 if os.environ.get("WF_TEST_PROFILE") == "soak" else 1_000
CHECK_EVERY = 300
URI = "file:///nowhere/main.workflow.yaml"
TASKS = "file:///nowhere/tasks.task.yaml"
METHODS = (
    "completion", "hover", "definition", "signatureHelp", "documentSymbol", "codeAction", "codeLens", "foldingRange",
    "documentLink", "selectionRange", "semanticTokens/full", "semanticTokens/range", "inlayHint", "typeDefinition",
    "references", "documentHighlight", "prepareRename", "rename", "linkedEditingRange", "prepareCallHierarchy", "formatting",
    "rangeFormatting", "onTypeFormatting",
)  # fmt: skip
WHOLE = ("documentSymbol", "codeLens", "foldingRange", "documentLink", "semanticTokens/full", "formatting")
RANGES = ("codeAction", "inlayHint", "semanticTokens/range", "rangeFormatting")
MORE = {
    "references": {"context": {"includeDeclaration": True}},
    "rename": {"newName": "other"},
    "formatting": {"options": {"tabSize": 2, "insertSpaces": True}},
    "rangeFormatting": {"options": {"tabSize": 2, "insertSpaces": True}},
    "onTypeFormatting": {"ch": "\n", "options": {"tabSize": 2, "insertSpaces": True}},
}
"""What the parameters of some hold beside a document and a place."""
REFUSED = -32803
"""The code of an answer that says why something cannot be done."""
PIECES = [
    "a", "z", "-", ":", ": ", " ", "  ", "\n", "\n", "\n      ", "\r\n", "\r", "\t", '"', "'", "{", "}", "[", "]", "{{", "}}", "|", ">",
    "- ", "#", " # x", "&a ", "*a", ",", ".", "?", "tasks.", "input.", "🙂", "é", "好", "\u2028", "\x85", "\x0c", "\0", "\ufeff",
    "---\n", "...\n", "%", "@", "`", "!", "!!str ", "<<: *a\n", "null", "0777", "yes", "    - id: new\n      taskRef: get-user\n",
    '      input: {id: "{{input.orderId}}"}\n', "x" * 300,
]  # fmt: skip
LINE_END = re.compile(r"\r\n|\n|\r")


class Screen:
    r"""The text as an editor has it: in UTF-16, lines ended by \\n, \\r\\n and \\r alone."""

    def __init__(self, text: str) -> None:
        self.units = text.encode("utf-16-le")

    @property
    def text(self) -> str:
        return self.units.decode("utf-16-le", "surrogatepass")

    def starts(self) -> list[int]:
        return [0, *(len(self.text[: match.end()].encode("utf-16-le")) // 2 for match in LINE_END.finditer(self.text))]

    def offset(self, line: int, character: int) -> int:
        """In units, as the protocol has it: past the end of a line its end, past the last line the text's end."""
        starts = self.starts()
        if line >= len(starts):
            return len(self.units) // 2
        end = starts[line + 1] if line + 1 < len(starts) else len(self.units) // 2
        content = self.units[starts[line] * 2 : end * 2].decode("utf-16-le").rstrip("\r\n")
        at = min(starts[line] + character, starts[line] + len(content.encode("utf-16-le")) // 2)
        inside = 0xDC00 <= int.from_bytes(self.units[at * 2 : at * 2 + 2], "little") < 0xE000
        return at - 1 if inside else at

    def replace(self, start: int, end: int, text: str) -> None:
        self.units = self.units[: start * 2] + text.encode("utf-16-le") + self.units[end * 2 :]


def question(rng: random.Random, screen: Screen) -> tuple[str, dict[str, Any]]:
    """A request about some place of a document."""
    method = rng.choice(METHODS)
    document = {"textDocument": {"uri": URI}, **MORE.get(method, {})}
    place = {"line": rng.randrange(len(screen.starts()) + 2), "character": rng.randrange(60)}
    if method in WHOLE:
        return f"textDocument/{method}", document
    if method in RANGES:
        context = {"diagnostics": [], **rng.choice([{}, {"only": ["quickfix"]}, {"only": ["source.fixAll"]}])}
        end = {"line": place["line"] + rng.choice([0, 0, 3, 999]), "character": place["character"]}
        return f"textDocument/{method}", {**document, "range": {"start": place, "end": end}, "context": context}
    if method == "selectionRange":
        return f"textDocument/{method}", {**document, "positions": [place, {"line": 0, "character": 0}]}
    return f"textDocument/{method}", {**document, "position": place}


class Monkey:
    """Types, deletes, pastes, undoes and replaces everything, in one and in several changes at once."""

    def __init__(self, rng: random.Random, screen: Screen) -> None:
        self.rng = rng
        self.screen = screen
        self.undo: list[tuple[int, int, str]] = []

    def change(self) -> dict[str, Any]:
        rng = self.rng
        if rng.random() < 0.002:
            self.undo.clear()
            text = self.screen.text[rng.randrange(200) :] if rng.random() < 0.5 else START
            self.screen.units = text.encode("utf-16-le", "surrogatepass")
            self.screen.units = self.screen.text.encode("utf-16-le", "replace")
            return {"text": self.screen.text}
        if self.undo and rng.random() < 0.45:
            return self.undone(*self.undo.pop())
        return self.random_edit()

    def random_edit(self) -> dict[str, Any]:
        rng, lines = self.rng, len(self.screen.starts())
        line = min(max(0, int(rng.gauss(lines / 2, lines / 4))), lines + 3)
        start = {"line": line, "character": rng.choice([0, 2, 4, 6, rng.randrange(60), 999])}
        end = {
            "line": line + rng.choice([0] * 8 + [1, 2, 9]),
            "character": rng.choice([start["character"]] * 6 + [rng.randrange(60)]),
        }
        text = "".join(rng.choice(PIECES) for _ in range(rng.choice([0, 1, 1, 1, 2, 5])))
        at = self.screen.offset(start["line"], start["character"]), self.screen.offset(end["line"], end["character"])
        before, after = min(at), max(at)
        self.remember(before, after, text)
        self.screen.replace(before, after, text)
        return {"range": {"start": start, "end": end}, "text": text}

    def remember(self, start: int, end: int, text: str) -> None:
        self.undo.append(
            (
                start,
                start + len(text.encode("utf-16-le")) // 2,
                self.screen.units[start * 2 : end * 2].decode("utf-16-le"),
            )
        )

    def undone(self, start: int, end: int, text: str) -> dict[str, Any]:
        """An edit between two offsets; inside a line end there is no position, so it may not quite undo."""
        places = [self.place(start), self.place(end)]
        at = [self.screen.offset(each["line"], each["character"]) for each in places]
        self.screen.replace(min(at), max(at), text)
        return {"range": {"start": places[0], "end": places[1]}, "text": text}

    def place(self, offset: int) -> dict[str, int]:
        starts = self.screen.starts()
        line = max(number for number, start in enumerate(starts) if start <= offset)
        return {"line": line, "character": offset - starts[line]}


START = FILES["workflows/order-dashboard.workflow.yaml"]
OTHERS = "---\n".join(text for path, text in FILES.items() if path.startswith("tasks"))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_monkey(seed, caplog):
    caplog.set_level(logging.WARNING, "wf.lsp")
    rng = random.Random(seed)
    screen = Screen(START)
    monkey, session = Monkey(rng, screen), Session({TASKS: OTHERS, URI: START})
    version = 1
    for number in range(1, STEPS // 3 + 1):
        version += 1
        changes = [monkey.change() for _ in range(rng.choice([1, 1, 1, 1, 3, 25]) if rng.random() < 0.2 else 1)]
        session.say(
            "textDocument/didChange", {"textDocument": {"uri": URI, "version": version}, "contentChanges": changes}
        )
        assert session.text(URI) == screen.text, (number, changes)
        for _ in range(rng.choice([0, 0, 1, 2])):
            answered(session, *question(rng, screen))
        session.settle(rng.choice([0, 0, 1, 3, 10_000]))
        if number % CHECK_EVERY == 0 or number == STEPS // 3:
            compare(session, rng, screen)
    assert [record.message for record in caplog.records if record.name == "wf.lsp"] == []


def compare(session: Session, rng: random.Random, screen: Screen) -> None:
    """Every answer is that of a server that opened the text as it is now."""
    fresh = Session({TASKS: OTHERS, URI: screen.text})
    assert stripped(session.diagnostics()) == stripped(fresh.diagnostics())
    for method, params in [question(rng, screen) for _ in range(60)]:
        assert answered(session, method, params) == answered(fresh, method, params), (method, params)


def answered(session: Session, method: str, params: dict[str, Any]) -> Any:
    """The result, or why there is none."""
    answer = session.answer(method, params)
    assert answer.get("error", {}).get("code") in (None, REFUSED), (method, params, answer)
    return stripped(answer["error"] if "error" in answer else answer["result"])


def stripped(value: Any) -> Any:
    """An answer without the version of the document that an edit is for, and without the names of results."""
    if isinstance(value, dict):
        return {key: stripped(each) for key, each in value.items() if key not in ("version", "resultId")}
    return [stripped(each) for each in value] if isinstance(value, list) else value
