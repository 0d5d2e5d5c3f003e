"""The identifiers of documents that an editor can know: drawn by a seeded sampler, deleted, and asked for."""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from wf_engine.analysis import expressions_of
from wf_engine.editing import completion
from wf_engine.editing.cursor import cursor_at
from wf_engine.editing.names.collecting import occurrences_in
from wf_engine.editing.names.finding import location_of
from wf_engine.expressions import Call, Member, Name, walk
from wf_engine.language import shapes
from wf_engine.syntax import Map, Node, Scalar, Seq, children
from wf_engine.text import Edit, Span
from wf_engine.workspace import SourceDocument, Workspace

EXAMPLES = Path(__file__).parents[2] / "examples"
_WORD = re.compile(r"[A-Za-z_][\w./@-]*")
_PROSE = ("description", "name", "message", "title")


class Identifier(NamedTuple):
    """A name in a file, of a kind that the report tells apart."""

    path: str
    span: Span
    text: str
    kind: str


def examples() -> Workspace:
    """The sound examples."""
    paths = sorted(path for path in EXAMPLES.rglob("*.yaml") if "broken" not in path.parts)
    return Workspace.of({str(path): path.read_text("utf-8") for path in paths})


def identifiers(workspace: Workspace) -> list[Identifier]:
    """All that an editor can know, in the order of files and texts: whatever somebody makes up is left out."""
    found: dict[tuple[str, Span], Identifier] = {}
    for source in workspace.documents():
        made_up = {
            location_of(workspace, each).span for each in occurrences_in(workspace, source) if each.role == "definition"
        }
        for each in (*_words(workspace, source), *_members(workspace, source)):
            if each.span not in made_up:
                found[each.path, each.span] = each
    return sorted(found.values())


def drawn(workspace: Workspace, share: int, seed: int = 5) -> list[Identifier]:
    """One identifier of `share`."""
    every = identifiers(workspace)
    return sorted(random.Random(seed).sample(every, len(every) // share))


def rank(workspace: Workspace, each: Identifier) -> int | None:
    """The place of an identifier among what is offered once it is deleted, from 0; None where it is not offered."""
    edited = workspace.edited(each.path, Edit(each.span, ""))
    labels = [item.label for item in completion(edited, each.path, each.span.start).items]
    return labels.index(each.text) if each.text in labels else None


def _words(workspace: Workspace, source: SourceDocument) -> Iterator[Identifier]:
    """Keys, and values that are one of some words."""
    root = source.tree.root
    todo: list[tuple[Node, bool]] = [(root, False)] if root is not None else []
    while todo:
        node, is_key = todo.pop()
        if isinstance(node, Map):
            todo += [(pair.key, True) for pair in node.pairs] + [(pair.value, False) for pair in node.pairs]
        elif isinstance(node, Seq):
            todo += [(item, False) for item in children(node)]
        elif isinstance(node, Scalar) and node.text and (is_key or _WORD.fullmatch(node.text)):
            where = workspace.location(source, node.place_of(Span(0, len(node.text))))
            kind = "key" if is_key else _kind(workspace, where.path, where.span.start)
            if kind is not None:
                yield Identifier(where.path, where.span, node.text, kind)


def _kind(workspace: Workspace, path: str, offset: int) -> str | None:
    """The kind of a value; None for what is anybody's choice."""
    cursor = cursor_at(workspace, path, offset)
    shape = cursor.field.shape if cursor else None
    if isinstance(shape, shapes.Ref | shapes.StepId):
        return "name"
    if isinstance(shape, shapes.Enum | shapes.Bool | shapes.StatusCode):
        return "value"
    inside = cursor.field.inside if cursor else ()
    if isinstance(shape, shapes.JsonSchema | shapes.Parameters) and inside:
        if inside[-1] in ("type", "format") or "type" in inside[-2:-1]:
            return "value"
        return "name" if "required" in inside[-2:-1] else "value" if inside[-1] == "required" else None
    return None


def _members(workspace: Workspace, source: SourceDocument) -> Iterator[Identifier]:
    """Roots, members and functions in expressions."""
    model = source.model
    steps = getattr(model.spec, "tasks", None) if model and model.spec else None
    readings = [model.reading] if model else []
    todo = list(steps or ())
    while todo:
        step = todo.pop()
        readings.append(step.reading)
        todo += step.tasks or ()
    for site in (site for reading in readings for site in reading.sites):
        for expr in (expr for root in expressions_of(site) for expr in walk(root)):
            match expr:
                case Member(name=text, name_span=span):
                    kind = "member"
                case Name(name=text, span=span):
                    kind = "root"
                case Call(name=text, name_span=span):
                    kind = "function"
                case _:
                    continue
            where = workspace.location(source, site.node.place_of(span))
            if text:
                yield Identifier(where.path, where.span, text, kind)
