"""YAML in the style of this project: what fits on a line stands on one, the rest is indented by two."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_WIDTH = 118
_PLAIN = re.compile(r"[^\W\d_][\w .;/()@'`+-]*(?<! )|[0-9]+(ms|s|m|h)|[1-5]xx")
_NOT_PLAIN = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
_OPEN = {
    "metadata",
    "spec",
    "http",
    "query",
    "body",
    "headers",
    "properties",
    "inputSchema",
    "outputSchema",
    "examples",
}
"""Keys whose maps and lists are never written on one line."""


def document(value: Mapping[str, Any]) -> str:
    """A map as a document. A key that begins with `#` is a comment, its value nothing."""
    return "\n".join(_map(value, "")) + "\n"


def _map(value: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, item in value.items():
        yield from [f"{indent}{key}"] if key.startswith("#") else _entry(f"{indent}{_scalar(key)}:", key, item, indent)


def _entry(head: str, key: str, item: Any, indent: str) -> Iterator[str]:
    line = f"{head} {_flow(item)}"
    if not isinstance(item, dict | list) or not item or (not _is_open(key, item) and len(line) <= _WIDTH):
        yield line
    elif isinstance(item, dict):
        yield head
        yield from _map(item, indent + "  ")
    else:
        yield head
        for each in item:
            yield from _item(each, indent + "  ")


def _item(value: Any, indent: str) -> Iterator[str]:
    line = f"{indent}- {_flow(value)}"
    if not isinstance(value, dict) or (len(line) <= _WIDTH and "input" not in value):
        yield line
        return
    first, *rest = _map(value, indent + "  ")
    yield f"{indent}- {first.lstrip()}"
    yield from rest


def _is_open(key: str, value: Any) -> bool:
    """Whether a map is one of those that read better on lines of their own, or has one in it."""
    if isinstance(value, dict):
        return key in _OPEN or any(_is_open(each, item) for each, item in value.items())
    return isinstance(value, list) and (key in _OPEN or any(_is_open("", item) for item in value))


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _NOT_PLAIN:
        return value
    return json.dumps(value, ensure_ascii=False)
