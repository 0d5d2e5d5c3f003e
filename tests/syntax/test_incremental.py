"""A file that was edited is the file of its text: in every part that can be seen."""

import random
from typing import Any

import pytest

from tests.syntax.samples import anchored, nested, workflow
from wf_engine.syntax import File, Node, children, value_of
from wf_engine.text import Edit, Span

BASES = (
    workflow(12) + "---\n" + workflow(3),
    nested(9),
    "# c\n\n---\n" + nested(8) + "...\n# x\n---\n" + workflow(4),
    "? a\n: b\n" * 25 + nested(8),
    nested(8).replace("\n", "\r\n"),
    workflow(6).replace("      ", "    ").replace("    - ", "  - "),
    anchored(50),
)
PIECES = (
    "a", "\n", "  ", "- ", "x: y\n", "    - id: q\n", "[", "]", '"', "'", "{{", "#", ":", "---\n", "...\n", "%YAML 1.2\n",
    "? ", ": ", "- z: 1\n", "  - z: 1\n", "      - z: 1\n", "ta\n", "    ta\n", "\t- y: 2\n", "@", "%", "}", "\ufeff",
    "<<<<<<< HEAD\n", "=======\n", ">>>>>>> x\n", "*a3", "*q", "&q ", "\u2028", "\r\n", "\r", "é", "😀", "    ", "  foo:\n", "|", ">-\n", "\n\n", "&a ", "*a", "<<: *a\n", "\t", "!!str ", "{a: ",
)  # fmt: skip


def seen_of(node: Node | None) -> Any:
    if node is None:
        return None
    inner = [seen_of(child) for child in children(node)]
    return (node.kind, node.start, node.end, node.anchor, inner, value_of(node) if node.kind == "scalar" else None)


def seen(file: File) -> Any:
    return [
        (
            start,
            [(at, segment.text, seen_of(segment.node)) for at, segment in document.segments()],
            value_of(document.root) if document.root else None,
            [(*issue._replace(place=None), document.span(issue.place)) for issue in document.issues],
            document.expanded,
        )
        for start, document in zip(file.starts, file.documents, strict=True)
    ]


def random_edit(chance: random.Random, value: str) -> Edit:
    """A small edit, often where a line or an item begins or ends."""
    start = chance.randint(0, len(value))
    if chance.random() < 0.5:
        start = value.rfind("\n", 0, start) + 1 + chance.choice([0, 2, 4, 6])
    end = start if chance.random() < 0.5 else start + chance.choice([1, 3, 20, 100, 600])
    if chance.random() < 0.3:
        end = value.find(chance.choice(["\n", "\n    - "]), start) + 1
    start = min(start, len(value))
    new = "".join(chance.choices(PIECES, k=chance.choice([0, 1, 1, 2, 4])))
    return Edit(Span(start, min(max(start, end), len(value))), new)


@pytest.mark.parametrize("seed", range(42))
def test_random_edits(seed: int) -> None:
    chance = random.Random(seed)
    value = BASES[seed % len(BASES)]
    file = File.parse(value)
    for _ in range(12):
        edit = random_edit(chance, value)
        value = value[: edit.span.start] + edit.new_text + value[edit.span.end :]
        file = file.edited(edit)
        assert file.text.value == value
        assert seen(file) == seen(File.parse(value)), f"after {edit}"


def test_aliases_that_come_to_stand_for_too_much_and_back() -> None:
    value = "a: &a [1, 2, 3, 4, 5, 6, 7, 8]\n" + anchored(50)
    for number in range(4):
        value += f"b{number}: &b{number} [" + ", ".join([f"*b{number - 1}" if number else "*a"] * 12) + "]\n"
    file, whole = File.parse(value), value
    for new in ("*b3, " * 5, "", "*b3, " * 6, "x, ", "*none, ", ""):
        at = file.text.value.index("[", file.text.value.index("b3:")) + 1
        old = len(file.text.value) - len(whole)
        edit = Edit(Span(at, at + old), new)
        file = file.edited(edit)
        assert seen(file) == seen(File.parse(file.text.value))
    assert file.text.value == whole


def test_what_an_edit_leaves_alone_is_the_same_object() -> None:
    before = File.parse(workflow(50))
    at = before.text.value.index("30s")
    after = before.edited(Edit(Span(at, at + 3), "9s"))
    old = {id(segment) for _, segment in before.documents[0].segments()}
    new = [segment for _, segment in after.documents[0].segments()]
    assert sum(id(segment) not in old for segment in new) == 1
