"""The root of a workspace."""

import tomllib
from pathlib import Path


def find_root(path: Path) -> Path:
    """The nearest folder from `path` up that holds wf.toml, a pyproject.toml with `[tool.wf]`, or .git.

    Where there is none, the folder of `path`. Links are kept as they are written, since editors name files so too.
    """
    start = path.absolute()
    folder = start if start.is_dir() else start.parent
    return next((each for each in (folder, *folder.parents) if _is_root(each)), folder)


def _is_root(folder: Path) -> bool:
    try:
        return (
            (folder / "wf.toml").is_file() or (folder / ".git").exists() or _has_tool_table(folder / "pyproject.toml")
        )
    except OSError:
        return False


def _has_tool_table(path: Path) -> bool:
    try:
        text = path.read_text("utf-8")
        # Most pyproject.toml files are not ours, and reading TOML is a hundred times slower than this look.
        return "wf" in text and "wf" in tomllib.loads(text).get("tool", {})
    except (OSError, ValueError, TypeError, AttributeError):
        return False
