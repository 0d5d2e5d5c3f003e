"""A Python, a TypeScript and a .NET project go from `init` to `complete`; broken, they fail the gate that they should.

The tools are real but for those named in tests/fixtures/recorded, which say so in their versions and so in the proof.
"""

import os
import shutil

import pytest

from tests.stages import registry
from tests.stages.variants import DOTNET, PYTHON, TYPESCRIPT, changed

VARIANTS = {"python": PYTHON, "typescript": TYPESCRIPT, "dotnet": DOTNET}
PROFILES = {"python": "ALL_PYTHON", "typescript": "ALL_TS", "dotnet": "ALL_DOTNET"}
# These say what others found, and so follow them: the path of a beginner, and the words that render the proof.
FOLLOWS = {20}
ADVISORY = {"id": 1, "title": "x", "severity": "high", "url": "https://example.org/1", "vulnerable_versions": "<9"}


# Beside the broken gate these run too; at full size (WF_TEST_PROFILE=soak) every gate of the project does.
NEAR = {"python": ["2", "16"], "typescript": ["16", "18", "22"], "dotnet": ["2", "3", "5"]}
WHOLE = os.environ.get("WF_TEST_PROFILE") == "soak"


@pytest.fixture(autouse=True)
def npm(monkeypatch):
    with registry.running() as found:
        monkeypatch.setenv("npm_config_registry", found.url)
        # The plugins of our own tests are none of theirs.
        monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        yield found


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """The projects as they are once begun, so that each is begun once."""
    return tmp_path_factory.mktemp("begun")


@pytest.fixture
def begun(small, kept):
    """A stage of one of the projects, with its author's words and its baseline."""

    def begin(technology):
        project = small(technology, kept / technology)
        if not (project.root / "stage-proofs").exists():
            project.commit()
            words = ("--name", "Slope", "--profile", PROFILES[technology], "--deliverable", "doubling")
            project.must("init", "--stage", "9.7", *words)
            project.finish_words()
            assert "has no baseline on record" in project.gate(12, expected=3)["reason"]
            project.must("baseline", "--stage", "9.7", "12")
            project.gate(12, expected=0)
            project.commit()
            shutil.copytree(project.root, kept / technology, symlinks=True)
        return project

    return begin


def verdicts(project):
    return {number: each["verdict"] for number, each in project.state()["gates"].items()}


@pytest.mark.parametrize("technology", VARIANTS)
def test_from_init_to_complete(begun, technology):
    project = begun(technology)
    out = project.must("gates", "--stage", "9.7", "--jobs", "2")
    assert "NOT RUN" not in out
    assert "FAILED" not in out
    assert set(verdicts(project).values()) == {"passed"}
    assert set(verdicts(project)) >= {*VARIANTS[technology], 7, 8, 19, 20}
    project.must("complete", "--stage", "9.7")
    project.must("verify", "--all")
    proof = (project.folder() / "STAGE_9.7_PROOF.md").read_text()
    recorded = {
        "python": "pip-audit 2.10.1 (recorded)",
        "typescript": "9.6.1 (recorded)",
        "dotnet": "9.0.301 (recorded)",
    }
    assert recorded[technology] in proof


CASES = [(technology, number) for technology, variants in VARIANTS.items() for number in variants if number != 19]


def failing(project, *gates):
    """The gates that do not pass; all that were run must have, those aside that follow others."""
    project.stage("gates", "--stage", "9.7", "--keep-going", "--jobs", "2", *gates)
    return {gate: entry for gate, entry in project.state()["gates"].items() if entry["verdict"] != "passed"}


@pytest.mark.parametrize(("technology", "number"), CASES)
def test_a_break_fails_its_gate_and_no_other(begun, technology, number):
    project = begun(technology)
    project.edit(VARIANTS[technology][number])
    project.commit()
    found = failing(project, *(["all"] if WHOLE else [str(number), *NEAR[technology]]))
    reasons = {gate: entry["reason"] for gate, entry in found.items() if gate not in FOLLOWS}
    assert set(reasons) == {number}, reasons
    assert found[number]["verdict"] == "failed"


@pytest.mark.parametrize("technology", VARIANTS)
def test_words_that_are_missing_fail_the_proof(begun, technology):
    project = begun(technology)
    project.edit([changed("stage-proofs/stage-9.7/review.yaml", "It is small.", "TBD")])
    assert set(failing(project, "1", "8")) == {8}


@pytest.mark.parametrize("technology", VARIANTS)
def test_the_beginner_path_fails_until_the_eight_hold(begun, technology):
    project = begun(technology)
    project.must("gates", "--stage", "9.7", "1")
    found = failing(project, "20")
    assert set(found) == {20}
    assert found[20]["verdict"] == "failed"


@pytest.mark.parametrize("technology", ["python", "dotnet"])
def test_a_dependency_two_majors_behind_fails_freshness(begun, technology):
    project = begun(technology)
    project.edit(VARIANTS[technology][19])
    project.commit()
    assert set(failing(project, "7", "19")) == {19}


def test_what_the_registry_says_decides(begun, npm):
    """The real npm, and a registry of our own on this machine."""
    project = begun("typescript")
    npm.advisories = [ADVISORY]
    assert set(failing(project, "7", "19")) == {7}
    npm.advisories, npm.latest = [], "8.0.0"
    assert set(failing(project, "7", "19")) == {19}


def test_a_registry_that_does_not_answer_has_passed_nothing(begun, npm, monkeypatch):
    project = begun("typescript")
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    found = failing(project, "7", "19")
    assert {gate: found[gate]["verdict"] for gate in (7, 19)} == {7: "not_run", 19: "not_run"}


def test_a_skipped_test_needs_a_reason_in_every_technology(begun):
    project = begun("typescript")
    project.edit([changed("tests/unit/slope.test.ts", 'test("a path that', 'test.skip("a path that')])
    assert "unexplained 1" in failing(project, "5")[5]["reason"]
    project.write(
        "stages.yaml",
        (project.root / "stages.yaml").read_text()
        + 'skips: [{test: "*::a path that rises", reason: it rains today}]\n',
    )
    assert 5 not in failing(project, "5")
