"""Completion of pipelines: names of operations, and of the arguments of one."""

from collections.abc import Collection, Iterator

from wf_engine.editing.documentation import operation_markdown, parameter_markdown
from wf_engine.editing.items import Item, Kind
from wf_engine.editing.pipeline_shapes import ArgumentsOf, OneOperation
from wf_engine.editing.placeholder import Placed
from wf_engine.transforms import OPERATIONS, Operation


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
