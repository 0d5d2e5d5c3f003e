"""The way from the root to an offset names the same things wherever the text is cut."""

import pytest

from tests.syntax.samples import nested, workflow
from wf_engine.syntax import Document, File, Map, Node, Scalar, Seq, resolved, trail

TEXTS = {
    "one segment": workflow(3),
    "many": workflow(30),
    "a list in an item of a list": nested(12),
    "lists at the column of their key": workflow(30).replace("      ", "    ").replace("    - ", "  - "),
    "CRLF": workflow(20).replace("\n", "\r\n"),
}
Path = tuple[str | int | None, ...]


def scalars(node: Node, path: Path) -> list[tuple[Path, Scalar]]:
    """All values that are scalars, with their paths."""
    node = resolved(node)
    if isinstance(node, Map):
        return [found for pair in node.pairs for found in scalars(pair.value, (*path, pair.name))]
    if isinstance(node, Seq):
        return [found for index, item in enumerate(node.items) for found in scalars(item, (*path, index))]
    return [(path, node)] if isinstance(node, Scalar) else []


def document_of(text: str) -> Document:
    return File.parse(text).documents[0]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_value_is_found_at_its_place(text: str) -> None:
    document = document_of(text)
    assert document.root is not None
    for path, scalar in scalars(document.root, ()):
        found = trail(document, document.span(scalar.place).start)
        assert found.path == path
        assert found.node is scalar
        assert not found.on_key
        assert found.span(scalar) == document.span(scalar.place)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_key_is_found_at_its_place(text: str) -> None:
    document = document_of(text)
    assert document.root is not None
    pending: list[tuple[Path, Node]] = [((), document.root)]
    while pending:
        path, node = pending.pop()
        if isinstance(node, Seq):
            pending += [((*path, index), item) for index, item in enumerate(node.items)]
        elif isinstance(node, Map):
            for pair in node.pairs:
                found = trail(document, document.span(pair.key.place).start)
                assert (found.path, found.on_key) == ((*path, pair.name), True)
                assert found.node is pair.key
                pending.append(((*path, pair.name), pair.value))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_there_is_a_way_to_every_offset(text: str) -> None:
    document = document_of(text)
    for offset in range(0, document.chars + 1, 7):
        found = trail(document, offset)
        assert found.base <= offset
        assert document.base(found.segment) == found.base


@pytest.mark.parametrize("end", ["", "b: 1\n"])
def test_a_line_of_a_list_that_is_lost_is_no_item(end: str) -> None:
    text = "tasks:\n" + "  - id: s\n    ref: x\n" * 30 + "  - `id: p\n    \0`: \t?ref: g\n" + end
    document = document_of(text)
    for offset in range(len(text) + 1):
        for crumb in trail(document, offset).crumbs:
            assert crumb.index is None or (
                isinstance(crumb.container, Seq) and crumb.index < len(crumb.container.items)
            )
