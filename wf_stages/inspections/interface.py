"""Gate 13: the public interface is the one on record in `contracts/interface.txt`."""

import ast
import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

from wf_stages.errors import StageError
from wf_stages.repository import Repository

AGREED = "contracts/interface.txt"
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def interface(root: Path, arguments: Sequence[str]) -> tuple[list[str], int]:
    """Compares; first the file that takes what was found, then Python sources, or folders of TypeScript declarations."""
    target, *places = arguments
    lines = [line for place in places for line in _lines(root, Path(place))]
    Path(target).write_text("".join(f"{line}\n" for line in lines), "utf-8")
    try:
        agreed = (root / AGREED).read_text("utf-8").splitlines()
    except OSError as error:
        raise StageError(f"{AGREED} is missing: the one found is in {Path(target).name}, agree on it") from error
    return [line for line in difflib.ndiff(agreed, lines) if line[0] in "+-"], len(lines)


def _lines(root: Path, place: Path) -> Iterator[str]:
    folder = (root / place).resolve()
    for path in sorted(folder.rglob("*.d.ts")):
        name = path.relative_to(folder).as_posix()
        yield from (f"{name}: {line.strip()}" for line in path.read_text("utf-8").splitlines() if _declares(line))
    for path in Repository(root).files():
        if path.suffix == ".py" and path.resolve().is_relative_to(folder) and not _private(path.stem):
            name = path.resolve().relative_to(folder).as_posix() if folder.is_dir() else path.name
            yield from (f"{name}: {line}" for line in _python(path))


def _declares(line: str) -> bool:
    # TypeScript writes `export {};` for a module that gives nothing away.
    return line.strip() not in {"", "export {};"} and not line.strip().startswith(("/", "*"))


def _python(path: Path) -> Iterator[str]:
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError) as error:
        raise StageError(f"{path}: {error}") from error
    yield from _members(tree.body, "")


def _members(body: Sequence[ast.stmt], prefix: str) -> Iterator[str]:
    for node in body:
        if isinstance(node, _Function) and not _private(node.name):
            result = f" -> {ast.unparse(node.returns)}" if node.returns else ""
            yield f"def {prefix}{node.name}({ast.unparse(node.args)}){result}"
        elif isinstance(node, ast.ClassDef) and not _private(node.name):
            yield f"class {prefix}{node.name}({', '.join(ast.unparse(base) for base in node.bases)})"
            yield from _members(node.body, f"{prefix}{node.name}.")
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and not _private(node.target.id):
            yield f"{prefix}{node.target.id}: {ast.unparse(node.annotation)}"


def _private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")
