"""The templates for CI and git: what they call exists, and the hook keeps a harmed proof from being committed."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from wf_stages.arguments import parser
from wf_stages.documents import read_yaml

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "wf_stages/templates"


@pytest.mark.parametrize("name", ["github-actions.yml", "gitlab-ci.yml"])
def test_ci_templates_call_what_there_is(name):
    assert read_yaml(TEMPLATES / name)
    commands = re.findall(r"wf stage ([^\n&]+)", (TEMPLATES / name).read_text())
    assert len(commands) == 2
    for command in commands:
        parser().parse_args(shlex.split(command))


def test_the_hook_refuses_a_harmed_proof(project, tmp_path, monkeypatch):
    shim = tmp_path / "bin/wf"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nshift\nPYTHONPATH={ROOT} exec {sys.executable} -m wf_stages.cli "$@"\n')
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", f"{shim.parent}{os.pathsep}{os.environ['PATH']}")
    shutil.copy(TEMPLATES / "pre-commit", project.root / ".git/hooks/pre-commit")
    project.begin(profile="MINIMAL")
    project.finish_words()
    project.must("gates", "--stage", "9.7")
    project.must("complete", "--stage", "9.7")
    proof = project.folder() / "STAGE_9.7_PROOF.md"
    proof.write_text(proof.read_text().replace("PASSED", "PERFECT"))
    with pytest.raises(subprocess.CalledProcessError) as refused:
        project.commit()
    assert "STAGE_9.7_PROOF.md is not what the evidence" in refused.value.stdout + refused.value.stderr
