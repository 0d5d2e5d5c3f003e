"""Gate 18 for Python: functions that are too long, too deep or too branched."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

from wf_stages.errors import StageError
from wf_stages.repository import Repository

CYCLOMATIC, LINES, NESTING = 15, 50, 4
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match)
_BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.IfExp, ast.ExceptHandler, ast.comprehension, ast.match_case)


def complexity(root: Path, arguments: Sequence[str]) -> tuple[list[str], int]:
    """`file:line: function: figure` of each function beyond a bound, and how many functions were measured."""
    found, count = [], 0
    places = [(root / each).resolve() for each in arguments]
    for path in Repository(root).files():
        if path.suffix != ".py" or not any(path.resolve().is_relative_to(place) for place in places):
            continue
        for function in _functions(path):
            count += 1
            where = f"{path.relative_to(root).as_posix()}:{function.lineno}: {function.name}"
            found += [f"{where}: {text}" for text in beyond(function)]
    return found, count


def _functions(path: Path) -> Iterator[_Function]:
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError) as error:
        raise StageError(f"{path}: {error}") from error
    return (node for node in ast.walk(tree) if isinstance(node, _Function))


def beyond(function: _Function) -> Iterator[str]:
    """The bounds that a function breaks."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    figures = (("cyclomatic complexity", _cyclomatic(function), CYCLOMATIC), ("lines", lines, LINES))
    for name, value, bound in (*figures, ("nesting", _nesting(function.body), NESTING)):
        if value > bound:
            yield f"{name} {value}, at most {bound}"


def _own(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function, those of functions inside it aside."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, _Function):
            yield child
            yield from _own(child)


def _cyclomatic(function: _Function) -> int:
    nodes = list(_own(function))
    operators = sum(len(node.values) - 1 for node in nodes if isinstance(node, ast.BoolOp))
    return 1 + operators + sum(isinstance(node, _BRANCHES) for node in nodes)


def _nesting(body: Sequence[ast.AST]) -> int:
    return max((_depth(node) for node in body), default=0)


def _depth(node: ast.AST) -> int:
    if isinstance(node, _Function):
        return 0
    # `elif` is an `if` in the `else` of another: as deep as it, for whoever reads it.
    flat = isinstance(node, ast.If) and len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If)
    below = [_depth(child) for child in ast.iter_child_nodes(node) if not (flat and child is node.orelse[0])]  # type: ignore[attr-defined]
    chain = _depth(node.orelse[0]) if flat else 0  # type: ignore[attr-defined]
    return max(chain, max(below, default=0) + isinstance(node, _BLOCKS))
