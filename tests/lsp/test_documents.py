"""Documents as the client has them: whatever it calls them, and however it counts."""

import pytest

from tests.lsp.wire import SMALL, VSCODE_LIKE, Wire, at, range_of
from tests.support import workflow

URI = "file:///nowhere/a.workflow.yaml"
HEAD = workflow("description: größer 🙂 好\ntasks:\n  - id: fürst\n    taskRef: get-user\n").replace("fürst", "first")


def line_of(wire: Wire, uri: str, line: int) -> str:
    """A line as the server has it, read back through what it says of a step's name."""
    symbols = wire.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    names = [
        (each["selectionRange"]["start"]["line"], each["name"])
        for symbol in symbols
        for each in symbol.get("children", [])
    ]
    return dict(names)[line]


def encoded(kind: str) -> dict:
    return {**VSCODE_LIKE, "general": {"positionEncodings": [kind]}}


UNITS = {
    "utf-8": lambda text: len(text.encode()),
    "utf-16": lambda text: len(text.encode("utf-16-le")) // 2,
    "utf-32": len,
}


@pytest.mark.parametrize("kind", UNITS)
def test_positions_count_in_what_was_agreed(wire, kind):
    units = UNITS[kind]
    result = wire.initialize(capabilities=encoded(kind))
    assert result["capabilities"]["positionEncoding"] == kind
    text = workflow('tasks:\n  - {id: a, description: "größe 🙂 好", taskRef: get-usr}\n')
    wire.open(URI, text)
    line = text.split("\n")[6]
    start, end = units(line[: line.index("get-usr")]), units(line[: line.index("get-usr") + 7])
    (found,) = [each for each in wire.published(URI, 1) if each["code"] == "WF301"]
    assert found["range"] == range_of((6, start), (6, end))
    wire.change(URI, 2, {"range": range_of((6, start), (6, end)), "text": "wait"})
    wire.change(URI, 3, {"range": range_of((6, start + 4), (6, start + 4)), "text": "-x🙂"})
    (found,) = [each for each in wire.published(URI, 3) if each["code"] == "WF301"]
    assert found["range"] == range_of((6, start), (6, start + units("wait-x🙂")))


def test_without_a_word_about_it_positions_count_in_utf_16(wire):
    assert wire.initialize(capabilities=SMALL)["capabilities"]["positionEncoding"] == "utf-16"


def test_inside_a_character_a_position_means_its_beginning(wire):
    wire.initialize()
    text = workflow("tasks:\n  - id: 🙂b\n")
    wire.open(URI, text)
    line, column = at(text, "🙂")
    wire.change(URI, 2, {"range": range_of((line, column + 1), (line, column + 2)), "text": "a"})
    assert line_of(wire, URI, 6) == "ab"


NAME = 10
"""The character at which the name stands in line 6."""


@pytest.mark.parametrize(
    ("start", "end", "text", "name"),
    [
        ((6, 999), (6, 999), "x", "firstx"),
        ((999, 0), (999, 0), "    - id: last\n", "first"),
        ((6, NAME), (999, 999), "other", "other"),
        ((6, NAME + 5), (6, NAME), "turned", "turned"),
        ((6, NAME), (6, NAME + 5), "", "(no id)"),
    ],
)
def test_edits_past_the_end_of_a_line_or_of_the_text_end_there(wire, start, end, text, name):
    wire.initialize()
    wire.open(URI, workflow("tasks:\n  - id: first\n"))
    wire.change(URI, 2, {"range": range_of(start, end), "text": text})
    assert line_of(wire, URI, 6) == name


def test_a_last_line_without_an_end_is_edited_like_any_other(wire):
    wire.initialize()
    wire.open(URI, workflow("tasks:\n  - id: first").rstrip("\n"))
    wire.change(URI, 2, {"range": range_of((6, 999)), "text": "-one"})
    assert line_of(wire, URI, 6) == "first-one"
    wire.change(URI, 3, {"range": range_of((7, 0)), "text": "\n    - id: second"})
    assert line_of(wire, URI, 7) == "second"


def test_several_changes_in_one_notification_come_one_after_the_other(wire):
    wire.initialize()
    wire.open(URI, HEAD)
    line, column = at(HEAD, "first")
    wire.change(
        URI, 2,
        {"range": range_of((line, column), (line, column + 5)), "text": "a"},
        {"range": range_of((line, column + 1)), "text": "b"},
        {"range": range_of((0, 0)), "text": "\n"},
        {"range": range_of((line + 1, column + 2)), "text": "c"},
    )  # fmt: skip
    assert line_of(wire, URI, line + 1) == "abc"


