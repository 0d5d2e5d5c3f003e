"""One broken line costs that line: it is reported where it stands, once, and every other step keeps its values."""

import pytest

from tests.syntax.samples import workflow
from wf_engine.syntax import Document, File, Map, Seq, value_of

BREAKS = {
    "word without a colon": "      tim",
    "unclosed double quote": '      note: "abc',
    "unclosed single quote": "      note: 'abc",
    "unclosed bracket": "      note: [a, b",
    "unclosed brace": "      note: {a: b",
    "indented too far": "          note: abc",
    "indented too little": "     note: abc",
    "tab": "\tnote: abc",
    "lone dash": "      -",
    "unquoted template": "      note: {{input.userId}}",
    "unquoted template with a tail": "      note: {{input.userId}}/x",
    "conflict marker": "<<<<<<< HEAD",
    "unknown alias": "      note: *nowhere",
    "second colon": "      note: a: b: c",
    "reserved character": "      note: @abc",
    "text behind a quote": "      note: 'a' b",
    "closing bracket": "      note: a]\n      other: ]",
}


def broken(steps: int, line: str) -> tuple[str, int]:
    text = workflow(steps)
    at = text.index("      description: one more\n", text.index(f"id: task-{steps // 2}\n"))
    return text[:at] + line + "\n" + text[at:], text[:at].count("\n")


def steps_of(document: Document) -> dict[str, dict[str, object]]:
    root = document.root
    assert isinstance(root, Map)
    spec = root.get("spec")
    assert isinstance(spec, Map)
    tasks = spec.get("tasks")
    assert isinstance(tasks, Seq)
    return {value["id"]: value for value in map(value_of, tasks.items) if isinstance(value, dict) and "id" in value}


@pytest.mark.parametrize("steps", [3, 40], ids=["one segment", "many"])
@pytest.mark.parametrize("kind", BREAKS)
def test_a_break(kind: str, steps: int) -> None:
    text, line = broken(steps, BREAKS[kind])
    file = File.parse(text)
    document = file.documents[0]
    assert 1 <= len(document.issues) <= 2
    for issue in document.issues:
        start, end = (file.text.position(offset).line for offset in file.span(0, issue.place))
        assert line - 1 <= start <= end <= line + 1
        assert issue.message
    found, sound = steps_of(document), steps_of(File.parse(workflow(steps)).documents[0])
    hurt = f"task-{steps // 2}"
    assert {name: value for name, value in found.items() if name != hurt} == {
        name: value for name, value in sound.items() if name != hurt
    }
    assert found[hurt]["taskRef"] == "get-user"


@pytest.mark.parametrize("kind", [kind for kind in BREAKS if kind.startswith("un") and "alias" not in kind])
def test_what_can_be_closed_or_quoted_has_a_fix(kind: str) -> None:
    document = File.parse(broken(3, BREAKS[kind])[0]).documents[0]
    assert document.issues[0].fix_text is not None
