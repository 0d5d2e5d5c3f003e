"""The terminal: where to print, in which colours, and how to show text that may hold anything."""

import json
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Literal

from rich.cells import cell_len
from rich.console import Console

Color = Literal["auto", "always", "never"]

GOOD, BAD, CAUTION, NOTE, QUIET = "green", "bold red", "yellow", "cyan", "dim"

_TAB = "    "
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "␡", ord("\t"): _TAB}
_HIDDEN = (*range(0x80, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A), 0xFEFF)
_VISIBLE = _PICTURES | {code: f"<U+{code:04X}>" for code in _HIDDEN}

_SYSTEMS: dict[Color, Literal["auto", "standard"] | None] = {"auto": "auto", "always": "standard", "never": None}

_PATIENCE_S = 0.5

_wanted: Color = "auto"


def choose_color(color: Color) -> None:
    """What `--color` says holds from now on. `auto` is colours on terminals only, and none under NO_COLOR."""
    global _wanted  # noqa: PLW0603 - the process has one terminal
    _wanted = color
    stdout.cache_clear()
    stderr.cache_clear()


@cache
def stdout() -> Console:
    """Where answers go."""
    return _console(stderr=False)


@cache
def stderr() -> Console:
    """Where errors and progress go."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    return Console(
        stderr=stderr,
        force_terminal=True if _wanted == "always" else None,
        no_color=False if _wanted == "always" else None,
        color_system=_SYSTEMS[_wanted],
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=True,
    )


@contextmanager
def busy(doing: str) -> Iterator[None]:
    """Says on a terminal what is being done, where it takes long enough to wonder."""
    status = stderr().status(doing)
    timer = threading.Timer(_PATIENCE_S, status.start)
    if stderr().is_terminal:
        timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if timer.ident is not None:
            timer.join()
        status.stop()


def print_json(value: Any) -> None:
    """A JSON value for programs: never coloured, never wrapped."""
    _write(value, indent=2)


def print_line(value: Any) -> None:
    """A JSON value on a line of its own, at once."""
    _write(value, separators=(",", ":"))
    sys.stdout.flush()


def _write(value: Any, **style: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, **style)
    try:
        text.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        text = json.dumps(value, **style)  # half a surrogate pair, or a terminal that knows few characters
    sys.stdout.write(text + "\n")


def visible(text: str) -> str:
    """The text with all that could steer a terminal or turn its words around made visible. Tabs are four cells."""
    return text.translate(_VISIBLE)


def width_of(text: str) -> int:
    """Cells that a text takes on a terminal."""
    return cell_len(text)


def relative(path: str | Path) -> str:
    """A path as people here would write it: relative to the current folder where that is shorter."""
    text = str(path)
    try:
        near = os.path.relpath(text)
    except (ValueError, OSError):
        return text
    return near if len(near) < len(text) else text
