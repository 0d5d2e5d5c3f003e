"""Paths that a workspace leaves out."""

from collections.abc import Iterable, Iterator

import re2


class Ignored:
    """The `checks.ignore` patterns of a workspace, as in .gitignore without negation.

    `*` and `?` stay within a name, `**` crosses folders; a pattern with a slash inside or in front starts at the root,
    any other is looked for in every folder; what lies in an ignored folder is ignored.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        wanted = [f"(?:{_expression(pattern)})" for pattern in patterns if pattern.strip("/ ")]
        self._pattern = re2.compile("|".join(wanted)) if wanted else None

    def matches(self, relative: str) -> bool:
        """Whether a path, relative to the root and with `/` between names, or a folder that it is in, is ignored."""
        return self._pattern is not None and self._pattern.fullmatch(relative) is not None


def _expression(pattern: str) -> str:
    body = pattern.strip().rstrip("/")
    anchored = "/" in body
    within = "/.*" if pattern.strip().endswith("/") else "(?:/.*)?"
    return ("" if anchored else "(?:.*/)?") + "".join(_pieces(body.lstrip("/"))) + within


def _pieces(body: str) -> Iterator[str]:
    index = 0
    while index < len(body):
        if body.startswith("**/", index):
            yield "(?:.*/)?"
            index += 3
        elif body.startswith("**", index):
            yield ".*"
            index += 2
        else:
            yield {"*": "[^/]*", "?": "[^/]"}.get(body[index]) or re2.escape(body[index])
            index += 1
