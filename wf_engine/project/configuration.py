"""The configuration file of a workspace: its tables, and the places of its keys in its text."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wf_engine.project.reading import Unreadable, read_text
from wf_engine.text import Location, Position, Span, Text, WfError

_BARE_OR_QUOTED = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")
_SYNTAX_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True)
class Configuration:
    """What wf.toml, or `[tool.wf]` in pyproject.toml, says. `prefix` are the keys above our table."""

    path: Path
    text: str
    table: Mapping[str, Any]
    prefix: tuple[str, ...]

    def error(self, keys: tuple[str, ...], message: str, hint: str | None = None) -> WfError:
        """An error about a key: it names the file and points at the key."""
        span = _key_span(self.text, self.prefix + keys)
        return WfError(f"{self.path.name}: {message}", Location(str(self.path), span), hint)


def read_configuration(root: Path) -> Configuration | None:
    """The configuration of a root: wf.toml, else `[tool.wf]` in pyproject.toml, else None."""
    path = root / "wf.toml"
    if path.exists():
        text = _text(path)
        return Configuration(path, text, _parsed(path, text), ())
    path = root / "pyproject.toml"
    if not path.exists():
        return None
    text = _text(path)
    tools = _parsed(path, text).get("tool")
    table = tools.get("wf") if isinstance(tools, dict) else None
    if table is None:
        return None
    found = Configuration(path, text, table if isinstance(table, dict) else {}, ("tool", "wf"))
    if not isinstance(table, dict):
        raise found.error((), "`tool.wf` wants a table", "Write `[tool.wf]` above the settings.")
    return found


def _text(path: Path) -> str:
    text = read_text(path)
    if isinstance(text, Unreadable):
        raise WfError(f"{path} {text.reason}", Location(str(path), text.span), "Write the file as UTF-8 text.")
    return text.removeprefix("\ufeff")


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        # tomllib wants \n and \r\n only, which is what TOML allows.
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        lines = Text(text)
        place = _SYNTAX_PLACE.search(str(error))
        offset = lines.offset(Position(int(place[1]) - 1, int(place[2]) - 1)) if place else len(text)
        line = lines.position(offset).line + 1
        reason = _SYNTAX_PLACE.sub("", str(error)).strip()
        message = f"{path.name}: line {line} is not TOML: {reason}"
        raise WfError(
            message, Location(str(path), Span(offset, offset)), "See https://toml.io for the syntax."
        ) from None


def _key_span(text: str, keys: tuple[str, ...]) -> Span:
    """Where a key is written, or the nearest table above it; the file's start where neither is found.

    tomllib gives no places. This looks at headers and at keys before `=`, which finds every key of ours.
    """
    table: tuple[str, ...] = ()
    best, best_depth, start = Span(0, 0), 0, 0
    for line in text.splitlines(keepends=True):
        head, header = line.partition("=")[0], line.lstrip().startswith("[")
        names = _names(line if header else head)
        table = names if header else table
        full = names if header else table + names
        depth = len(full) if full == keys[: len(full)] else len(keys) * (full[: len(keys)] == keys)
        if names and depth > best_depth:
            written = len(head.rstrip()) if not header else len(line.rstrip())
            best, best_depth = Span(start + len(line) - len(line.lstrip()), start + written), depth
        start += len(line)
    return best


def _names(written: str) -> tuple[str, ...]:
    comment_free = written.partition("#")[0]
    return tuple(name.strip("\"'") for name in _BARE_OR_QUOTED.findall(comment_free))
