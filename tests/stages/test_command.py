"""The command: which stage, which gates, settings, work trees, exit codes."""

import json
from pathlib import Path

import jsonschema
import pytest

from wf_stages.arguments import numbers
from wf_stages.documents import read_yaml, schema
from wf_stages.errors import StageError
from wf_stages.settings import load_settings
from wf_stages.state import natural, stage_of_branch

ROOT = Path(__file__).resolve().parents[2]


def test_the_stage_is_found_from_the_branch(project):
    project.begin(profile="MINIMAL")
    assert project.stage("gates", "1")[0] == 2
    project.git("checkout", "-qb", "stage-9.7")
    project.must("gates", "1")
    project.git("checkout", "-qb", "stage-9.7-doubling")
    project.must("gates", "1")
    assert len(list((project.folder() / "reports").glob("gate-01/run-*"))) == 2


@pytest.mark.parametrize(
    ("branch", "stage"),
    [
        ("stage-9.7", "9.7"),
        ("stage-9.7-fast", "9.7"),
        ("stage-9", "9"),
        ("stage-8", "8"),
        ("stage-8.1-new-one", "8.1"),
        ("stage-editing-fast", "editing-fast"),
        ("main", None),
    ],
)
def test_branch_to_stage(branch, stage):
    assert stage_of_branch(branch, ["9", "9.7"]) == stage


def test_stages_are_in_natural_order():
    assert sorted(["9.10", "9.7", "10", "editing"], key=natural) == ["9.7", "9.10", "10", "editing"]


@pytest.mark.parametrize(
    ("which", "found"),
    [
        ([], [1, 2, 5]),
        (["all"], [1, 2, 5]),
        (["2"], [2]),
        (["5", "1"], [1, 5]),
        (["1-4"], [1, 2, 3, 4]),
        (["1,3"], [1, 3]),
    ],
)
def test_gates_by_number(which, found):
    assert numbers(which, [1, 2, 5], [1, 2, 3, 4, 5, 6]) == found


@pytest.mark.parametrize("which", ["x", "9", "3-", "-3", "5-2"])
def test_numbers_that_name_no_gate(which):
    with pytest.raises(StageError):
        numbers([which], [1], [1, 2, 3, 4, 5, 6])


def test_a_stage_is_begun_on_its_branch(project):
    project.write("stages.yaml", "profile: MINIMAL\n")
    project.commit()
    assert project.stage("init", "--name", "Doubling")[0] == 2
    project.git("checkout", "-qb", "stage-9.7-doubling")
    project.must("init", "--name", "Doubling")
    assert project.state()["stage"] == "9.7"


def test_a_stage_that_was_begun_gets_no_work_tree(project):
    project.begin(profile="MINIMAL")
    project.commit()
    assert project.stage("init", "--stage", "9.7", "--name", "Again", "--profile", "MINIMAL", "--worktree")[0] == 2
    assert "stage-9.7" not in project.git("branch")


def test_a_name_is_wanted(project):
    project.commit()
    code, out = project.stage("init", "--stage", "9.7", "--name", " ", "--profile", "MINIMAL")
    assert code == 2
    assert "--name is empty" in out


def test_without_a_commit_nothing_begins_to_run(project):
    project.must("init", "--stage", "9.7", "--name", "Early", "--profile", "MINIMAL")
    code, out = project.stage("gates", "--stage", "9.7")
    assert code == 2
    assert out.startswith("error: the repository has no commit yet")


def test_changes_in_no_commit_are_said_before_the_gates(project):
    project.begin(profile="MINIMAL")
    assert "the tree has changes" not in project.must("gates", "--stage", "9.7", "1")
    project.write("more.txt", "more")
    assert project.must("gates", "--stage", "9.7", "1").startswith("the tree has changes that are in no commit")


def test_of_a_gate_that_fails_the_end_of_what_was_said_is_shown(project):
    project.write("src/demo/extra.py", "import os\n")
    project.begin(profile="MINIMAL")
    out = project.stage("gates", "--stage", "9.7", "2")[1]
    assert "| src/demo/extra.py:1:8: F401" in out
    assert "what was said: stage-proofs/stage-9.7/reports/gate-02/run-001/1-ruff-check.txt" in out
    assert "what to do: Let the tool mend it" in out
    assert out.endswith("1 gate in " + out.rpartition("1 gate in ")[2])


def test_status_says_what_comes_next(project):
    project.begin(profile="MINIMAL")
    status = ("status", "--stage", "9.7")
    assert "next: `wf stage gates --stage 9.7 1 2 3 4 5 8`" in project.must(*status)
    project.must("gates", "--stage", "9.7", "1-5")
    assert "next: review.yaml: summary: a placeholder is left" in project.must(*status)
    project.finish_words()
    assert "next: `wf stage gates --stage 9.7 8`" in project.must(*status)
    project.must("gates", "--stage", "9.7", "8")
    assert "next: `wf stage complete --stage 9.7`" in project.must(*status)
    assert "[of another commit]" not in project.must(*status)
    project.write("src/demo/more.py", '"""More."""\n')
    project.commit()
    assert project.must(*status).count("[of another commit]") == 6


