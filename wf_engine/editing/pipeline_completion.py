"""Completion of transforms: names of operations, of the arguments of one, and paths into what they get."""

import json
import re
from collections.abc import Collection, Iterator

from wf_engine.analysis import TransformAnalysis, analyse_task
from wf_engine.editing.cursor import Cursor
from wf_engine.editing.documentation import operation_markdown, parameter_markdown
from wf_engine.editing.items import Item, Kind
from wf_engine.editing.pipeline_shapes import ArgumentsOf, OneOperation
from wf_engine.editing.placeholder import Placed
from wf_engine.editing.yaml_words import yaml_word
from wf_engine.expressions import infer, parse_template
from wf_engine.syntax import Map, Scalar
from wf_engine.transforms import OPERATIONS, Operation, PathError, parse_path, path_type, reachable
from wf_engine.types import Type, describe, item_of, properties, without_null

_NEEDS_QUOTES = (re.compile(r": | #|\Z(?<=[:\s])"), re.compile(r"[\[\]{},]|: | #|\Z(?<=[:\s])"))
"""What a plain path cannot hold in block style, and in flow style."""


def operation_items(placed: Placed) -> Iterator[Item]:
    """The operations, each with the arguments that it must have."""
    for name, operation in OPERATIONS.items():
        text, snippet = (name, None) if placed.quoted else _call(operation)
        yield Item(name, Kind.FUNCTION, text, operation.documentation, operation_markdown(operation), snippet)


def pipeline_keys(shape: OneOperation | ArgumentsOf, present: Collection[str | None], placed: Placed) -> Iterator[Item]:
    """The keys that may stand in an operation, or among its arguments, beside those that are there."""
    if isinstance(shape, ArgumentsOf):
        yield from _arguments(shape.operation, present, placed)
    elif not present and placed.bare:
        yield from operation_items(placed)
    elif not present:
        for name, operation in OPERATIONS.items():
            yield Item(name, Kind.FUNCTION, name, operation.documentation, operation_markdown(operation))


def path_items(cursor: Cursor, placed: Placed, *, one: bool = False) -> Iterator[Item]:
    """The paths into what is selected from, one step on from what is typed; `one`: those to one value."""
    typed, selected = placed.typed, _selected_from(cursor)
    for rank, found in enumerate(reachable(typed, len(typed), selected) if selected is not None else ()):
        if placed.quoted and "'" in found.path:
            continue  # the quote around it may be the same
        if one and ("*" in found.path or ".." in found.path):
            continue
        plain = placed.quoted or not _NEEDS_QUOTES[placed.flow].search(found.path)
        text = found.path if plain else json.dumps(found.path, ensure_ascii=False)
        about = describe(found.type) + ("" if found.certain else ", may be absent")
        yield Item(found.path, Kind.PROPERTY, text, about, found.description or "", rank=rank)


def field_names(cursor: Cursor, present: Collection[str | None], placed: Placed) -> Iterator[Item]:
    """New fields of an operation that keep the names that the items have."""
    selected = _selected_from(cursor)
    for name, found in properties(without_null(selected)).items() if selected is not None else ():
        if name not in present:
            path = f"$.{name}" if name.isidentifier() and name.isascii() else ""
            text = f"{yaml_word(name)}: {path}" if placed.bare else yaml_word(name)
            yield Item(name, Kind.PROPERTY, text, describe(found.type), found.description or "")


def _selected_from(cursor: Cursor) -> Type | None:
    """The type of what a path at the cursor is applied to, None where nothing is known of it."""
    path, transform = cursor.trail.path, _transform(cursor)
    if transform is None:
        return None
    if "pipeline" not in path or path[-1] == "with":
        return transform.input
    if path[-1] == "rightKey":
        return _other_item(cursor, transform)
    return transform.item_at(path[len(path) - path[::-1].index("pipeline")])


def _other_item(cursor: Cursor, transform: TransformAnalysis) -> Type | None:
    """The type of the items of the list that is joined."""
    around = cursor.trail.crumbs[-1].container
    given = around.get("with") if isinstance(around, Map) else None
    if not isinstance(given, Scalar):
        return None
    single = parse_template(given.text).single
    if single is not None:
        return item_of(without_null(infer(single, transform.scope).type))
    try:
        return item_of(path_type(parse_path(given.text), transform.input).type)
    except PathError:
        return None


def _transform(cursor: Cursor) -> TransformAnalysis | None:
    if cursor.step is not None:
        return cursor.step.transform
    task = analyse_task(cursor.workspace, cursor.tree)
    return task.transform if task is not None else None


def _arguments(operation: Operation, present: Collection[str | None], placed: Placed) -> Iterator[Item]:
    for parameter in operation.parameters:
        if parameter.name not in present:
            text = f"{parameter.name}: " if placed.bare else parameter.name
            about = parameter_markdown(parameter)
            yield Item(
                parameter.name, Kind.FIELD, text, parameter.takes.wanted.rstrip(","), about, rank=not parameter.required
            )


def _call(operation: Operation) -> tuple[str, str | None]:
    """An operation with its required arguments as it is inserted, and with a tab stop for each."""
    if operation.bare:
        return operation.name, None
    names = [parameter.name for parameter in operation.parameters if parameter.required]
    if not names:
        return f"{operation.name}: {{}}", f"{operation.name}: {{$0}}"
    stops = ", ".join(f"{name}: ${number}" for number, name in enumerate(names, 1))
    return f"{operation.name}: {{{', '.join(f'{name}: ' for name in names)}}}", f"{operation.name}: {{{stops}}}$0"
