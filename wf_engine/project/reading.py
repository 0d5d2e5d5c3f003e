"""Texts from files, whatever the files hold."""

from dataclasses import dataclass
from pathlib import Path

from wf_engine.text import Span

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest file that is read: one that is larger is no workflow, and would not fit beside the others."""


_START = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file is no text to work on. `reason` goes behind the file's name; `span` is the place in `text`.

    `text` is what could be read, with U+FFFD for what could not.
    """

    reason: str
    text: str = ""
    span: Span = _START


def read_text(path: Path) -> str | Unreadable:
    r"""The text of a UTF-8 file as it is: a byte order mark stays its first character, `\r\n` stays `\r\n`."""
    try:
        if path.exists() and not path.is_file():
            return Unreadable("is not a file")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        return Unreadable(f"cannot be read: {getattr(error, 'strerror', None) or error}")
    if len(data) > LARGEST:
        return Unreadable(f"is larger than {LARGEST // (1024 * 1024)} MiB")
    return _decoded(data)


def _decoded(data: bytes) -> str | Unreadable:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Unreadable("is UTF-16; save it as UTF-8")
    if b"\0" in data:
        start = len(data[: data.index(b"\0")].decode("utf-8", "replace"))
        return Unreadable("holds a NUL character, as binary files do", data.decode("utf-8", "replace"), _one(start))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        start = len(data[: error.start].decode("utf-8"))
        reason = f"is not UTF-8: byte 0x{data[error.start]:02X}"
        return Unreadable(reason, data.decode("utf-8", "replace"), _one(start))


def _one(start: int) -> Span:
    return Span(start, start + 1)
