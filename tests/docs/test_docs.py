"""Every block of the README and of docs/ that a reader may try is tried here."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from wf_engine.checks import diagnostics
from wf_engine.testapi import running
from wf_engine.text import Severity
from wf_engine.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/*.md"), *ROOT.glob("examples/README.md")])
WF = Path(sys.executable).with_name("wf")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> Iterator[pytest.ParameterSet]:
    for page in PAGES:
        for number, (lang, text) in enumerate(_BLOCK.findall(page.read_text()), 1):
            if lang == language:
                yield pytest.param(text, id=f"{page.relative_to(ROOT)}-{number}")


@pytest.fixture(scope="module")
def api() -> Iterator[str]:
    with running() as url:
        yield url


@pytest.fixture
def playground(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


@pytest.mark.parametrize("text", [*blocks("yaml")])
def test_yaml_blocks_are_valid(text: str) -> None:
    workspace = Workspace.of({"page.yaml": text})
    errors = [each for each in diagnostics(workspace, "page.yaml") if each.severity is Severity.ERROR]
    assert [f"{each.code} {each.message}" for each in errors] == []


@pytest.mark.parametrize("text", [*blocks("sh")])
def test_shell_blocks_run(text: str, api: str, playground: Path) -> None:
    environment = {**os.environ, "WF_ENV_API": api, "WF_HISTORY": str(playground / "history.db")}
    for line in text.splitlines():
        words = shlex.split(line, comments=True)
        if not words or words == ["wf", "test-api"]:  # the fixture is that service
            continue
        assert words[0] == "wf", f"a reader would have to know how to run: {line}"
        done = subprocess.run(
            [WF, *words[1:]], cwd=playground, env=environment, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"


@pytest.mark.parametrize("text", [*blocks("python")])
def test_python_blocks_run(text: str, api: str, playground: Path) -> None:
    environment = {**os.environ, "WF_ENV_API": api, "WF_HISTORY": str(playground / "history.db")}
    done = subprocess.run(
        [sys.executable, "-c", text],
        cwd=playground,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "succeeded" in done.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!http|#)([^)#\s]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []
