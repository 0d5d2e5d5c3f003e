"""The documents of a workspace: which files under a folder are ours."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wf_engine.language import GROUPS
from wf_engine.project.ignoring import Ignored
from wf_engine.project.reading import LARGEST
from wf_engine.workspace import OURS

_GROUPS = tuple(f"{group}/".encode() for group in GROUPS)
"""How an `apiVersion` of ours begins, in bytes: what is none of ours need not even be text."""

_BLOCK = 1024 * 1024
_OVERLAP = max(len(group) for group in _GROUPS)


def documents(root: Path, ignore: Sequence[str] = ()) -> Iterator[Path]:
    """The files under `root` that are ours, each once, folder by folder in the order of their names.

    Left out: dot folders, node_modules, .venv, what `ignore` (`checks.ignore`) matches, `templates/` beside a
    Chart.yaml, and what cannot be read. Links to folders outside are followed, those back into the tree are not.
    """
    yield from _Walk(root, Ignored(ignore)).run()


def belongs(root: Path, path: Path, ignore: Sequence[str] = ()) -> bool:
    """Whether `documents` would give this one file, which need not have been there before."""
    try:
        relative = path.relative_to(root)
    except ValueError:
        return False
    folder, ignored = root, Ignored(ignore)
    for name in relative.parts[:-1]:
        if _left_out(name, helm=_is_chart(folder)):
            return False
        folder /= name
    return _is_yaml(path.name) and not ignored.matches(relative.as_posix()) and _is_ours(path)


@dataclass
class _Walk:
    """One walk over a tree. Linked files come last, when it is known which files were met under their own names."""

    root: Path
    ignored: Ignored
    trees: list[str] = field(default_factory=list)
    linked: list[Path] = field(default_factory=list)

    def run(self) -> Iterator[Path]:
        self.trees.append(os.path.realpath(self.root))
        found: set[str] = set()
        for path in self._folder(self.root, ""):
            found.add(os.path.realpath(path))
            yield path
        for path in self.linked:
            target = os.path.realpath(path)
            if target not in found and path.is_file() and _is_ours(path):
                found.add(target)
                yield path

    def _folder(self, folder: Path, relative: str) -> Iterator[Path]:
        entries = _entries(folder)
        helm = any(entry.name == "Chart.yaml" for entry in entries)
        folders: list[os.DirEntry[str]] = []
        for entry in entries:
            if self.ignored.matches(relative + entry.name):
                continue
            if _is_folder(entry):
                if not _left_out(entry.name, helm=helm) and self._is_new(entry):
                    folders.append(entry)
            elif _is_yaml(entry.name):
                yield from self._file(entry)
        for entry in folders:
            yield from self._folder(Path(entry.path), f"{relative}{entry.name}/")

    def _file(self, entry: os.DirEntry[str]) -> Iterator[Path]:
        path = Path(entry.path)
        if entry.is_symlink():
            self.linked.append(path)
        elif entry.is_file() and _is_ours(path):
            yield path

    def _is_new(self, entry: os.DirEntry[str]) -> bool:
        """A real folder always is; a linked one if it lies in no tree that is walked, and holds none."""
        if not entry.is_symlink():
            return True
        target = os.path.realpath(entry.path)
        if any(_within(target, tree) or _within(tree, target) for tree in self.trees):
            return False
        self.trees.append(target)
        return True


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _left_out(name: str, *, helm: bool) -> bool:
    return name.startswith(".") or name == "node_modules" or (helm and name == "templates")


def _is_chart(folder: Path) -> bool:
    try:
        return (folder / "Chart.yaml").exists()
    except OSError:
        return False


def _is_yaml(name: str) -> bool:
    return name.endswith((".yaml", ".yml"))


def _is_ours(path: Path) -> bool:
    return path.name.endswith(OURS) or _names_group(path)


def _names_group(path: Path) -> bool:
    """Whether a group of ours stands anywhere in a file: any of its documents may be the one of ours."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return False
        with path.open("rb") as file:
            tail = b""
            while block := file.read(_BLOCK):
                seen = tail + block
                if any(group in seen for group in _GROUPS):
                    return True
                tail = seen[-_OVERLAP:]
    except OSError:
        return False
    return False
