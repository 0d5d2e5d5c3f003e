"""`wf` in this process, on a copy of the examples that calls a test API of its own, with a history of its own."""

import io
import json
import re
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.shop import copy_of_shop
from wf_engine.cli import main
from wf_engine.testapi import running


@dataclass(frozen=True)
class Answer:
    """What a call of `wf` gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Wf = Callable[..., Answer]


@pytest.fixture(scope="session")
def service() -> Iterator[str]:
    with running() as url:
        yield url


@pytest.fixture
def shop(tmp_path: Path, service: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the examples; the current folder, with a history beside it."""
    urllib.request.urlopen(urllib.request.Request(f"{service}/reset", method="POST")).close()
    root = copy_of_shop(tmp_path / "shop")
    settings = (root / "wf.toml").read_text("utf-8")
    (root / "wf.toml").write_text(re.sub(r"http://127\.0\.0\.1:\d+", service, settings), "utf-8")
    monkeypatch.chdir(root)
    return root


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR", "WF_COLOR", "WF_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WF_HISTORY", str(tmp_path / "history.db"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def wf(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Wf:
    """Calls `wf` with arguments and, as `stdin`, a text or bytes."""

    def call(*arguments: object, stdin: str | bytes = "") -> Answer:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), "utf-8"))
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Answer(code, out, err)

    return call


@pytest.fixture
def document(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file of a project in a folder of its own."""
    folder = tmp_path / "project"

    def write(name: str, text: str) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        (folder / "wf.toml").touch()
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        return path

    return write
