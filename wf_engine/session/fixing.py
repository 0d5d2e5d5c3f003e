"""Mending documents: fixes applied together where they do not touch, again and again until nothing is left to mend."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from wf_engine.checks import diagnostics
from wf_engine.text import Diagnostic, Edit, Fix, Severity
from wf_engine.workspace import Workspace

_MOST_ROUNDS = 30
"""A fix may uncover the next, as an unknown task hides what is wrong with its input; not for ever."""


class Mended(NamedTuple):
    """The workspace after fixes, and how many were applied."""

    workspace: Workspace
    applied: int


def mended(workspace: Workspace, paths: Collection[str], codes: Collection[str] | None = None) -> Mended:
    """The workspace with the first fix of every diagnostic of `paths` applied, as far as it only touches these.

    `codes` are those of the diagnostics whose fixes are wanted, None all. A fix that takes a decision is left to a person.
    Where fixes do not come to an end, the state with the fewest errors and findings holds.
    """
    now, best, fewest = Mended(workspace, 0), Mended(workspace, 0), _badness(_found(workspace, paths, codes))
    seen = {_texts(workspace, paths)}
    for _ in range(_MOST_ROUNDS):
        now = _round(now, paths, codes)
        if _texts(now.workspace, paths) in seen:
            break
        seen.add(_texts(now.workspace, paths))
        badness = _badness(_found(now.workspace, paths, codes))
        if badness <= fewest:
            best, fewest = now, badness
    return best


def _round(before: Mended, paths: Collection[str], codes: Collection[str] | None) -> Mended:
    workspace, applied = before
    edits: dict[str, list[Edit]] = {}
    for diagnostic in _found(workspace, paths, codes):
        if diagnostic.fixes and diagnostic.fixes[0].safe and _fits(diagnostic.fixes[0], edits, paths):
            applied += 1
            for each in diagnostic.fixes[0].edits:
                edits.setdefault(each.path, []).append(each.edit)
    for path, chosen in edits.items():
        for edit in sorted(chosen, reverse=True):
            workspace = workspace.edited(path, edit)
    return Mended(workspace, applied)


def _fits(fix: Fix, taken: dict[str, list[Edit]], paths: Collection[str]) -> bool:
    return bool(fix.edits) and all(
        each.path in paths and not any(_touch(each.edit, other) for other in taken.get(each.path, ()))
        for each in fix.edits
    )


def _touch(one: Edit, other: Edit) -> bool:
    return one.span.start <= other.span.end and other.span.start <= one.span.end


def _found(workspace: Workspace, paths: Iterable[str], codes: Collection[str] | None) -> list[Diagnostic]:
    found = (each for path in paths for each in diagnostics(workspace, path))
    return [each for each in found if codes is None or each.code in codes]


def _badness(found: list[Diagnostic]) -> tuple[int, int]:
    return sum(each.severity is Severity.ERROR for each in found), len(found)


def _texts(workspace: Workspace, paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(workspace.files[path].text.value for path in paths)
