"""Real little projects in folders of their own, and the command run in them."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from wf_stages.cli import main
from wf_stages.documents import read_yaml
from wf_stages.evidence import read_record

PYPROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "demo"
version = "1"

[tool.hatch.build.targets.wheel]
packages = ["src/demo"]

[tool.pytest.ini_options]
pythonpath = ["src"]
"""
MODULE = '"""Demo."""\n\n\ndef double(x: int) -> int:\n    """Twice x."""\n    return 2 * x\n'
TEST = "from demo import double\n\n\ndef test_double() -> None:\n    assert double(2) == 4\n"
REVIEW = """\
summary: Numbers can be doubled.
value: Nobody adds a number to itself by hand any more.
goesWell: [It is small.]
risks: [Large numbers are not measured.]
recommendation: PROCEED
"""


@dataclass
class Project:
    root: Path
    capsys: pytest.CaptureFixture[str]

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    def git(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.root), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def commit(self) -> str:
        self.git("add", "-A")
        self.git("commit", "-qm", "work")
        return self.git("rev-parse", "HEAD").strip()

    def stage(self, *arguments: str) -> tuple[int, str]:
        self.capsys.readouterr()
        code = main(arguments)
        out = self.capsys.readouterr()
        return code, out.out + out.err

    def must(self, *arguments: str) -> str:
        code, out = self.stage(*arguments)
        assert code == 0, out
        return out

    def state(self, stage: str = "9.7") -> dict:
        return read_yaml(self.folder(stage) / ".stage-state.yaml")

    def folder(self, stage: str = "9.7") -> Path:
        return self.root / "stage-proofs" / f"stage-{stage}"

    def gate(self, number: int, *, expected: int) -> dict:
        """Runs one gate and gives its record."""
        code, out = self.stage("gates", "--stage", "9.7", str(number))
        assert code == expected, out
        return read_record(self.folder() / self.state()["gates"][number]["evidence"])

    def begin(self, settings: str = "", profile: str = "BACKEND_PYTHON") -> None:
        self.write("stages.yaml", "sources: [src, tests]\n" + settings)
        self.commit()
        self.must("init", "--stage", "9.7", "--name", "Feature", "--profile", profile, "--deliverable", "doubling")

    def write_words(self) -> None:
        self.write("stage-proofs/stage-9.7/review.yaml", REVIEW)

    def finish_words(self) -> None:
        self.write_words()
        self.must("deliverable", "--stage", "9.7", "doubling", "--status", "done")


@pytest.fixture
def project(tmp_path, monkeypatch, capsys) -> Project:
    root = tmp_path / "demo"
    root.mkdir()
    monkeypatch.chdir(root)
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    found = Project(root, capsys)
    found.git("init", "-q", "-b", "main")
    for name, value in (("user.name", "A"), ("user.email", "a@example.org"), ("commit.gpgsign", "false")):
        found.git("config", name, value)
    found.write(".gitignore", "__pycache__/\n")
    found.write("pyproject.toml", PYPROJECT)
    found.write("src/demo/__init__.py", MODULE)
    found.write("tests/test_demo.py", TEST)
    return found
