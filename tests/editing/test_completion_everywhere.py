"""Completion at every place of real documents, and of texts that are no documents any more."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shop import EXAMPLES, FILES
from wf_engine.analysis import analyse_task, analyse_workflow, expressions_of, nested
from wf_engine.editing import completion, definition, hover
from wf_engine.editing.cursor import cursor_at
from wf_engine.expressions import Call, Member, Name, walk
from wf_engine.language import Site, fields_of, shapes
from wf_engine.project import load_settings
from wf_engine.syntax import Map, Node, Scalar, Seq
from wf_engine.text import Edit, Span
from wf_engine.workspace import SourceDocument, SourceFile, Workspace

WORDS = (shapes.Ref, shapes.Enum, shapes.StepId)


class Sample(NamedTuple):
    kind: str
    path: str
    span: Span
    word: str


@pytest.fixture(scope="module")
def examples() -> Workspace:
    return Workspace.of(FILES, load_settings(EXAMPLES, {}))


def samples(workspace: Workspace) -> Iterator[Sample]:
    """Every key, word and name that stands in the examples."""
    for path, file in workspace.files.items():
        for source in file.documents:
            if source.tree.root is not None:
                yield from of_node(workspace, path, file, source, source.tree.root)
            for site in sites(workspace, source):
                for expr in (node for root in expressions_of(site) for node in walk(root)):
                    span, word = named(expr)
                    if word:
                        yield Sample("name", path, file.span(source.index, site.node.place_of(span)), word)


def sites(workspace: Workspace, source: SourceDocument) -> Iterator[Site]:
    workflow, task = analyse_workflow(workspace, source), analyse_task(workspace, source)
    yield from (each.site for each in task.sites) if task else ()
    if workflow:
        yield from (each.site for each in workflow.own_sites())
        for step in nested(workflow.steps):
            yield from step.reading.sites


def named(expr: object) -> tuple[Span, str]:
    match expr:
        case Member(name=name, name_span=span) | Call(name=name, name_span=span):
            return span, name
        case Name(name=name, span=span):
            return span, name
    return Span(0, 0), ""


def of_node(workspace: Workspace, path: str, file: SourceFile, source: SourceDocument, node: Node) -> Iterator[Sample]:
    if isinstance(node, Map):
        for pair in node.pairs:
            span = file.span(source.index, pair.key.place)
            cursor = cursor_at(workspace, path, span.start)
            record = cursor.container.record if cursor else None
            if cursor and record and pair.name in fields_of(record):
                yield Sample("field", path, span, pair.name or "")
            elif cursor and cursor.step and cursor.trail.path[-2:-1] == ("input",):
                yield Sample("input", path, span, pair.name or "")
            yield from of_node(workspace, path, file, source, pair.value)
    elif isinstance(node, Seq):
        for item in node.items:
            yield from of_node(workspace, path, file, source, item)
    elif isinstance(node, Scalar):
        span = file.span(source.index, node.place)
        cursor = cursor_at(workspace, path, span.start)
        if cursor and isinstance(cursor.field.shape, WORDS):
            yield Sample("word", path, span, node.text)


def test_every_identifier_of_the_examples_is_offered_where_it_was_deleted(examples):
    ranks: dict[str, list[int]] = {}
    missing = []
    for kind, path, span, word in samples(examples):
        without = examples.edited(path, Edit(span, ""))
        labels = [item.label for item in completion(without, path, span.start).items]
        if word in labels:
            ranks.setdefault(kind, []).append(labels.index(word))
        else:
            missing.append((kind, path, word, labels[:5]))
    assert missing == []
    assert Counter({kind: len(found) for kind, found in ranks.items()}) > Counter(
        field=400, name=200, word=80, input=10
    )
    everything = [rank for found in ranks.values() for rank in found]
    assert sum(rank < 5 for rank in everything) / len(everything) >= 0.95
    assert sum(rank == 0 for rank in everything) / len(everything) >= 0.7
    for kind, found in ranks.items():
        assert sum(rank < 5 for rank in found) / len(found) >= 0.9, kind


SOURCE = FILES["workflows/order-dashboard.workflow.yaml"]
PIECES = [
    "{{",
    "}}",
    '"',
    "'",
    "[",
    "]",
    "{",
    "}",
    ":",
    ": ",
    "- ",
    "-",
    "\n",
    "\n      ",
    "#",
    "|",
    ">",
    ".",
    "tasks.",
    "🙂",
    "\t",
    "\r\n",
    "é",
    ",",
    "&a ",
    "*a",
    "---\n",
    "\ufeff",
]


@given(st.data())
def test_at_any_place_of_any_text_there_is_an_answer_about_that_place(data):
    at = data.draw(st.integers(0, len(SOURCE)))
    cut = data.draw(st.integers(0, 30))
    new = "".join(data.draw(st.lists(st.sampled_from(PIECES), max_size=4)))
    text = SOURCE[:at] + new + SOURCE[at + cut :]
    path = "a.workflow.yaml"
    workspace = Workspace.of({**FILES, path: text})
    offset = min(max(0, at + len(new) + data.draw(st.integers(-20, 5))), len(text))
    found = completion(workspace, path, offset)
    if found.items:
        assert found.span.start <= offset <= found.span.end
        assert "\n" not in text[found.span.start : found.span.end]
        labels = [item.label for item in found.items]
        assert len(labels) == len(set(labels))
    for answer in (hover(workspace, path, offset), definition(workspace, path, offset)):
        assert answer is None or 0 <= getattr(answer, "span", Span(0, 0)).start <= len(text)
