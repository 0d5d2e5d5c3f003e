"""Eight hours of editing, compressed: twenty documents, and the memory of the server does not grow."""

import gc
import os
import random
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.lsp.in_process import Session
from tests.lsp.wire import Wire, range_of
from tests.shop import FILES as SHOP

SOAK = os.environ.get("WF_TEST_PROFILE") == "soak"
EDITS = 50_000
FEW_EDITS = 300
FILES = 20
REST = 8
"""Seconds in which the user rests, and the server looks through what became garbage."""
GROWTH = 1.1
PIECES = (
    "x",
    "tasks.",
    "{{",
    "}}",
    '"',
    ": ",
    "🙂",
    "- id: new\n      taskRef: get-user\n      ",
    "[",
    "&a ",
    "#",
    "\n",
)
METHODS = ("completion", "hover", "documentSymbol", "codeLens", "semanticTokens/full", "definition", "signatureHelp")
START = SHOP["workflows/order-dashboard.workflow.yaml"]
TASKS = "---\n".join(text for path, text in SHOP.items() if path.startswith("tasks/"))


class Desk:
    """A user with many documents, who types, looks, thinks better of it, and now and then pastes it all anew."""

    def __init__(self, wire: "Wire | Client", files: int = FILES) -> None:
        self.wire = wire
        self.rng = random.Random(8)
        self.texts = [START.replace("name: order-dashboard", f"name: order-{number}") for number in range(files)]
        self.versions = [1] * files
        wire.open("file:///nowhere/tasks.task.yaml", TASKS)
        for number, text in enumerate(self.texts):
            wire.open(self.uri(number), text)

    def uri(self, number: int) -> str:
        return f"file:///nowhere/w{number}.workflow.yaml"

    def edit(self, number: int, change: dict) -> None:
        self.versions[number] += 1
        self.wire.change(self.uri(number), self.versions[number], change)

    def work(self, edits: int) -> None:
        """So many edits: what is typed is taken back."""
        for count in range(0, edits, 2):
            number = self.rng.randrange(len(self.texts))
            lines = self.texts[number].split("\n")
            line = self.rng.randrange(len(lines))
            column, piece = self.rng.randrange(len(lines[line]) + 1), self.rng.choice(PIECES)
            self.edit(number, {"range": range_of((line, column)), "text": piece})
            self.look(number, line, column)
            below = piece.split("\n")
            end = (line + len(below) - 1, (column if len(below) == 1 else 0) + len(below[-1].encode("utf-16-le")) // 2)
            self.edit(number, {"range": range_of((line, column), end), "text": ""})
            if count % 200 == 0:
                self.edit(number, {"text": self.texts[number]})

    def look(self, number: int, line: int, column: int) -> None:
        params = self.wire.position(self.uri(number), line, column)
        self.wire.request(f"textDocument/{self.rng.choice(METHODS)}", params)
        self.wire.notes.clear()
        self.wire.answers.clear()


class Client:
    """The same to a server in this process."""

    def __init__(self) -> None:
        self.session = Session({})
        self.notes: list[dict] = []
        self.answers: dict = {}
        self.position = Wire.position.__get__(self)

    def open(self, uri: str, text: str) -> None:
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.session.say("textDocument/didOpen", {"textDocument": document})

    def change(self, uri: str, version: int, change: dict) -> None:
        document = {"uri": uri, "version": version}
        self.session.say("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})

    def request(self, method: str, params: dict) -> None:
        self.session.ask(method, params)
        self.session.settle()
        self.session.sent.clear()


def objects(desk: Desk) -> Counter[str]:
    """How many objects of each type are left behind some edits, always the same ones."""
    desk.rng.seed(8)
    desk.work(FEW_EDITS)
    desk.wire.session.settle()
    desk.wire.session.sent.clear()
    gc.collect()
    return Counter(type(each).__name__ for each in gc.get_objects())


def test_nothing_is_kept_of_an_edit_that_was_taken_back():
    desk = Desk(Client(), 2)
    objects(desk)
    before = objects(desk)
    more = objects(desk) - before
    assert {name: count for name, count in more.items() if count > FEW_EDITS // 10} == {}


def kilobytes(wire: Wire) -> int:
    """The memory of the server once it has nothing to do."""
    wire.ask("workspace/diagnostic", {"previousResultIds": []})
    time.sleep(REST)
    status = Path(f"/proc/{wire.process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


@pytest.mark.skipif(not SOAK, reason="takes many minutes; `make soak` runs it")
def test_memory_does_not_grow_in_eight_hours_of_editing(wire):
    wire.initialize()
    desk = Desk(wire)
    desk.work(EDITS // 5)
    before = kilobytes(wire)
    desk.work(EDITS - EDITS // 5)
    after = kilobytes(wire)
    assert after < before * GROWTH, (before, after)