def test_hundreds_of_changes_in_one_notification(wire):
    wire.initialize()
    wire.open(URI, HEAD)
    line, column = at(HEAD, "first")
    changes = [
        {"range": range_of((line, column + number)), "text": chr(ord("a") + number % 26)} for number in range(300)
    ]
    wire.change(URI, 2, *changes)
    assert line_of(wire, URI, line).startswith("abcdefghijklmnopqrstuvwxyzab")


def test_the_whole_text_may_be_sent_alone_and_among_edits(wire):
    wire.initialize()
    wire.open(URI, HEAD)
    wire.change(URI, 2, {"text": HEAD.replace("first", "second")})
    line, column = at(HEAD, "first")
    assert line_of(wire, URI, line) == "second"
    insert = {"range": range_of((line, column)), "text": "x"}
    wire.change(URI, 3, insert, {"text": HEAD}, insert)
    assert line_of(wire, URI, line) == "xfirst"
    wire.change(URI, 4, {"text": ""})
    assert wire.ask("textDocument/documentSymbol", {"textDocument": {"uri": URI}}) == []


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_other_line_ends(wire, ending):
    wire.initialize()
    text = HEAD.replace("\n", ending)
    wire.open(URI, text)
    line, column = at(HEAD, "first")
    wire.change(URI, 2, {"range": range_of((line, column), (line, column + 5)), "text": "other"})
    assert line_of(wire, URI, line) == "other"
    (found,) = [each for each in wire.published(URI, 2) if each["code"] == "WF301"]
    assert found["range"]["start"]["line"] == line + 1


@pytest.mark.parametrize("odd", ["\u2028", "\u2029", "\x85", "\x0c", "\x0b", "\x1c", "\ufeff"])
def test_only_line_ends_end_lines(wire, odd):
    wire.initialize()
    text = HEAD.replace("größer", f"grö{odd}ßer")
    wire.open(URI, text)
    line, column = at(HEAD, "first")
    wire.change(URI, 2, {"range": range_of((line, column), (line, column + 5)), "text": "other"})
    assert line_of(wire, URI, line) == "other"


@pytest.mark.parametrize(
    "uri",
    [
        "untitled:Untitled-1",
        "untitled:/some/path.workflow.yaml",
        "file:///some%20folder/%C3%BCber/a.workflow.yaml",
        "file:///some folder/a.workflow.yaml",
        "file:///c%3A/Users/me/a.workflow.yaml",
        "file:///C:/Users/me/a.workflow.yaml",
        "file://server/share/a.workflow.yaml",
        "FILE:///upper/a.workflow.yaml",
        "vscode-vfs://github/owner/repo/a.workflow.yaml",
        "inmemory://model/1",
    ],
)
def test_whatever_a_document_is_called_it_is_answered_by_that_name(wire, uri):
    wire.initialize()
    wire.open(uri, HEAD)
    assert [each["code"] for each in wire.published(uri, 1)] == ["WF301"]
    line, column = at(HEAD, "first")
    assert line_of(wire, uri, line) == "first"
    wire.change(uri, 2, {"range": range_of((line, column)), "text": "x"})
    assert line_of(wire, uri, line) == "xfirst"
    asked = wire.ask("textDocument/definition", wire.position(uri, *at(HEAD, "get-user")))
    assert asked is None
    wire.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    # what is said of another document comes after all that was to be said of this one
    wire.open("untitled:last", HEAD)
    wire.published("untitled:last", 1)
    assert wire.published(uri) == []


def test_the_same_file_by_two_spellings_of_its_name_is_one(wire):
    wire.initialize()
    wire.open("file:///some%20folder/a.workflow.yaml", HEAD)
    line, column = at(HEAD, "first")
    wire.change("file:///some folder/a.workflow.yaml", 2, {"range": range_of((line, column)), "text": "x"})
    assert line_of(wire, "file:///some%20folder/a.workflow.yaml", line) == "xfirst"


def test_an_empty_document_is_ours_by_its_name_or_by_its_language(wire):
    wire.initialize()
    for number, (uri, language, ours) in enumerate(
        [
            ("file:///nowhere/new.workflow.yaml", "yaml", True),
            ("untitled:Untitled-1", "workflow", True),
            ("untitled:Untitled-2", "yaml", False),
            ("file:///nowhere/values.yaml", "yaml", False),
        ]
    ):
        wire.open(uri, "", number + 1, language)
        answer = wire.ask("textDocument/completion", wire.position(uri, 0, 0))
        assert ([item["label"] for item in answer["items"]][:2] == ["workflow", "task"]) is ours


