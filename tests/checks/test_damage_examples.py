"""Kinds of damage in the example workflows: what stands outside is still understood, and little is said."""

from collections.abc import Callable

import pytest

from tests.shop import FILES
from wf_engine.analysis import analyse_workflow
from wf_engine.checks import diagnostics
from wf_engine.editing import completion
from wf_engine.workspace import Workspace

WORKFLOWS = [path for path in FILES if path.startswith("workflows")]
BASE = Workspace.of(FILES)
Lines = list[str]


def inserted(damage: str) -> Callable[[Lines, int], Lines]:
    """A line more, at the indentation of the one that it stands before."""

    def hurt(lines: Lines, number: int) -> Lines:
        line = lines[number]
        return [*lines[:number], line[: len(line) - len(line.lstrip())] + damage, *lines[number:]]

    return hurt


def changed(change: Callable[[str], str]) -> Callable[[Lines, int], Lines]:
    """Another line in its place."""
    return lambda lines, number: [*lines[:number], change(lines[number]), *lines[number + 1 :]]


def conflict(lines: Lines, number: int) -> Lines:
    ours, theirs = lines[number], lines[number] + "x"
    return [*lines[:number], "<<<<<<< HEAD", ours, "=======", theirs, ">>>>>>> other", *lines[number + 1 :]]


DAMAGE: dict[str, Callable[[Lines, int], Lines]] = {
    "a word without a colon": inserted("word"),
    "an unclosed quote": inserted('description: "abc'),
    "an open bracket": inserted("tags: [a"),
    "an open brace": inserted("input: {a: b"),
    "one further in": changed(lambda line: " " + line),
    "one further out": changed(lambda line: line[1:]),
    "a tab": changed(lambda line: "\t" + line),
    "a lone dash": inserted("-"),
    "an unquoted template": inserted("value: {{input.id"),
    "merge-conflict markers": conflict,
    "an unknown alias": inserted("x: *nope"),
    "a second colon": inserted("a: b: c"),
    "a half-typed key": inserted("descr"),
    "an unclosed template": inserted('x: "{{input.id"'),
}


def extents(lines: Lines) -> dict[str, range]:
    """The lines of each of the workflow's own steps, by id."""
    begin = lines.index("  tasks:")
    end = next(number for number in range(begin + 1, len(lines)) if lines[number][:3].strip(" #"))
    heads = [number for number in range(begin, end) if lines[number].startswith("    - id: ")]
    ids = [lines[number].removeprefix("    - id: ") for number in heads]
    return {name: range(head, after) for name, head, after in zip(ids, heads, [*heads[1:], end], strict=True)}


def places(lines: Lines) -> list[int]:
    """The first line of `spec`, and lines in and between the steps and behind them."""
    steps = [number for extent in extents(lines).values() for number in (extent.start, extent.start + 2)]
    output = lines.index("  output:")
    return [number for number in (lines.index("spec:") + 2, *steps, output + 1) if lines[number].strip()]


@pytest.mark.parametrize("path", WORKFLOWS)
@pytest.mark.parametrize("what", DAMAGE)
def test_what_stands_outside_is_understood(what: str, path: str) -> None:
    lines = FILES[path].splitlines()
    for number in places(lines)[:: 2 if what in ("a lone dash", "an unclosed quote") else 4]:
        understood(path, lines, DAMAGE[what](lines, number), number)


def understood(path: str, lines: Lines, damaged: Lines, number: int) -> None:
    """Asserts that a file with a damaged line costs at most the step in which the line stands."""
    text = "\n".join([*damaged, ""])
    workspace = BASE.with_text(path, text)
    workflow = analyse_workflow(workspace, workspace.files[path].documents[0])
    assert workflow is not None
    others = {name for name, extent in extents(lines).items() if number not in extent}
    assert others <= workflow.views.keys(), f"line {number + 1}"
    for name in sorted(others)[:1]:
        at = text.index(f"- id: {name}") + len(f"- id: {name}\n") + 6
        before = FILES[path].index(f"- id: {name}") + len(f"- id: {name}\n") + 6
        offered = [each.label for each in completion(workspace, path, at).items]
        assert offered == [each.label for each in completion(BASE, path, before).items], f"line {number + 1}"
    found = diagnostics(workspace, path)
    assert len(found) <= 2, (number + 1, [f"{each.code} {each.message}" for each in found])


@pytest.mark.parametrize("path", WORKFLOWS[:3])
@pytest.mark.parametrize("key", ["kind: Workflow", "metadata:", "spec:", "  tasks:"])
def test_a_key_around_the_steps_at_the_wrong_place(key: str, path: str) -> None:
    lines = FILES[path].splitlines()
    number = lines.index(key)
    ways = ("\t", "\t ") if key == "kind: Workflow" else (" ", "    ", "      ", "\t", "\t  ")
    for way in ways:
        understood(path, lines, changed(lambda line, way=way: way + line)(lines, number), number)


@pytest.mark.parametrize("path", WORKFLOWS[:3])
@pytest.mark.parametrize("lone", ["[", "{", '"'])
def test_a_lone_bracket_or_quote_above_a_block(lone: str, path: str) -> None:
    lines = FILES[path].splitlines()
    for number in (lines.index("apiVersion: workflow.io/v1"), lines.index("spec:") + 1):
        understood(path, lines, inserted(lone)(lines, number), number)
