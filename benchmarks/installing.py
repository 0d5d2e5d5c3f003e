"""What the benchmarks compare with: packages installed once a machine into the cache folder, outside the checkout."""

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path


def from_npm(package: str) -> Path:
    """The commands of a package from npm, which is given with its version."""

    def install(folder: Path) -> None:
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--prefix", folder, package], check=True)

    return _once(package, install) / "node_modules" / ".bin"


def from_pypi(package: str) -> Path:
    """The commands of a package from PyPI, which is given with its version, in an environment of its own."""

    def install(folder: Path) -> None:
        venv.create(folder, with_pip=True)
        subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "-qq", package], check=True)

    return _once(f"{package}-python3.{sys.version_info.minor}", install) / "bin"


def _once(name: str, install: Callable[[Path], None]) -> Path:
    folder = _cache() / name
    whole = folder / ".installed"
    if not whole.exists():
        print(f"installing {name} into {folder}", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        install(folder)
        whole.touch()
    return folder


def _cache() -> Path:
    if "WF_CACHE" in os.environ:
        return Path(os.environ["WF_CACHE"])
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "wf"
