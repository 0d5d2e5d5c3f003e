"""Completion inside an expression: roots, names under them, properties typed from schemas, functions."""

import re
from collections.abc import Iterator

from wf_engine.analysis import StepScope
from wf_engine.editing.hover import function_markdown
from wf_engine.editing.items import Item, Kind
from wf_engine.expressions import FUNCTIONS, Expr, Member, Name, infer, parse_expression, walk
from wf_engine.types import describe, properties

_ROOTS = {
    "input": "the input",
    "tasks": "the outputs of steps",
    "env": "configured variables",
    "secrets": "secrets",
    "execution": "this run: id, startedAt, workflow",
    "forEach": "the item of the loop",
    "error": "why the step failed",
}
_WORD = re.compile(r"[A-Za-z_$][\w$]*(?:-+\w+)*-*$")


def template_prefix(line: str) -> str | None:
    """What stands between the last `{{` that is not closed and the cursor; None outside of a template."""
    start = line.rfind("{{")
    if start < 0 or "}}" in line[start:]:
        return None
    if start > 0 and line[start - 1] == "\\":
        return None
    return line[start + 2 :]


def complete_expression(typed: str, scope: StepScope, excluded: frozenset[str]) -> tuple[list[Item], int]:
    """Items for the word at the end of `typed`, and how much of it they replace. `excluded` are steps that would make a cycle."""
    match = _WORD.search(typed)
    word = match[0] if match else ""
    before = typed[: len(typed) - len(word)]
    if before.endswith("."):
        return list(_members(before.removesuffix(".").removesuffix("?"), scope, excluded)), len(word)
    if before.rstrip().endswith("|") and not before.rstrip().endswith("||"):
        return list(_functions()), len(word)
    if _in_string(before):
        return [], 0
    return [*_root_items(scope), *_functions()], len(word)


def _in_string(text: str) -> bool:
    quote = ""
    for index, char in enumerate(text):
        if quote:
            quote = "" if char == quote and text[index - 1] != "\\" else quote
        elif char in "\"'":
            quote = char
    return bool(quote)


def _root_items(scope: StepScope) -> Iterator[Item]:
    for name in scope.roots():
        dot = "." if scope.keyed(name) or name == "input" else ""
        yield Item(name, Kind.ROOT, name + dot, _ROOTS.get(name, ""), rank=0)


def _functions() -> Iterator[Item]:
    for name in FUNCTIONS:
        yield Item(name, Kind.FUNCTION, name, "function", function_markdown(name), rank=2)


def _target(before: str) -> Expr | None:
    """The expression that ends where the dot stands."""
    root = parse_expression(before).root
    ending = [node for node in walk(root) if node.span.end == len(before.rstrip())]
    paths = [node for node in ending if isinstance(node, Member | Name) or type(node).__name__ in ("Index", "Call")]
    return max(paths, key=lambda node: node.span.end - node.span.start) if paths else None


def _members(before: str, scope: StepScope, excluded: frozenset[str]) -> Iterator[Item]:
    target = _target(before)
    if target is None:
        return
    if isinstance(target, Name) and scope.keyed(target.name):
        for name in scope.members(target.name):
            if target.name == "tasks" and name in excluded:
                continue
            member = scope.member(target.name, name)
            if target.name == "tasks":
                detail = describe(properties(member)["output"].type) if member else ""
                yield Item(name, Kind.STEP, name, detail)
            else:
                yield Item(name, Kind.PROPERTY, name, describe(member) if member else "")
        return
    type_ = infer(target, scope).type
    for name, found in properties(type_).items():
        optional = "" if found.required else ", optional"
        yield Item(name, Kind.PROPERTY, name, describe(found.type) + optional, found.description or "", rank=0 if found.required else 1)
