"""Facts about the source that no import contract can state."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ONLY_IN = {
    "aiohttp": ("wf_engine/execution",),
    "starlette": ("wf_engine/testapi",),
    "uvicorn": ("wf_engine/testapi",),
    "sqlalchemy": ("wf_engine/history",),
    "alembic": ("wf_engine/history",),
    "typer": ("wf_engine/cli",),
    "rich": ("wf_engine/cli",),
    "pygls": ("wf_lsp",),
    "lsprotocol": ("wf_lsp",),
    "networkx": ("wf_engine/planning",),
    "tree_sitter": ("wf_engine/syntax",),
    "jsonschema_rs": ("wf_engine/types",),
}
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "common.py", "manager.py", "misc.py"}


def sources() -> list[Path]:
    return sorted([*ROOT.glob("wf_engine/**/*.py"), *ROOT.glob("wf_lsp/**/*.py")])


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_a_library_is_imported_in_its_layer_only(library: str) -> None:
    users = {str(path.relative_to(ROOT)) for path in sources() if library in imported(path)}
    assert users, f"nothing imports {library} any more: drop it from the dependencies"
    assert {user for user in users if not user.startswith(ONLY_IN[library])} == set()


def test_no_text_is_evaluated_as_code() -> None:
    calls = {
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("eval", "exec")
    }
    assert calls == set()


def test_files_are_named_after_what_they_hold() -> None:
    assert {str(path) for path in sources() if path.name in FORBIDDEN_NAMES} == set()


def test_public_surfaces_are_sorted() -> None:
    for path in ROOT.glob("wf_engine/*/__init__.py"):
        for node in ast.parse(path.read_text()).body:
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.targets[0], ast.Name)
                and node.targets[0].id == "__all__"
            ):
                names = ast.literal_eval(node.value)
                key = lambda name: (not name.isupper(), not name[0].isupper(), name)
                assert names == sorted(names, key=key), path


def test_every_dependency_has_its_line() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    listed = (ROOT / "docs/dependencies.md").read_text()
    wanted = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    names = {re.split(r"[>=\[]", spec)[0].strip() for spec in wanted}
    assert {name for name in names if name not in listed} == set()
