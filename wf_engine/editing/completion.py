"""Completion: what may stand at the cursor, the likeliest first. Works where the text is broken at the cursor."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from wf_engine.editing.cursor import Cursor
from wf_engine.editing.document_completion import new_document
from wf_engine.editing.expression_completion import expression_items, open_expression, word_at_end
from wf_engine.editing.expression_ranking import by_meaning
from wf_engine.editing.items import Completions, Item
from wf_engine.editing.key_completion import key_items
from wf_engine.editing.pipeline_shapes import ArgumentsOf, OneOperation
from wf_engine.editing.placeholder import Placed, Placeholder
from wf_engine.editing.snippets import step_snippets
from wf_engine.editing.value_completion import value_items
from wf_engine.language import GROUPS, Condition, group_of, shapes
from wf_engine.syntax import trail
from wf_engine.text import Span
from wf_engine.workspace import SourceDocument, SourceFile, Workspace

_NOTHING = Completions(Span(0, 0), ())
_REST = re.compile(r"[\w$]*+(?:-++\w++)*+")
_LISTS = (shapes.StepList, shapes.ListOf)
_MAPS = (shapes.Obj, shapes.MapOf, shapes.JsonSchema, shapes.Parameters, OneOperation, ArgumentsOf)


def completion(workspace: Workspace, path: str, offset: int, *, ours: bool = False) -> Completions:
    """What may stand at an offset of a file. `ours`: somebody says so of a document that does not say it itself."""
    file = workspace.files.get(path)
    if file is None:
        return _NOTHING
    index = file.file.document_at(offset)
    source, start = file.documents[index], file.file.starts[index]
    if not source.ours:
        if not (ours or file.ours) or _of_others(source):
            return _NOTHING
        begun = new_document(source, offset - start)
        if begun is not None:
            return replace(begun, span=begun.span.shift(start))
    found = _Completer(workspace, file, source, start).complete(offset - start)
    return replace(found, span=found.span.shift(start))


def placed_at(workspace: Workspace, path: str, offset: int) -> tuple[Placed, Cursor] | None:
    """The cursor at an offset of a file, with something in the place that it stands in; works in unfinished text."""
    file = workspace.files.get(path)
    if file is None:
        return None
    index = file.file.document_at(offset)
    source, start = file.documents[index], file.file.starts[index]
    if not source.ours:
        return None
    placed = Placeholder(source, offset - start).place()
    return (placed, _Completer(workspace, file, source, start).cursor(placed)) if placed else None


def _of_others(source: SourceDocument) -> bool:
    """Whether a document names a group that is none of ours, nor the beginning of one."""
    group = group_of(source.tree.root)
    return group is not None and not any(ours.startswith(group) for ours in GROUPS)


class _Completer:
    """Completion in one document. Offsets are those of the document."""

    def __init__(self, workspace: Workspace, file: SourceFile, source: SourceDocument, start: int) -> None:
        self.workspace = workspace
        self.file = file
        self.source = source
        self.start = start

    def complete(self, offset: int) -> Completions:
        """What may stand at an offset."""
        holder = Placeholder(self.source, offset)
        placed = holder.place()
        if placed is None:
            return _NOTHING
        cursor = self.cursor(placed)
        other = self._taken_otherwise(holder, placed, cursor)
        if other is not None:
            placed, cursor = other, self.cursor(other)
        typed = typed_expression(placed, cursor)
        if typed is not None:
            rest = _REST.match(self.file.text.slice(Span(self.start + offset, self.start + offset + 200)))
            span = Span(offset - len(word_at_end(typed)), offset + (rest.end() if rest else 0))
            behind = self._behind(offset, placed)
            before = typed[: len(typed) - len(word_at_end(typed))]
            alone = _alone(placed, typed, behind)
            items = by_meaning(cursor, expression_items(cursor, typed), before, behind.partition("}}")[0], alone=alone)
            return Completions(span, _begun(items, word_at_end(typed)), gap=placed.gap)
        items = sorted(_items(placed, cursor), key=lambda item: item.rank)
        return Completions(placed.replaces, _begun(items, placed.typed.strip()), placed.column, placed.gap)

    def _behind(self, offset: int, placed: Placed) -> str:
        """What stands behind the cursor in the value, as far as the line goes."""
        text, at = self.file.text, self.start + offset
        line = text.line_span(text.position(at).line)
        rest = text.slice(Span(at, line.end))
        if placed.quoted:
            quote = text.slice(Span(self.start + placed.replaces.start - 1, self.start + placed.replaces.start))
            return rest.partition(quote if quote in ("'", '"') else "\n")[0]
        return rest.partition(" #")[0]

    def _taken_otherwise(self, holder: Placeholder, placed: Placed, cursor: Cursor) -> Placed | None:
        """A word alone on a line is a key, a value or the beginning of an item, by what its place takes."""
        if placed.role == "value":
            shape = cursor.field.shape
            prose = (
                shape is None
                or isinstance(shape, shapes.Str | shapes.Expr)
                or open_expression(placed.typed) is not None
            )
            return None if prose else holder.as_key_beside()
        around = cursor.container.shape
        takes_map = around is None or type(around) is shapes.Shape or isinstance(around, _MAPS)
        if placed.role == "item" or placed.flow or not placed.bare or takes_map:
            return None
        if isinstance(around, _LISTS):
            return holder.as_item()
        return holder.as_value()

    def cursor(self, placed: Placed) -> Cursor:
        """The cursor in the document as it is with something in the place that it stands in."""
        way = trail(placed.source.tree, placed.offset)
        return Cursor(self.workspace, self.file, self.source, placed.source, way, placed.offset, self.start)


def typed_expression(placed: Placed, cursor: Cursor) -> str | None:
    """What is typed of an expression in front of the cursor, None where none stands there."""
    shape = cursor.field.shape
    if cursor.field.record is Condition and placed.typed.strip():
        shape = shapes.Expr()  # an old spelling: what is typed is the condition's `if`
    if placed.role != "value" or not isinstance(shape, shapes.Tree | shapes.Expr):
        return None
    opened = open_expression(placed.typed)
    return placed.typed if opened is None and isinstance(shape, shapes.Expr) else opened


def _alone(placed: Placed, typed: str, behind: str) -> bool:
    """Whether the expression at the cursor makes the whole value."""
    if placed.typed == typed:
        return True
    rest = behind.partition("}}")
    return placed.typed.lstrip()[: -len(typed) or None].strip() == "{{" and not rest[2].strip().strip("\"'")


def _items(placed: Placed, cursor: Cursor) -> Iterator[Item]:
    if placed.role == "key":
        return key_items(cursor, placed)
    if placed.role == "value":
        return value_items(cursor, placed, cursor.field.shape)
    return _new_items(cursor, placed)


def _new_items(cursor: Cursor, placed: Placed) -> Iterator[Item]:
    """New items of a list, each with its dash."""
    around = cursor.at(cursor.trail.path[:-2]).shape
    if isinstance(around, shapes.StepList):
        yield from step_snippets("- ")
    elif isinstance(around, shapes.ListOf) and not isinstance(around.item, shapes.Obj):
        inner = OneOperation() if isinstance(around, shapes.Operations) else around.item
        for item in value_items(cursor, placed, inner):
            yield replace(item, insert=f"- {item.insert}", snippet=item.snippet and f"- {item.snippet}")


def _begun(items: Iterable[Item], typed: str) -> tuple[Item, ...]:
    """Items in their order, but first those that go on from what is typed: it is they that editors go on showing."""
    start = typed.lower()
    return tuple(sorted(items, key=lambda item: item.label == typed or not item.label.lower().startswith(start)))
