"""What is logged about a bug of ours: all that is needed to repeat it, and nothing that is secret."""

import json
import os
import sys
import traceback
from collections.abc import Mapping
from typing import Any

import re2

import wf_engine

_VARIABLES = "WF_SECRET_"
_SHORTEST = 4
_NAME = r"[\w.-]*(?:password|passwd|passphrase|secret|token|api[-_]?key|authorization|cookie|credential)[\w.-]*"
_CALLED_SECRET = re2.compile(rf"(?i){_NAME}")
_SECRET_ENTRY = re2.compile(rf"""(?i)["']?{_NAME}["']?\s*[:=][ \t]*""")
_PLAIN_SIGHT = re2.compile(r"(?i)\b(?:bearer|basic)\s+([^\s\"'{}]+)|//([^/\s:@]*:[^/\s@]+)@")
"""Secrets that their own looks tell: credentials in headers and in addresses."""
_TEMPLATE = re2.compile(r"""(?i)["']?(?:(?:bearer|basic)\s+)?\{\{[^{}]*\}\}["']?[\s,}\]]*""")
"""What names a secret and does not hold it."""


def report(what: str, error: Exception, params: Any, documents: Mapping[str, str]) -> str:
    """The report as JSON: the versions, the feature with its parameters, the documents by URI, and the traceback."""
    said = {
        "wf": wf_engine.__version__,
        "python": sys.version.split()[0],
        "platform": sys.platform,
        "feature": what,
        "params": _masked_value(params),
        "documents": {uri: masked(text) for uri, text in documents.items()},
        "traceback": masked("".join(traceback.format_exception(error))),
    }
    return json.dumps(said, ensure_ascii=False)


def masked(text: str) -> str:
    """A text in which secrets are stars, as many as they have characters, so that every place stays where it is.

    Secrets are the values of `WF_SECRET_…` in the environment, and whatever stands under a key that is called like one.
    """
    for name, value in os.environ.items():
        if name.startswith(_VARIABLES) and len(value) >= _SHORTEST:
            text = text.replace(value, "*" * len(value))
    lines, column = [], None
    for line in text.split("\n"):
        inside = column is not None and (not line.strip() or _indentation(line) > column)
        if inside:
            lines.append(_stars(line))
        else:
            masked_line, column = _masked_line(line)
            lines.append(masked_line)
    return "\n".join(lines)


def _masked_line(line: str) -> tuple[str, int | None]:
    """A line, and the column of a secret's key that it begins with: what is indented deeper below belongs to it."""
    line = _PLAIN_SIGHT.sub(lambda found: found[0].replace(found[1] or found[2], "*" * len(found[1] or found[2])), line)
    found = _SECRET_ENTRY.search(line)
    if found is None or _TEMPLATE.fullmatch(line[found.end() :]):
        return line, None
    column = found.start() if not line[: found.start()].strip(" -") else None
    return line[: found.end()] + _stars(line[found.end() :]), column


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _stars(text: str) -> str:
    blank = len(text) - len(text.lstrip())
    return text[:blank] + "*" * len(text[blank:].rstrip("\r")) + ("\r" if text[blank:].endswith("\r") else "")


def _masked_value(value: Any) -> Any:
    """The same in a JSON value."""
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, dict):
        return {
            masked(str(name)): _hidden(each) if _CALLED_SECRET.search(str(name)) else _masked_value(each)
            for name, each in value.items()
        }
    if isinstance(value, list | tuple):
        return [_masked_value(each) for each in value]
    return value if value is None or isinstance(value, bool | int | float) else masked(str(value))


def _hidden(value: Any) -> Any:
    return value if value is None else "*" * len(str(value))


def place_of(error: Exception) -> str:
    """Where a bug is: the same each time it happens."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} {frames[-1].filename}:{frames[-1].lineno}" if frames else type(error).__name__