def test_a_space_that_indents_asks_for_nothing(wire):
    wire.initialize()
    wire.open(URI, HEAD + "    \n")
    line = HEAD.count("\n")
    params = wire.position(URI, line, 4)
    assert (
        wire.ask("textDocument/completion", {**params, "context": {"triggerKind": 2, "triggerCharacter": " "}}) is None
    )
    assert wire.ask("textDocument/completion", {**params, "context": {"triggerKind": 1}})["items"]


def test_what_small_clients_get_they_can_show(wire):
    wire.initialize(capabilities={"workspace": {"applyEdit": True}})
    wire.open(URI, HEAD + "      input: {}\n    - id: second\n      taskRef: fir\n      tmeout: 3s\n")
    hover = wire.ask("textDocument/hover", wire.position(URI, *at(HEAD, "taskRef")))
    assert hover["contents"]["kind"] == "plaintext"
    assert "`" not in hover["contents"]["value"]
    items = wire.ask("textDocument/completion", wire.position(URI, HEAD.count("\n") + 3, 6))["items"]
    assert all(item["insertTextFormat"] == 1 for item in items)
    assert all(isinstance(item.get("documentation", ""), str) for item in items)
    symbols = wire.ask("textDocument/documentSymbol", {"textDocument": {"uri": URI}})
    assert [each["name"] for each in symbols] == ["main", "first", "second"]
    assert symbols[1]["containerName"] == "main"
    whole = {"textDocument": {"uri": URI}, "range": range_of((0, 0), (99, 0)), "context": {"diagnostics": []}}
    actions = wire.ask("textDocument/codeAction", whole)
    (mend,) = [action for action in actions if action["title"] == "Change it to `timeout`"]
    assert mend["command"] == "wf.applyEdit"
    wire.replies["workspace/applyEdit"] = {"applied": True}
    assert wire.ask("workspace/executeCommand", {"command": mend["command"], "arguments": mend["arguments"]}) is None
    (asked,) = [each for each in wire.asked if each["method"] == "workspace/applyEdit"]
    (change,) = asked["params"]["edit"]["changes"][URI]
    assert change["newText"] == "timeout"
    wire.replies["workspace/applyEdit"] = {"applied": False, "failureReason": "no"}
    answer = wire.ask("workspace/executeCommand", {"command": mend["command"], "arguments": mend["arguments"]})
    assert answer["error"]["message"] == "no"


def test_edits_are_for_the_version_that_they_were_made_for(wire):
    wire.initialize()
    wire.open(URI, HEAD + "      tmeout: 3s\n", version=7)
    whole = {"textDocument": {"uri": URI}, "range": range_of((0, 0), (99, 0)), "context": {"diagnostics": []}}
    actions = wire.ask("textDocument/codeAction", whole)
    (mend,) = [action for action in actions if action["title"] == "Change it to `timeout`"]
    (change,) = mend["edit"]["documentChanges"]
    assert change["textDocument"] == {"uri": URI, "version": 7}


def test_thousands_of_proposals_come_in_part_the_ones_that_go_with_what_is_typed(wire):
    wire.initialize()
    steps = "".join(f"    - id: step-{number}\n      taskRef: get-user\n" for number in range(1500))
    text = HEAD + steps + '    - id: last\n      taskRef: get-user\n      input: {id: "{{tasks.step-14}}"}\n'
    wire.open(URI, text)
    line, column = at(text, "step-14}}")
    answer = wire.ask("textDocument/completion", wire.position(URI, line, column))
    assert answer["isIncomplete"] is True
    assert len(answer["items"]) == 500
    answer = wire.ask("textDocument/completion", wire.position(URI, line, column + 7))
    labels = {item["label"] for item in answer["items"]}
    assert {"step-14", "step-140", "step-1499"} <= labels
    assert not any(label.startswith("step-2") and "14" not in label for label in labels if "1" not in label)


def test_an_action_that_is_whole_is_resolved_as_it_is(wire):
    wire.initialize()
    action = {"title": "Change it", "kind": "quickfix", "edit": {"changes": {"file:///a.workflow.yaml": []}}}
    assert wire.ask("codeAction/resolve", action) == action
