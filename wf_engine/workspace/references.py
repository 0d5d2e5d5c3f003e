"""References to definitions, and versions (language §1, §4)."""

import re
from typing import NamedTuple

from wf_engine.language.documents import VERSION


class Reference(NamedTuple):
    """`[ns/]name[@version]`, taken apart."""

    namespace: str
    name: str
    version: str | None


def reference(text: str, namespace: str) -> Reference:
    """A reference as seen from a document of `namespace`: a bare name looks there."""
    before, slash, rest = text.partition("/")
    name, at, version = (rest if slash else before).partition("@")
    return Reference(before if slash else namespace, name, version if at else None)


_SEMVER = re.compile(r"([0-9]+)\.([0-9]+)\.([0-9]+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?")
"""Looser than SemVer, so that what is nearly a version still has its place in the order."""


def is_version(text: str) -> bool:
    """Whether a text is a version as SemVer has it."""
    return re.fullmatch(VERSION, text) is not None


def version_order(version: str) -> tuple[object, ...]:
    """A key that sorts versions as SemVer does; none is lowest, then what is no version."""
    if not version:
        return (0,)
    match = _SEMVER.fullmatch(version)
    if match is None:
        return (1, version)
    numbers = tuple(int(part) for part in match.group(1, 2, 3))
    return (2, numbers, _prerelease(match[4]))


def _prerelease(text: str | None) -> tuple[object, ...]:
    if text is None:
        return (1,)
    return (0, tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in text.split(".")))
