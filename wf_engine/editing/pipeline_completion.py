"""Completion of transforms: names of operations, of the arguments of one, and paths into what they get."""

import json
from collections.abc import Collection, Iterator

from wf_engine.analysis import TransformAnalysis, analyse_task
from wf_engine.editing.cursor import Cursor
from wf_engine.editing.documentation import operation_markdown, parameter_markdown
from wf_engine.editing.items import Item, Kind
from wf_engine.editing.pipeline_shapes import ArgumentsOf, OneOperation
from wf_engine.editing.placeholder import Placed
from wf_engine.transforms import OPERATIONS, Operation, reachable
from wf_engine.types import ANY, Type, describe


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


def path_items(cursor: Cursor, placed: Placed) -> Iterator[Item]:
    """The paths to the properties of what is selected from, one step on from what is typed."""
    typed = placed.typed
    before = typed[: max(typed.rfind("."), typed.rfind("["), 0)].removesuffix(".") or "$"
    for rank, found in enumerate(reachable(typed, len(typed), _selected_from(cursor))):
        path = before + found.written
        if placed.quoted and "'" in found.written:
            continue  # the quote around it may be the same
        text = path if placed.quoted or "[" not in path else json.dumps(path, ensure_ascii=False)
        about = describe(found.property.type)
        yield Item(path, Kind.PROPERTY, text, about, found.property.description or "", rank=rank)


def _selected_from(cursor: Cursor) -> Type:
    """The type of what a path at the cursor is applied to."""
    path, transform = cursor.trail.path, _transform(cursor)
    if transform is None or path[-1] == "rightKey":
        return ANY
    if "pipeline" not in path:
        return transform.input
    return transform.item_at(path[len(path) - path[::-1].index("pipeline")])


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
