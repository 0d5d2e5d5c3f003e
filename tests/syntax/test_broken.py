"""One broken line costs that line: it is reported where it stands, once, and every other step keeps its values."""

from collections.abc import Callable

import pytest

from tests.syntax.samples import workflow
from wf_engine.syntax import Document, File, Map, Seq, value_of
from wf_engine.text import Edit

STEPS = {"one segment": 3, "many": 40}
WIDEST = 60
ADDED = {
    "word without a colon": "      tim",
    "word in the first column": "tim",
    "word at the column of the steps": "    tim",
    "word further in": "        tim",
    "unclosed double quote": '      note: "abc',
    "unclosed single quote": "      note: 'abc",
    "unclosed bracket": "      note: [a, b",
    "unclosed bracket with a quote": "      note: [a, 'b",
    "unclosed brace": "      note: {a: b",
    "no space behind a colon in braces": "      note: {a: 1, b:[2]}",
    "indented too far": "          note: abc",
    "indented too little": "     note: abc",
    "indented as a step": "    note: abc",
    "indented as the list": "  note: abc",
    "not indented": "note: abc",
    "tab": "\tnote: abc",
    "tab behind spaces": "    \tnote: abc",
    "lone dash": "      -",
    "lone dash further out": "  -",
    "unquoted template": "      note: {{input.userId}}",
    "unquoted template with a tail": "      note: {{input.userId}}/x",
    "unquoted template in a list": "      note: [{{input.userId}}, b]",
    "conflict marker": "<<<<<<< HEAD",
    "conflict": "<<<<<<< HEAD\n      note: a\n=======\n      note: b\n>>>>>>> other",
    "unknown alias": "      note: *nowhere",
    "second colon": "      note: a: b: c",
    "reserved character": "      note: @abc",
    "backtick": "      note: `abc`",
    "percent": "      note: %abc",
    "text behind a quote": "      note: 'a' b",
    "closing bracket": "      note: ]",
    "closing bracket too many": "      note: [a]]",
    "list on the line of its key": "      note: - a",
    "no space behind the colon": "      note:abc",
    "unknown escape": '      note: "\\q"',
    "duplicate key": "      taskRef: get-user",
    "NUL": "      note: a\0b",
    "value and entries": "      note: abc\n        x: 1\n        y: 2",
    "tag": "      note: !ours abc",
}


def broken(steps: int, line: str) -> tuple[str, int]:
    """A workflow with a line added in its middle step, and the number of the line."""
    text = workflow(steps)
    at = text.index("      description: one more\n", text.index(f"id: task-{steps // 2}\n"))
    return text[:at] + line + "\n" + text[at:], text[:at].count("\n")


def steps_of(document: Document) -> list[object]:
    root = document.root
    assert isinstance(root, Map)
    spec = root.get("spec")
    assert isinstance(spec, Map)
    tasks = spec.get("tasks")
    assert isinstance(tasks, Seq)
    return [value_of(item) for item in tasks.items]


