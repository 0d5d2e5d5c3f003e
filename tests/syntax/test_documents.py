"""Files, documents and their segments: where each begins, and what an edit leaves alone."""

import pytest

from tests.syntax.samples import nested, workflow
from wf_engine.syntax import File, Map, Seq, value_of
from wf_engine.text import Edit, Span

FILES = {
    "empty": ("", [None]),
    "comment": ("# nothing\n", [None]),
    "one": ("a: 1\n", [{"a": 1}]),
    "marker first": ("---\na: 1\n", [{"a": 1}]),
    "comment, then marker": ("# c\n\n---\na: 1\n", [{"a": 1}]),
    "two": ("a: 1\n---\nb: 2\n", [{"a": 1}, {"b": 2}]),
    "an empty one between": ("a: 1\n---\n---\nb: 2\n", [{"a": 1}, None, {"b": 2}]),
    "ended by dots": ("a: 1\n...\n---\nb: 2\n...\n", [{"a": 1}, {"b": 2}]),
    "dots, then nothing": ("a: 1\n...\n# c\n", [{"a": 1}]),
    "directive": ("%YAML 1.2\n---\na: 1\n", [{"a": 1}]),
    "text behind the marker": ("--- a\n--- |\n  b\n", ["a", "b\n"]),
    "byte order mark": ("\ufeffa: 1\n---\nb: 2\n", [{"a": 1}, {"b": 2}]),
    "marker in a text": ("a: |\n  x\n  ---\n  y\n", [{"a": "x\n---\ny\n"}]),
}


@pytest.mark.parametrize(("text", "values"), FILES.values(), ids=FILES)
def test_the_documents_of_a_file(text: str, values: list[object]) -> None:
    file = File.parse(text)
    assert [value_of(document.root) if document.root else None for document in file.documents] == values
    assert all(document.issues == () for document in file.documents)
    pieces = [text[start : start + document.chars] for start, document in zip(file.starts, file.documents, strict=True)]
    assert pieces == [document.text for document in file.documents]
    assert "".join(pieces) == text.removeprefix("\ufeff")
    assert [file.document_at(start) for start in file.starts] == list(range(len(values)))


@pytest.mark.parametrize("text", [workflow(3), workflow(60), nested(30)], ids=["one", "many", "nested"])
def test_segments_are_the_text_and_know_their_places(text: str) -> None:
    document = File.parse(text).documents[0]
    assert "".join(segment.text for _, segment in document.segments()) == text
    for start, segment in document.segments():
        assert document.base(segment) == start
        assert document.segment_at(start) == (start, segment)
        assert document.segment_at(start + len(segment.text) - 1) == (start, segment)
    assert document.base(File.parse("a: 1").documents[0].segment_at(0)[1]) is None


def test_many_places_asked_for_are_told_from_a_table() -> None:
    document = File.parse(workflow(60)).documents[0]
    segments = list(document.segments())
    assert [document.base(segment) for _, segment in segments * 3] == [start for start, _ in segments] * 3
    assert len(segments) * 3 > 100
    assert document.base(File.parse("a: 1").documents[0].segment_at(0)[1]) is None


def test_the_extent_of_a_block_that_is_cut_reaches_to_its_end() -> None:
    text = workflow(60)
    document = File.parse(text).documents[0]
    spec = document.root.get("spec") if isinstance(document.root, Map) else None
    assert isinstance(spec, Map)
    tasks = spec.get("tasks")
    assert isinstance(tasks, Seq)
    assert text[slice(*document.extent(tasks))].startswith("- id: task-0")
    assert text[slice(*document.extent(tasks))].endswith("timeout: 30s")
    assert text[slice(*document.extent(spec))].startswith("description: generated")
    assert text[slice(*document.extent(spec))].endswith('.email}}"')


def test_what_is_remembered_about_a_step_outlives_edits_elsewhere() -> None:
    file = File.parse(workflow(60))

    def steps(of: File) -> tuple[object, ...]:
        root = of.documents[0].root
        spec = root.get("spec") if isinstance(root, Map) else None
        tasks = spec.get("tasks") if isinstance(spec, Map) else None
        assert isinstance(tasks, Seq)
        return tuple(item.remember("seen", object) for item in tasks.items)

    before = steps(file)
    at = file.text.value.index("30s", file.text.value.index("id: task-20"))
    after = steps(file.edited(Edit(Span(at, at), "\n      retry: {maxAttempts: 2}\n      x: ")))
    assert [old is new for old, new in zip(before, after, strict=True)] == [number != 20 for number in range(60)]


def test_documents_that_an_edit_does_not_touch_are_the_same_objects() -> None:
    file = File.parse("---\n".join(workflow(8) for _ in range(5)))
    at = file.text.value.index("30s", file.starts[2])
    edited = file.edited(Edit(Span(at, at + 3), "5s"))
    assert [old is new for old, new in zip(file.documents, edited.documents, strict=True)] == [
        True,
        True,
        False,
        True,
        True,
    ]
