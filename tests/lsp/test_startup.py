"""Starting the server imports what answering `initialize` needs, and nothing that is heavy (architecture, invariant 12)."""

import json
import subprocess
import sys

import pytest

HEAVY = {
    "aiohttp", "alembic", "httpx", "jsonschema", "kopf", "networkx", "rich", "ruamel", "sqlalchemy", "starlette", "typer",
    "uvicorn", "websockets", "jinja2", "yaml", "pydantic",
}  # fmt: skip
LATER = {
    "tree_sitter",
    "tree_sitter_yaml",
    "jsonschema_rs",
    "wf_engine.checks",
    "wf_engine.editing",
    "wf_engine.analysis",
}
FEATURES = """
import io, json, os, sys
{start}
print(json.dumps(sorted(sys.modules)))
"""
INITIALIZE = """
from wf_engine.cli import main
read, write = os.pipe()
for message in (
    {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}},
    {"jsonrpc": "2.0", "id": 2, "method": "shutdown"}, {"jsonrpc": "2.0", "method": "exit"},
):
    body = json.dumps(message).encode()
    os.write(write, b"Content-Length: %d\\r\\n\\r\\n" % len(body) + body)
os.dup2(read, 0)
printed = os.dup(1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
assert main(["lsp", "--stdio"]) == 0
os.dup2(printed, 1)
sys.stdout = os.fdopen(1, "w")
"""
EVERYTHING = """
import importlib, pkgutil, wf_lsp
for found in pkgutil.walk_packages(wf_lsp.__path__, "wf_lsp."):
    importlib.import_module(found.name)
"""


def modules(start: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", FEATURES.replace("{start}", start)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("start", [INITIALIZE, EVERYTHING], ids=["up to the answer of initialize", "with all features"])
def test_the_server_imports_nothing_heavy(start):
    found = modules(start)
    assert {name for name in found if name.partition(".")[0] in HEAVY} == set()


def test_what_initialize_does_not_need_is_not_imported_for_it():
    found = modules(INITIALIZE)
    assert "wf_lsp.server" in found
    assert found & LATER == set()
