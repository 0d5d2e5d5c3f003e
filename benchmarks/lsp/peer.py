"""The peer: yaml-language-server from npm, installed once a machine into the cache folder."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

PACKAGE = "yaml-language-server@2.0.0"


def cache() -> Path:
    """Where downloads live, outside the checkout."""
    if "WF_CACHE" in os.environ:
        return Path(os.environ["WF_CACHE"])
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "wf"


def installed() -> Path:
    """The peer's command; installs it if this machine does not have it yet."""
    folder = cache() / PACKAGE
    command = folder / "node_modules/.bin/yaml-language-server"
    if not command.exists():
        print(f"installing {PACKAGE} into {folder}")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
            subprocess.run(["npm", "install", "--silent", "--no-audit", "--prefix", temporary, PACKAGE], check=True)
            shutil.rmtree(folder, ignore_errors=True)
            Path(temporary).rename(folder)
            Path(temporary).mkdir()
    return command
