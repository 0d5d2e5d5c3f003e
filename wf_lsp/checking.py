"""`wf lsp --check`: what the server would use, and how long it takes to answer `initialize`."""

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import wf_engine
from wf_engine.project import documents, find_root, load_settings
from wf_engine.text import WfError

_LIBRARIES = ("pygls", "lsprotocol", "tree-sitter", "tree-sitter-yaml", "msgspec")
_START = "import sys; from wf_engine.cli import main; sys.exit(main(['lsp', '--stdio']))"
_MESSAGES = (
    {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {"processId": None, "rootUri": None, "capabilities": {}},
    },
    {"jsonrpc": "2.0", "id": 2, "method": "shutdown"},
    {"jsonrpc": "2.0", "method": "exit"},
)


def check() -> int:
    """Prints it; 1 where the server does not start or the configuration cannot be read."""
    code = 0
    for name, value, good in _facts():
        sys.stdout.write(f"{name:<12} {value}\n")
        code = code if good else 1
    return code


def _facts() -> Iterator[tuple[str, str, bool]]:
    yield "wf", f"{wf_engine.__version__} in {Path(wf_engine.__file__).parent}", True
    yield "python", f"{platform.python_version()} at {sys.executable}", True
    for name in _LIBRARIES:
        yield name, version(name), True
    root = find_root(Path.cwd())
    yield "root", str(root), True
    yield _settings(root)
    yield _started()


def _settings(root: Path) -> tuple[str, str, bool]:
    try:
        settings = load_settings(root, os.environ, {})
    except WfError as error:
        return "settings", str(error), False
    count = sum(1 for _ in documents(root, settings.checks.ignore))
    return "documents", f"{count} under the root", True


def _started() -> tuple[str, str, bool]:
    """The time from starting the process to the answer of `initialize`."""
    bodies = (json.dumps(message).encode() for message in _MESSAGES)
    sent = b"".join(b"Content-Length: %d\r\n\r\n%b" % (len(body), body) for body in bodies)
    start = time.perf_counter()
    command = [sys.executable, "-c", _START]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603 - our own
        if process.stdin is None or process.stdout is None:
            raise AssertionError("the pipes were asked for")
        process.stdin.write(sent)
        process.stdin.flush()
        first = process.stdout.read(1)
        milliseconds = (time.perf_counter() - start) * 1_000
        process.stdin.close()
        process.stdout.read()
        code = process.wait()
    good = bool(first) and code == 0
    return (
        "start-up",
        f"{milliseconds:.0f} ms to the answer of initialize" if good else "the server does not start",
        good,
    )
