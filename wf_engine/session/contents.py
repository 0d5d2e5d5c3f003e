"""What a workspace holds on disk, read into values."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from wf_engine.project import Unreadable, documents, read_text
from wf_engine.text import WfError
from wf_engine.workspace import Settings, Workspace


def located(path: str | Path) -> Path:
    """The absolute path, without `..`, with links kept as they are written: the workspace's names of files are such.

    Raises WfError for what no path can be.
    """
    if "\0" in str(path):
        raise WfError("A path has no NUL character in it.")
    return Path(os.path.abspath(path))  # noqa: PTH100 - pathlib has nothing that takes `..` out and keeps links


def read_workspace(
    root: Path, settings: Settings, named: Iterable[Path], texts: Mapping[str, str]
) -> tuple[Workspace, dict[str, Unreadable]]:
    """The workspace of a root, and what of it cannot be read by path.

    `named` are files that belong to it whatever they are called; `texts`, by path, hold instead of what is on disk.
    """
    unreadable: dict[str, Unreadable] = {}
    read = dict(texts)
    for path in _files(root, settings, tuple(named)):
        if str(path) in read:
            continue
        text = read_text(path)
        if isinstance(text, Unreadable):
            unreadable[str(path)] = text
            text = text.text
        read[str(path)] = text
    return Workspace.of(read, settings), unreadable


def _files(root: Path, settings: Settings, named: tuple[Path, ...]) -> list[Path]:
    found = list(documents(root, settings.checks.ignore))
    others = [path for path in named if path not in found]
    # A link to a document, named by the user, stands for it: the same document twice would be two definitions.
    targets = {os.path.realpath(path) for path in others}
    return [path for path in found if not targets or os.path.realpath(path) not in targets] + others