def others_survive(document: Document, steps: int, hurt: int) -> None:
    found, sound = steps_of(document), steps_of(File.parse(workflow(steps)).documents[0])
    assert all(step in found for number, step in enumerate(sound) if number != hurt)


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize("kind", ADDED)
def test_a_line_too_many(kind: str, steps: int) -> None:
    text, line = broken(steps, ADDED[kind])
    file = File.parse(text)
    document = file.documents[0]
    assert 1 <= len(document.issues) <= 2
    for issue in document.issues:
        span = file.span(0, issue.place)
        first, last = (file.text.position(offset).line for offset in span)
        assert line - 1 <= first <= last <= line + 1 + ADDED[kind].count("\n")
        assert 0 < span.end - span.start <= WIDEST
        assert issue.message
        assert not issue.message.endswith(".")
    others_survive(document, steps, steps // 2)
    assert any(isinstance(step, dict) and step.get("id") == f"task-{steps // 2}" for step in steps_of(document))


def value_of_key(value: str) -> Callable[[str], str]:
    return lambda line: line.partition(":")[0] + ": " + value


CHANGED: dict[str, Callable[[str], str]] = {
    "one further in": lambda line: " " + line,
    "two further in": lambda line: "  " + line,
    "four further in": lambda line: "    " + line,
    "one further out": lambda line: line[1:],
    "two further out": lambda line: line[2:],
    "four further out": lambda line: line[4:],
    "in the first column": lambda line: line.lstrip(" "),
    "behind a tab": lambda line: "\t" + line.lstrip(" "),
    "an open quote": value_of_key('"abc'),
    "an open bracket": value_of_key("[a"),
    "an open brace": value_of_key("{a: b"),
    "a template": value_of_key("{{input.userId}}"),
    "a second colon": value_of_key("b: c"),
    "a reserved character": value_of_key("@abc"),
    "an unknown alias": value_of_key("*nowhere"),
    "no colon": lambda line: line.replace(":", "", 1),
    "no space": lambda line: line.replace(": ", ":", 1),
    "in a conflict": lambda line: f"<<<<<<< HEAD\n{line}\n=======\n{line}\n>>>>>>> other",
    "twice": lambda line: f"{line}\n{line}",
}
ALLOWED = {
    ("twice", "    - id"),
    ("no space", "      input"),
    ("two further in", "      timeout"),
    ("two further out", "        prev"),
}
"""What is sound YAML all the same."""


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize("kind", CHANGED)
def test_every_line_of_a_step_broken(kind: str, steps: int) -> None:
    lines = workflow(steps).split("\n")
    begin = next(number for number, line in enumerate(lines) if f"id: task-{steps // 2}" in line)
    for number in range(begin, begin + 8):
        if "#" in lines[number]:
            continue
        text = "\n".join([*lines[:number], CHANGED[kind](lines[number]), *lines[number + 1 :]])
        file = File.parse(text)
        document = file.documents[0]
        assert len(document.issues) <= 2, lines[number]
        touched = {file.text.position(file.span(0, issue.place).start).line for issue in document.issues}
        sound = any(kind == allowed and lines[number].startswith(start) for allowed, start in ALLOWED)
        assert sound or touched & set(range(number - 1, number + 5)), lines[number]
        others_survive(document, steps, steps // 2)


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize("by", [-3, -2, -1, 1, 2, 3, 6])
def test_a_first_item_at_another_column_than_the_rest(by: int, steps: int) -> None:
    text = workflow(steps).replace("    - id: task-0", " " * (4 + by) + "- id: task-0")
    document = File.parse(text).documents[0]
    others_survive(document, steps, hurt=-1)
    assert [issue.fix_text for issue in document.issues] == ["    "]


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize(
    "header", ["tasks: abc", 'tasks: "abc', "tasks: [a", "tasks: *nowhere", "tasks: {{x}}", "tasks: @a"]
)
def test_a_value_on_the_line_of_a_list_costs_the_value(header: str, steps: int) -> None:
    document = File.parse(workflow(steps).replace("  tasks:", "  " + header)).documents[0]
    assert len(document.issues) == 1
    others_survive(document, steps, hurt=-1)


def test_a_step_that_is_moved_as_a_whole_keeps_its_values() -> None:
    lines = workflow(20).split("\n")
    begin = next(number for number, line in enumerate(lines) if "id: task-10" in line)
    for by in (-2, -1, 1):
        moved = [line[-by:] if by < 0 else " " * by + line for line in lines[begin : begin + 8]]
        document = File.parse("\n".join([*lines[:begin], *moved, *lines[begin + 8 :]])).documents[0]
        others_survive(document, 20, hurt=-1)
        assert len(document.issues) == 1


FIXED = {
    "unclosed double quote": "abc",
    "unclosed single quote": "abc",
    "unclosed bracket": ["a", "b"],
    "unclosed brace": {"a": "b"},
    "indented too far": "abc",
    "indented too little": "abc",
    "tab": "abc",
    "tab behind spaces": "abc",
    "unquoted template": "{{input.userId}}",
    "unquoted template with a tail": "{{input.userId}}/x",
    "unquoted template in a list": ["{{input.userId}}", "b"],
    "second colon": "a: b: c",
    "reserved character": "@abc",
    "backtick": "`abc`",
    "percent": "%abc",
    "text behind a quote": "'a' b",
    "closing bracket": "]",
    "closing bracket too many": ["a"],
    "list on the line of its key": ["a"],
    "no space behind the colon": "abc",
    "NUL": "ab",
    "unknown escape": "\\q",
}


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize("kind", FIXED)
def test_a_fix_mends_the_line(kind: str, steps: int) -> None:
    file = File.parse(broken(steps, ADDED[kind])[0])
    issue = file.documents[0].issues[0]
    assert issue.fix_text is not None
    assert issue.fix_title
    place = issue.place if issue.fix_span is None else issue.place._replace(span=issue.fix_span)
    mended = file.edited(Edit(file.span(0, place), issue.fix_text)).documents[0]
    assert mended.issues == ()
    step = steps_of(mended)[steps // 2]
    assert isinstance(step, dict)
    assert step["note"] == FIXED[kind]


def test_texts_that_look_broken_but_stand_in_a_text_are_sound() -> None:
    text = 'a: |\n  {{input.x}}\n  b: "c\n\n  - {{y}}\nd: "x\n  {{z}}\n  \'e"\nf:\n  - >-\n    {{g}}\n  - h {{i}}\n'
    document = File.parse(text).documents[0]
    assert document.issues == ()
    assert document.root is not None
    assert value_of(document.root)["a"] == '{{input.x}}\nb: "c\n\n- {{y}}\n'


def test_one_conflict_over_several_entries_reads_the_first_version() -> None:
    sides = "<<<<<<< HEAD\n    x: 1\n    y: 2\n=======\n    x: 3\n    z: 4\n>>>>>>> other\n"
    for steps in STEPS.values():
        text = workflow(steps).replace("  output:\n", "  output:\n" + sides)
        document = File.parse(text).documents[0]
        assert len(document.issues) <= 2
        assert document.root is not None
        output = value_of(document.root)["spec"]["output"]
        assert (output["x"], output["y"]) == (1, 2)
        assert "z" not in output
