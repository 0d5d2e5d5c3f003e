"""Real little projects in folders of their own, and the command run in them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.stages.variants import Edit
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

    def edit(self, edits: Sequence[Edit]) -> None:
        for each in edits:
            path = self.root / each.path
            text = each.new
            if each.old is not None:
                before = path.read_text()
                assert each.old in before, each
                text = before.replace(each.old, each.new, 1)
            self.write(each.path, text)

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


_MACHINE = dict(os.environ)
CHECKOUT = Path(__file__).resolve().parents[2]
FIXTURES = CHECKOUT / "tests/fixtures"


def new_repository(project: Project) -> None:
    project.git("init", "-q", "-b", "main")
    for name, value in (("user.name", "A"), ("user.email", "a@example.org"), ("commit.gpgsign", "false")):
        project.git("config", name, value)


@pytest.fixture(scope="session")
def tools(tmp_path_factory) -> Path:
    """A folder of the tools that answer as recorded, by their names."""
    folder = tmp_path_factory.mktemp("tools")
    for recording in (FIXTURES / "recorded").glob("*.toml"):
        (folder / recording.stem).symlink_to(FIXTURES / "recorded/tool.py")
    return folder


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The real tools of TypeScript, installed once a machine by the project's own script."""
    script = CHECKOUT / "tools/stages/install-typescript.sh"
    # With the machine's own registry: by now a test may have named one that knows a single package.
    outcome = subprocess.run([script], capture_output=True, text=True, check=False, env=_MACHINE)
    if outcome.returncode:
        pytest.fail(f"{script.name} failed:\n{outcome.stdout}{outcome.stderr}", pytrace=False)
    return Path(outcome.stdout.split(": ", 1)[1].strip()) / "node_modules"


@pytest.fixture
def small(project, tools, tmp_path, monkeypatch, request):
    """A copy of one of the small projects, or of what was made of it before, its tools on the path."""

    def copied(technology: str, kept: Path) -> Project:
        shutil.rmtree(project.root)
        shutil.copytree(kept if kept.exists() else FIXTURES / technology, project.root, symlinks=True)
        monkeypatch.chdir(project.root)
        monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
        if kept.exists():
            return project
        if technology == "typescript":
            (project.root / "node_modules").symlink_to(request.getfixturevalue("node_modules"))
        new_repository(project)
        return project

    return copied


@pytest.fixture
def project(tmp_path, monkeypatch, capsys) -> Project:
    root = tmp_path / "demo"
    root.mkdir()
    monkeypatch.chdir(root)
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    found = Project(root, capsys)
    new_repository(found)
    found.write(".gitignore", "__pycache__/\n")
    found.write("pyproject.toml", PYPROJECT)
    found.write("src/demo/__init__.py", MODULE)
    found.write("tests/test_demo.py", TEST)
    return found
