"""The mutants of a package: cosmic-ray's operators, one change for each operator and place."""

import ast
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).resolve().parents[2]
_NOT_USED = {"VariableReplacer", "VariableInserter"}
"""They want to be told names."""
_LIMIT = re.compile(r"_?(MAX|MOST|LONGEST|DEEPEST|SEEDS|VARIANTS|SCANS|SHOWN)(_|$)")
"""Names of limits: of work, of what is shown, of how deep something may be."""
_SAME = {("Is", "Eq"), ("Eq", "Is"), ("IsNot", "NotEq"), ("NotEq", "IsNot")}
"""Replacements that mean the same for None, for booleans and for members of enums, where `is` is used here."""
_ALSO_SYNTAX = ("BitOr", "Pow")
"""Operators whose signs stand in patterns and in unpacking too, where no other may stand."""

Position = tuple[int, int]


@dataclass(frozen=True)
class Mutant:
    """A change to a module: the `occurrence`-th place of an operator. `place` is its line and column, both from 1."""

    path: str
    operator: str
    occurrence: int
    place: Position

    @property
    def module(self) -> str:
        """The name of the module."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def key(self, source: str) -> str:
        """The same for the same change to the same text."""
        digest = hashlib.blake2b(source.encode(), digest_size=6).hexdigest()
        return f"{self.path}:{self.place[0]}:{self.place[1]} {self.operator} {self.occurrence} {digest}"

    def mutated(self, source: str) -> str:
        """The text of the module after the change."""
        changed: str = mutate_code(source, _operator(self.operator), self.occurrence)
        return changed


def _operator(name: str) -> Any:
    return get_operator(f"core/{name}")()


def mutants_of(package: str, root: Path = ROOT) -> list[Mutant]:
    """Every mutant of a package, given as a folder such as `wf_engine/types`."""
    found = []
    for path in sorted((root / package).rglob("*.py")):
        found += list(_of_module(path.relative_to(root).as_posix(), path.read_text("utf-8")))
    return found


def _of_module(path: str, source: str) -> Iterator[Mutant]:
    tree, silent = get_ast(source), _unnoticed(source)
    chosen: dict[tuple[str, Position], list[Mutant]] = {}
    for operator, occurrence, place in _occurrences(tree):
        family, _, change = operator.partition("_")
        if family in _NOT_USED or tuple(change.split("_")) in _SAME or any(a <= place < b for a, b in silent):
            continue
        line, column = place
        mutant = Mutant(path, operator, occurrence, (line, column + 1))
        if change.startswith(_ALSO_SYNTAX) and not _is_python(mutant.mutated(source)):
            continue
        chosen.setdefault((family, place), []).append(mutant)
    for (family, place), several in chosen.items():
        number = int.from_bytes(hashlib.blake2b(f"{path}{family}{place}".encode(), digest_size=4).digest())
        yield several[number % len(several)]


def _is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


def _occurrences(tree: Any) -> Iterator[tuple[str, int, Position]]:
    nodes = list(ast_nodes(tree))
    for name in operator_names():
        short = name.removeprefix("core/")
        if short in _NOT_USED:
            continue
        operator, count = _operator(short), 0
        for node in nodes:
            for start, _ in operator.mutation_positions(node):
                yield short, count, start
                count += 1


def _unnoticed(source: str) -> list[tuple[Position, Position]]:
    """What no table can notice: types as they are written, what only saves time, and the exact height of a limit."""
    tree = ast.parse(source)
    parts: list[ast.AST | None] = [
        getattr(node, name, None) for node in ast.walk(tree) for name in ("annotation", "returns")
    ]
    decorators: list[ast.AST] = []
    for node in ast.walk(tree):
        names = [target.id for target in getattr(node, "targets", ()) if isinstance(target, ast.Name)]
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names = [node.target.id]
        if isinstance(node, ast.Assign | ast.AnnAssign) and any(_LIMIT.match(name) for name in names):
            parts.append(node.value)
        if isinstance(node, ast.FunctionDef):
            decorators += [each for each in node.decorator_list if "cache" in ast.unparse(each)]
    return [
        ((part.lineno, 0 if part in decorators else part.col_offset), (part.end_lineno or 0, part.end_col_offset or 0))
        for part in [*parts, *decorators]
        if isinstance(part, ast.expr)
    ]
