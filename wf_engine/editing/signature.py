"""Signature help: which function or operation is being called at the cursor, and which argument is being written."""

from collections.abc import Collection
from dataclasses import dataclass

from wf_engine.editing.completion import placed_at, typed_expression
from wf_engine.editing.cursor import Cursor
from wf_engine.editing.documentation import operation_markdown
from wf_engine.editing.pipeline_shapes import ArgumentsOf
from wf_engine.expressions import FUNCTIONS
from wf_engine.expressions.lexer import Lexer
from wf_engine.syntax import Map
from wf_engine.text import Span
from wf_engine.transforms import Operation
from wf_engine.workspace import Workspace

_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


@dataclass(frozen=True)
class Signature:
    """A function or an operation as a person writes it; `parameters` are parts of the label, `active` the number of one."""

    label: str
    documentation: str
    parameters: tuple[str, ...]
    active: int | None


@dataclass
class _Open:
    """A bracket that is not closed yet; `name` is the function whose arguments stand in it."""

    name: str | None
    argument: int = 0


def signature(workspace: Workspace, path: str, offset: int) -> Signature | None:
    """The innermost call whose arguments an offset stands in. Works where the expression is not finished."""
    found = placed_at(workspace, path, offset)
    if found is None:
        return None
    typed = typed_expression(*found)
    call = _innermost(typed) if typed else None
    return (_of_function(call) if call else None) or _of_operation(found[1])


def _of_function(call: "_Open") -> Signature | None:
    function = FUNCTIONS.get(call.name or "")
    if function is None:
        return None
    last = len(function.parameters) - 1
    return Signature(
        function.signature,
        f"{function.documentation}\n\nExample: `{function.example}`",
        tuple(parameter.label for parameter in function.parameters),
        min(call.argument, last) if last >= 0 else None,
    )


def _of_operation(cursor: Cursor) -> Signature | None:
    """The operation of a pipeline among whose arguments the cursor stands."""
    path = cursor.trail.path
    for depth in range(len(path) - 1, 0, -1):
        shape = cursor.at(path[:depth]).shape
        if isinstance(shape, ArgumentsOf):
            arguments = cursor.trail.crumbs[depth].container
            given = [pair.name for pair in arguments.pairs] if isinstance(arguments, Map) else []
            return _operation(shape.operation, path[depth], given)
    return None


def _operation(operation: Operation, at: object, given: Collection[str | None]) -> Signature:
    """With the argument at the cursor as the active one; where its name is only being written, the first that is missing."""
    names = [each.name for each in operation.parameters]
    missing = (number for number, name in enumerate(names) if name not in given)
    active = names.index(at) if at in names else next(missing, None)
    labels = tuple(f"{each.name}{'' if each.required else '?'}: …" for each in operation.parameters)
    return Signature(f"{operation.name}: {{{', '.join(labels)}}}", operation_markdown(operation), labels, active)


def _innermost(typed: str) -> _Open | None:
    """The last call that is open at the end of a text. After a `|`, the first argument is given already."""
    lexer, opened = Lexer(typed, Span(0, len(typed))), list[_Open]()
    name, piped, before = None, False, ""
    while lexer.kind not in ("end", "open"):
        if lexer.kind in _OPENING or lexer.kind == "{{":
            called = name if lexer.kind == "(" else None
            opened.append(_Open(called, int(piped and called is not None)))
        elif lexer.kind in _CLOSING and opened:
            opened.pop()
        elif lexer.kind == "," and opened:
            opened[-1].argument += 1
        name = lexer.word if lexer.kind == "name" else None
        piped, before = (before == "|") if name else False, lexer.kind
        lexer.advance()
    return next((each for each in reversed(opened) if each.name is not None), None)