def test_a_damaged_stage_hides_no_other(project):
    project.begin(profile="MINIMAL")
    project.must("init", "--stage", "10", "--name", "Other", "--profile", "MINIMAL")
    (project.folder("10") / ".stage-state.yaml").write_text("phase: [")
    for command in ("status", "dashboard"):
        code, out = project.stage(command)
        assert code == 2
        assert "stage 10: " in out
    assert "9.7 Feature: begun, 0 of 6 gates hold" in project.stage("status")[1]
    assert "Feature" in (project.root / "stage-proofs/dashboard.html").read_text()


def test_a_worktree_of_its_own(project):
    project.write("stages.yaml", "profile: MINIMAL\n")
    project.commit()
    project.must("init", "--stage", "4", "--name", "Beside", "--worktree")
    tree = project.root.with_name("demo-stage-4")
    assert (tree / "stage-proofs/stage-4/.stage-state.yaml").exists()
    assert not (project.root / "stage-proofs").exists()
    project.must("init", "--stage", "3", "--name", "Here")
    shown = json.loads(project.must("status", "--json"))
    assert [(each["stage"], each["worktree"]) for each in shown] == [("3", str(project.root)), ("4", str(tree))]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("profil: MINIMAL\n", "profil"),
        ("gates: {2: {timeout: 0}}\n", "gates/2/timeout"),
        ("gates: {40: {name: New}}\n", "gates/40"),
        ("skips: [{test: x}]\n", "skips/0"),
        ("a: [\n", "stages.yaml:2:1: not YAML: expected the node content"),
        ("profile: NOPE\n", "there is no profile NOPE"),
        ("profiles: {A: {extends: B}, B: {extends: A}}\n", "extends itself"),
        ("profiles: {A: {gates: [77]}}\n", "profile A names gates that are not there: [77]"),
        ("gates: {2: {steps: {python: [{name: a, run: [x], unable_when: ['(']}]}}}\n", "gates/2/steps/python: a: '('"),
        ("gates: {2: {steps: {python: [{name: a, run: [x]}, {name: a, run: [x]}]}}}\n", "two steps"),
        ("gates: {2: {steps: {python: [{name: a, run: [x], requires: [{figure: y, at_most: 1}]}]}}}\n", "no figure"),
    ],
)
def test_settings_that_are_wrong_are_named(project, text, place):
    project.write("stages.yaml", text)
    project.commit()
    code, out = project.stage("list")
    assert code == 2
    assert place in out


def test_a_name_that_stands_for_nothing_is_said_before_anything_runs(project):
    project.begin("gates: {9: {steps: {python: [{name: say, run: ['{python}', '{nothing}', '{out}/x{y}']}]}}}\n")
    code, out = project.stage("gates", "--stage", "9.7", "1", "9")
    assert code == 2
    assert "gate 9, say: nothing says what {nothing} stands for" in out
    assert "folder, out, page, scratch, sources, stage, technology, tests" in out
    assert not project.state()["gates"]


def test_a_project_changes_gates_and_makes_profiles(project):
    project.write(
        "stages.yaml",
        "profiles: {OURS: {extends: MINIMAL, gates: [18], without: [4]}}\ngates: {5: {timeout: 7}, 18: {tier: mandatory}}\n",
    )
    settings = load_settings(project.root)
    assert settings.profile_gates("OURS") == [1, 2, 3, 5, 8, 18]
    assert settings.gate(5, "python").timeout == 7
    assert settings.gate(5, "python").steps, "what is not overridden stays"


def test_every_gate_and_profile_of_the_issue_is_there(project):
    settings = load_settings(project.root)
    assert sorted(settings.numbers()) == list(range(1, 23))
    assert settings.profile_gates("FRONTEND_TS") == [1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 21, 22]
    assert settings.profile_gates("LANGUAGE_SERVER") == [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15]
    for technology in ("python", "typescript", "dotnet"):
        assert all(settings.gate(number, technology).steps for number in range(1, 9)), technology


def test_the_frameworks_own_gates_follow_the_schema():
    catalogue = json.loads(json.dumps(read_yaml(ROOT / "wf_stages/catalogue.yaml")))
    jsonschema.Draft202012Validator(schema("stages")).validate(catalogue)


@pytest.mark.parametrize("name", ["stages", "stage-state"])
def test_the_schemas_for_editors_are_those_of_the_package(name):
    inside = ROOT / f"wf_stages/{name}.schema.json"
    assert (ROOT / f"schemas/{name}.schema.json").read_text() == inside.read_text(), f"cp {inside} schemas/"
    jsonschema.Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("stage", ["../x", "", "a/b", "-x", "x.lock"])
def test_names_that_are_no_stage(project, stage):
    project.commit()
    assert project.stage("init", f"--stage={stage}", "--name", "x", "--profile", "MINIMAL")[0] == 2
    assert not (project.root / "stage-proofs").exists()


def test_outside_of_a_repository_it_is_said(project, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out = project.stage("status")
    assert code == 2
    assert "not in a git repository" in out


def test_a_project_of_no_known_technology_runs_what_any_has(project):
    project.write("stages.yaml", "technology: dotnet\nprofile: MINIMAL\n")
    project.commit()
    project.must("init", "--stage", "9.7", "--name", "Other")
    project.gate(1, expected=0)
    assert "dotnet" in project.gate(2, expected=3)["reason"]
