"""Texts of files that hold anything."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wf_engine.project import Unreadable, read_text
from wf_engine.text import Span


@pytest.mark.parametrize("text", ["", "a: 1\r\nb: 2\r\n", "\ufeffa: 1\n", "a: \u2028\x85\x0c\n", "🙂\n"])
def test_text_is_given_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(text.encode())
    assert read_text(path) == text


@pytest.mark.parametrize(
    ("data", "reason", "text", "span"),
    [
        (b"\xc3\xa4: \xff\n", "is not UTF-8: byte 0xFF", "ä: \ufffd\n", Span(3, 4)),
        (b"a: \xc3", "is not UTF-8: byte 0xC3", "a: \ufffd", Span(3, 4)),
        (b"\xc3\xa4\0b", "holds a NUL character, as binary files do", "ä\0b", Span(1, 2)),
        (b"\xff\0\x80", "holds a NUL character, as binary files do", "\ufffd\0\ufffd", Span(1, 2)),
        ("a".encode("utf-16"), "is UTF-16; save it as UTF-8", "", Span(0, 0)),
    ],
)
def test_what_is_no_text_says_why_and_where(tmp_path: Path, data: bytes, reason: str, text: str, span: Span) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    assert read_text(path) == Unreadable(reason, text, span)


def test_what_is_no_file_is_unreadable(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    assert read_text(tmp_path) == Unreadable("is not a file")
    assert read_text(tmp_path / "pipe.yaml") == Unreadable("is not a file")
    assert read_text(tmp_path / "none.yaml") == Unreadable("cannot be read: No such file or directory")
    assert isinstance(read_text(tmp_path / "loop.yaml"), Unreadable)
    assert isinstance(read_text(Path("nul\0name.yaml")), Unreadable)


def test_a_project_wants_no_database() -> None:
    code = "import sys, wf_engine.project; assert not {'sqlalchemy', 'aiohttp', 'asyncio'} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", code], check=True)
