"""Whether anything has changed that a project is made of."""

from pathlib import Path

from wf_engine.project import documents, find_root
from wf_engine.session.contents import located

_SETTINGS = ("wf.toml", "pyproject.toml")


def stamps(path: str | Path) -> dict[str, int]:
    """The documents and settings of the workspace that a path is in, by path with the time of their last change.

    Cheap enough to be asked again and again: nothing is parsed. What is gone meanwhile is left out.
    """
    place = located(path)
    root = find_root(place)
    found: dict[str, int] = {}
    for each in (*documents(root), place, *(root / name for name in _SETTINGS)):
        try:
            found[str(each)] = each.stat().st_mtime_ns
        except OSError:
            continue
    return found
