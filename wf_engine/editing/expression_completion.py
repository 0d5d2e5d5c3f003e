"""Completion inside an expression: roots, names under them, properties typed from schemas, functions."""

import re
from collections.abc import Iterator

from wf_engine.analysis import StepScope
from wf_engine.editing.cursor import Cursor
from wf_engine.editing.documentation import function_markdown
from wf_engine.editing.expression_scope import scope_at
from wf_engine.editing.items import Item, Kind
from wf_engine.editing.setting_names import secret_items, used_variables
from wf_engine.editing.waiting import cannot_wait_for
from wf_engine.expressions import (
    FUNCTIONS,
    Call,
    Embedded,
    Expr,
    Index,
    Literal,
    Member,
    Name,
    infer,
    parse_expression,
    parse_template,
    walk,
)
from wf_engine.types import ANY, Type, describe, item_of, properties, property_of, without_null

_ROOTS = {
    "input": "the input",
    "tasks": "the outputs of steps",
    "env": "configured variables",
    "secrets": "secrets",
    "execution": "this run: id, startedAt, workflow",
    "forEach": "the item of the loop",
    "error": "why the step failed",
    "item": "the item that the operation is at",
    "index": "its number, from 0",
}
_WORD = re.compile(r"[A-Za-z_$][\w$]*+(?:-++\w++)*+-*+\Z")
_LONGEST_WORD = 200


def open_expression(typed: str) -> str | None:
    """What stands behind the last `{{` that is not closed; None outside of a template (language §5)."""
    if "{{" not in typed:
        return None
    parts = parse_template(typed).parts
    last = parts[-1] if parts else None
    return typed[last.inner.start :] if isinstance(last, Embedded) and last.span.end == last.inner.end else None


def word_at_end(typed: str) -> str:
    """The name that is being written at the end of a text; empty where none is."""
    match = _WORD.search(typed, max(0, len(typed) - _LONGEST_WORD))
    return match[0] if match else ""


def expression_items(cursor: Cursor, typed: str) -> Iterator[Item]:
    """What may stand in the place of the word at the end of what is typed of an expression."""
    before = typed[: len(typed) - len(word_at_end(typed))]
    if before.endswith("."):
        yield from _members(before.removesuffix(".").removesuffix("?"), cursor)
    elif _in_string(before) or before.rstrip()[-1:] in (")", "]"):
        return
    elif before.rstrip().endswith("|") and not before.rstrip().endswith("||"):
        yield from _functions(piped=True)
    else:
        yield from _roots(cursor)
        yield from _functions(piped=False)


def _in_string(text: str) -> bool:
    quote = ""
    for index, char in enumerate(text):
        if quote:
            quote = "" if char == quote and text[index - 1] != "\\" else quote
        elif char in "\"'":
            quote = char
    return bool(quote)


def _roots(cursor: Cursor) -> Iterator[Item]:
    """The roots: inside a loop or a fallback what is there only there, then whatever most expressions begin with."""
    scope = scope_at(cursor)
    reads_steps = bool(set(scope.members("tasks")) - cannot_wait_for(cursor)) if scope.keyed("tasks") else False
    likely = ("item", "error", "forEach", *(("tasks", "input") if reads_steps else ("input", "tasks")))
    for name in scope.roots():
        keyed = (
            scope.keyed(name) or name in ("input", "error", "execution") or bool(properties(scope.root(name) or ANY))
        )
        rank = likely.index(name) if name in likely else len(likely)
        yield Item(name, Kind.ROOT, name + ("." if keyed else ""), _ROOTS.get(name, ""), rank=rank)


def _functions(*, piped: bool) -> Iterator[Item]:
    for name, function in sorted(FUNCTIONS.items()):
        wanted = function.parameters[1:] if piped else function.parameters
        needed = any(parameter.default is None for parameter in wanted)
        snippet = f"{name}($0)" if needed else None if piped else f"{name}()"
        yield Item(name, Kind.FUNCTION, name, function.signature, function_markdown(name), snippet, rank=9)


def _members(before: str, cursor: Cursor) -> Iterator[Item]:
    target = _target(before)
    scope = scope_at(cursor)
    if isinstance(target, Name) and scope.keyed(target.name):
        if target.name == "tasks":
            yield from _steps(scope, cursor)
        else:
            yield from _names(scope, target.name)
            yield from used_variables(cursor) if target.name == "env" else ()
            yield from secret_items(cursor) if target.name == "secrets" else ()
    elif target is not None:
        for name, found in properties(without_null(_type(target, scope))).items():
            optional = "" if found.required else ", optional"
            detail = describe(found.type) + optional
            rank = 0 if name in cursor.trail.path[-2:] else 1 if found.required else 2
            yield Item(name, Kind.PROPERTY, name, detail, found.description or "", rank=rank)


def _names(scope: StepScope, root: str) -> Iterator[Item]:
    for name in scope.members(root):
        member = scope.member(root, name)
        about = f"Configured as `{scope.env[name]}`." if root == "env" else ""
        yield Item(name, Kind.PROPERTY, name, describe(member) if member else "", about)


def _steps(scope: StepScope, cursor: Cursor) -> Iterator[Item]:
    """Steps that may be read here: the nearest before the cursor's first."""
    excluded, ids = cannot_wait_for(cursor), list(scope.members("tasks"))
    own = cursor.step.step.id if cursor.step else None
    here = ids.index(own) if own in ids else len(ids)
    described: dict[Type, str] = {}
    for number, name in enumerate(ids):
        if name not in excluded:
            view = scope.steps(name) if scope.steps else None
            if view is not None and view.output not in described:
                described[view.output] = describe(view.output)
            rank = here - number if number < here else number
            yield Item(name, Kind.STEP, name, described[view.output] if view else "", rank=rank)


def _target(before: str) -> Expr | None:
    """The expression that ends where the dot stands."""
    text = before.rstrip()
    kinds = {")": (Call,), "]": (Index,)}.get(text[-1:], (Member, Name))
    found = [
        node for node in walk(parse_expression(text).root) if node.span.end == len(text) and isinstance(node, kinds)
    ]
    return max(found, key=lambda node: node.span.end - node.span.start) if found else None


def _type(expr: Expr, scope: StepScope) -> Type:
    """The type that a value has where it is there: what may be missing on the way is another matter."""
    match expr:
        case Member(target=target, name=name) | Index(target=target, index=Literal(value=str() as name)):
            if isinstance(target, Name) and scope.keyed(target.name):
                return scope.member(target.name, name) or ANY
            return without_null(property_of(_type(target, scope), name).type)
        case Index(target=target):
            return without_null(item_of(_type(target, scope)))
    return without_null(infer(expr, scope).type)
