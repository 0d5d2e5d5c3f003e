"""A file that was edited is the file of its text: in every part that can be seen."""

import random
from typing import Any

import pytest

from tests.syntax.samples import workflow
from wf_engine.syntax import File, Node, children, value_of
from wf_engine.text import Edit, Span

BASE = workflow(12) + "---\n" + workflow(3)
PIECES = (
    "a", "\n", "  ", "- ", "x: y\n", "    - id: q\n", "[", "]", '"', "'", "{{", "#", ":", "---\n", "...\n", "%YAML 1.2\n",
    "\u2028", "\r\n", "\r", "é", "😀", "    ", "  foo:\n", "|", ">-\n", "\n\n", "&a ", "*a", "<<: *a\n", "\t", "!!str ", "{a: ",
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
            [(issue.kind, issue.message, document.span(issue.place)) for issue in document.issues],
        )
        for start, document in zip(file.starts, file.documents, strict=True)
    ]


@pytest.mark.parametrize("seed", range(40))
def test_random_edits(seed: int) -> None:
    chance = random.Random(seed)
    value, file = BASE, File.parse(BASE)
    for _ in range(12):
        start = chance.randint(0, len(value))
        end = start if chance.random() < 0.5 else min(len(value), start + chance.choice([1, 3, 20, 100]))
        new = "".join(chance.choices(PIECES, k=chance.choice([0, 1, 1, 2, 4])))
        value = value[:start] + new + value[end:]
        file = file.edited(Edit(Span(start, end), new))
        assert file.text.value == value
        assert seen(file) == seen(File.parse(value)), f"after {new!r} at {start}"


def test_what_an_edit_leaves_alone_is_the_same_object() -> None:
    before = File.parse(workflow(50))
    at = before.text.value.index("30s")
    after = before.edited(Edit(Span(at, at + 3), "9s"))
    old = {id(segment) for _, segment in before.documents[0].segments()}
    new = [segment for _, segment in after.documents[0].segments()]
    assert sum(id(segment) not in old for segment in new) == 1
