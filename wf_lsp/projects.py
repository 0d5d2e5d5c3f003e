"""The workspaces that the client's files are in: one a root, as the command line has them."""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from wf_engine.project import Unreadable, find_root
from wf_engine.workspace import Change, SourceFile, Workspace

NOWHERE = ""
"""The root of documents that are no files, while there is no folder."""


@dataclass(eq=False)
class Project:
    """A root with its current snapshot."""

    root: str
    workspace: Workspace = field(default_factory=Workspace)
    unreadable: dict[str, Unreadable] = field(default_factory=dict)
    """Files of ours that are no texts, by path."""
    round: int = 0
    """How often its files were read: what an earlier round still finds is outdated."""

    def readable(self, folders: Collection[str]) -> bool:
        """Whether there is a folder to read. One that holds all that there is is read only if it is one of `folders`."""
        folder = Path(self.root)
        everything = folder in (Path(folder.anchor), Path.home()) and self.root not in folders
        return self.root != NOWHERE and folder.is_dir() and not everything

    def holds(self, path: str) -> bool:
        """Whether a file lies under the root."""
        return self.root != NOWHERE and is_inside(path, self.root)


@dataclass(frozen=True)
class Changed:
    """A project with its snapshot before a change."""

    project: Project
    before: Workspace


class Projects:
    """The projects by root. `folder` is the client's first, which stands in for documents that are no files."""

    def __init__(self) -> None:
        self.by_root: dict[str, Project] = {}
        self._roots: dict[Path, str] = {}
        self._of: dict[tuple[str, str | None], str] = {}
        """The root of each document; every message asks for one."""

    def of(self, path: str, folder: str | None) -> Project:
        """The project that a document belongs to: that of the nearest root."""
        root = self._of.get((path, folder))
        if root is None:
            near = Path(path).parent if is_file(path) else Path(folder) if folder else None
            root = self._of[path, folder] = self.root_of(near) if near else NOWHERE
        return self.by_root.setdefault(root, Project(root))

    def root_of(self, folder: Path) -> str:
        """The nearest root from a folder up."""
        known = self._roots.get(folder)
        if known is None:
            known = self._roots[folder] = str(find_root(folder) if folder.is_dir() else folder)
        return known

    def forget_roots(self) -> None:
        """Looks for roots anew: a configuration file has come or gone."""
        self._roots.clear()
        self._of.clear()

    def around(self, path: str, folder: str | None) -> Iterator[Project]:
        """The project of a document, and those of roots further out."""
        own = self.of(path, folder)
        yield own
        yield from [each for each in self.by_root.values() if each is not own and each.holds(path)]

    def file(self, path: str) -> SourceFile | None:
        """A document, in whichever project it is."""
        found = (each.workspace.files.get(path) for each in self.by_root.values())
        return next((file for file in found if file is not None), None)

    def apply(self, path: str, file: SourceFile | None, folder: str | None) -> list[Changed]:
        """Puts a document, or None for one that is gone, into all projects that it belongs to."""
        changed = []
        for project in self.around(path, folder):
            if file is not None or path in project.workspace.files:
                changed.append(Changed(project, project.workspace))
                project.workspace = project.workspace.apply([Change(path, file)])
        return changed


def is_file(path: str) -> bool:
    """Whether a name is a path, and not the URI of something else."""
    return Path(path).is_absolute()


def is_inside(path: str, folder: str) -> bool:
    """Whether a path lies under a folder."""
    return path.startswith(folder if folder.endswith(os.sep) else folder + os.sep)
