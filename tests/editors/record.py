"""Records anew what editors say of themselves: `python -m tests.editors.record [vscode] [neovim] [emacs]`.

The real editor is started on a workspace in which the server is a program that only keeps what it is told. Of that, the
parameters of `initialize` go to tests/lsp/clients/NAME.json, without what is this machine's.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.editors.conftest import CACHE, CHECKOUT
from tests.shop import copy_of_shop
from wf_lsp.transport import FrameReader

FOLDER = Path(__file__).parent
TARGET = CHECKOUT / "tests" / "lsp" / "clients"
DOCUMENT = "workflows/order-dashboard.workflow.yaml"
PATIENCE_SECONDS = 120
OF_THIS_MACHINE = ("processId", "rootPath", "rootUri", "workspaceFolders")


class Start(NamedTuple):
    """How an editor is started, and what it needs in its environment."""

    command: Sequence[str | Path]
    environment: Mapping[str, str]


def _vscode(workspace: Path) -> Start:
    newest = lambda pattern: str(max(CACHE.glob(pattern), key=lambda folder: folder.stat().st_mtime))
    return Start(["node", FOLDER / "vscode" / "scenario.mjs", "greeting"], {
        "WF_CODE_SERVER": newest("code-server-*"),
        "WF_PLAYWRIGHT": newest("playwright-core-*"),
        "WF_VSIX": str(CHECKOUT / "editors" / "vscode" / "dist" / "wf.vsix"),
        "WF_PROFILE": str(workspace.parent / "profile"),
    })  # fmt: skip


def _neovim(workspace: Path) -> Start:
    setup = f"lua require('wf').setup({{ cmd = {{ '{_program(workspace)}' }}, trusted = true }})"
    start = ["--clean", "--headless", "--cmd", f"set runtimepath^={CHECKOUT}/editors/neovim"]
    return Start([CACHE / "neovim-forky" / "nvim", *start, "-c", setup, "-c", f"edit {workspace / DOCUMENT}"], {})


def _emacs(workspace: Path) -> Start:
    connect = f"""(eglot '(fundamental-mode) '(transient . "{workspace}/") 'eglot-lsp-server
                   '("{_program(workspace)}" "lsp" "--stdio") '("yaml"))"""
    start = ["-Q", "--batch", "--eval", "(require 'eglot)", "--visit", workspace / DOCUMENT, "--eval", connect]
    return Start([CACHE / "emacs-forky" / "emacs", *start], {})


EDITORS: Mapping[str, tuple[Callable[[Path], Start], Sequence[str]]] = {
    "vscode": (_vscode, ("install-vscode.sh", "install-chromium.sh", "build-vscode.sh")),
    "neovim": (_neovim, ("install-neovim.sh",)),
    "emacs": (_emacs, ("install-emacs.sh",)),
}


def _program(workspace: Path) -> Path:
    return workspace / ".venv" / "bin" / "wf"


def _heard(workspace: Path) -> Path:
    return workspace.parent / "heard"


def _said(workspace: Path) -> dict[str, Any] | None:
    """The first message that the program was told, once all of it is there."""
    with _heard(workspace).open("rb") as file, contextlib.suppress(ValueError):
        frame = FrameReader(file.read).frame()
        return None if frame is None else json.loads(frame)
    return None


def recorded(name: str) -> dict[str, Any]:
    """The parameters of `initialize` that an editor sends."""
    starter, installers = EDITORS[name]
    for script in installers:
        subprocess.run([CHECKOUT / "tools" / "editors" / script], check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory(prefix="wf-") as folder:
        workspace = copy_of_shop(Path(folder) / "shop")
        program = _program(workspace)
        program.parent.mkdir(parents=True)
        program.write_text(f'#!/bin/sh\nexec cat >"{_heard(workspace)}"\n')
        program.chmod(0o755)
        _heard(workspace).touch()
        start = starter(workspace)
        own = {"HOME": folder, "WF_CHECKOUT": str(CHECKOUT), "WF_ARTIFACTS": folder, "WF_WORKSPACE": str(workspace)}
        message = _first_message(workspace, Start(start.command, {**os.environ, **own, **start.environment}))
    assert message["method"] == "initialize"
    return {key: value for key, value in message["params"].items() if key not in OF_THIS_MACHINE}


def _first_message(workspace: Path, start: Start) -> dict[str, Any]:
    with subprocess.Popen(
        start.command,
        env=dict(start.environment),
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        stderr=sys.stderr,
        start_new_session=True,
    ) as process:
        try:
            end = time.monotonic() + PATIENCE_SECONDS
            while (message := _said(workspace)) is None:
                if time.monotonic() > end:
                    sys.exit(f"it said nothing within {PATIENCE_SECONDS} s")
                time.sleep(0.1)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    return message


def main() -> None:
    """Records the editors that are named, or all."""
    TARGET.mkdir(exist_ok=True)
    for name in sys.argv[1:] or EDITORS:
        params = recorded(name)
        (TARGET / f"{name}.json").write_text(json.dumps(params, indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
