"""Signature help: which function is being called at the cursor, and which of its arguments is being written."""

from dataclasses import dataclass

from wf_engine.editing.completion import typed_expression
from wf_engine.expressions import FUNCTIONS
from wf_engine.expressions.lexer import Lexer
from wf_engine.text import Span
from wf_engine.workspace import Workspace

_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


@dataclass(frozen=True)
class Signature:
    """A function as a person writes it down; `parameters` are parts of the label, `active` the number of one."""

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
    typed = typed_expression(workspace, path, offset)
    call = _innermost(typed) if typed else None
    function = FUNCTIONS.get(call.name or "") if call else None
    if call is None or function is None:
        return None
    last = len(function.parameters) - 1
    return Signature(
        function.signature,
        f"{function.documentation}\n\nExample: `{function.example}`",
        tuple(parameter.label for parameter in function.parameters),
        min(call.argument, last) if last >= 0 else None,
    )


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
