"""Which files somebody means by some paths, and the project that each is in."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from wf_engine.project import documents, find_root
from wf_engine.session.contents import located
from wf_engine.session.project import Project
from wf_engine.text import WfError


class Selection(NamedTuple):
    """Files of one project, by absolute path, in the order of the folders."""

    project: Project
    paths: tuple[str, ...]


def selected(
    paths: Iterable[str | Path],
    *,
    settings: Mapping[str, object] | None = None,
    texts: Mapping[str, str] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Iterator[Selection]:
    """The files that paths name: a folder means the documents under it, a file itself whatever it is called.

    Each file belongs to the project of the root nearest to it; what that project ignores must be named itself.
    `settings`, `texts` and `environ` are as for `Project.open`. Raises WfError for a path that is not there.
    """
    given = {located(name): text for name, text in (texts or {}).items()}
    by_root: dict[Path, dict[Path, bool]] = {}
    roots: dict[Path, Path] = {}
    for file, is_named in _files(paths, given):
        root = roots.get(file.parent) or roots.setdefault(file.parent, find_root(file.parent))
        files = by_root.setdefault(root, {})
        files[file] = is_named or files.get(file, False)
    for root, files in by_root.items():
        inside = {str(file): given[file] for file in files if file in given}
        named = [file for file, is_named in files.items() if is_named]
        project = Project.open(root, settings=settings, texts=inside, named=named, root=root, environ=environ)
        yield Selection(project, tuple(str(file) for file in files if str(file) in project.workspace.files))


def _files(paths: Iterable[str | Path], given: Mapping[Path, str]) -> Iterator[tuple[Path, bool]]:
    """Files, and whether they were named themselves."""
    for path in paths:
        place = located(path)
        if place.is_dir():
            yield from ((file, False) for file in documents(place))
        elif place.exists() or place in given:
            yield place, True
        else:
            raise WfError(f"There is no file or folder `{path}`.")
