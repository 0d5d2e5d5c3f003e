"""No method that the server answers is without a test in which editors ask it."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from lsprotocol import types

from wf_lsp.server import COMMANDS, WfServer

FOLDER = Path(__file__).parent
IN_A_SESSION = {
    types.INITIALIZE: "initialize_session",
    types.INITIALIZED: "initialize_session",
    types.SHUTDOWN: "shutdown_session",
    types.EXIT: "shutdown_session",
}


def asked_as(method: str) -> set[str]:
    """What a client of pygls calls to ask or tell a method."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", method).replace("/", "_").lower()
    return {name, f"{name}_async", IN_A_SESSION.get(method, name)}


def with_editors() -> Iterator[ast.Module]:
    """The tests over real stdio that have an `editor`, and what starts and ends it."""
    for path in (*FOLDER.glob("test_*.py"), FOLDER / "editors.py"):
        text = path.read_text("utf-8")
        if "over_stdio" in text and path != Path(__file__):
            yield ast.parse(text)


def calls(trees: Iterable[ast.Module]) -> set[str]:
    """The names of the methods that are called on something."""
    every = (node for tree in trees for node in ast.walk(tree))
    return {node.func.attr for node in every if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}


def untested(methods: Iterable[str], called: set[str]) -> list[str]:
    return sorted(method for method in methods if not asked_as(method) & called)


def test_each_method_is_asked_by_editors():
    protocol = WfServer().protocol.fm
    methods = [*protocol.features, types.SHUTDOWN, types.EXIT, types.WORKSPACE_EXECUTE_COMMAND]
    called = calls(with_editors())
    assert untested(methods, called) == []
    assert untested(["textDocument/moniker", *methods], called) == ["textDocument/moniker"]


def test_each_command_is_carried_out():
    written = {
        node.value
        for path in FOLDER.glob("test_*.py")
        for tree in [ast.parse(path.read_text("utf-8"))]
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
    }
    assert {name for name, _ in COMMANDS} <= written
