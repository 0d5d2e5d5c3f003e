"""From `init` to `complete`, and what `verify` says when somebody touched the evidence."""

import json
import os
import shutil

import pytest

from wf_stages.cli import main
from wf_stages.documents import read_yaml, to_yaml


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A stage as it is once every gate holds, and once it is complete, so that each is made once."""
    return tmp_path_factory.mktemp("kept")


def made(project, kept, make):
    """The project as it was kept, or made now and kept."""
    if not kept.exists():
        make()
        shutil.copytree(project.root, kept)
    shutil.rmtree(project.root)
    shutil.copytree(kept, project.root)
    os.chdir(project.root)
    return project


@pytest.fixture
def proven(project, kept):
    """A stage of which every gate holds."""

    def make():
        project.begin(profile="MINIMAL")
        project.finish_words()
        project.must("gates", "--stage", "9.7")

    return made(project, kept / "proven", make)


@pytest.fixture
def completed(proven, kept):
    return made(proven, kept / "completed", lambda: proven.must("complete", "--stage", "9.7"))


def evidence(project, number):
    return project.folder() / project.state()["gates"][number]["evidence"]


def change_state(project, change):
    path = project.folder() / ".stage-state.yaml"
    state = read_yaml(path)
    change(state)
    path.write_text(to_yaml(state))


def test_a_stage_is_completed_committed_and_tagged(proven):
    before = proven.git("rev-parse", "HEAD").strip()
    assert "would be completed" in proven.must("complete", "--stage", "9.7", "--dry-run")
    assert proven.git("rev-parse", "HEAD").strip() == before
    proven.must("complete", "--stage", "9.7")
    assert proven.git("tag").split() == ["stage-9.7-complete"]
    assert not proven.git("status", "--porcelain")
    assert proven.state()["proven"] == before
    proof = (proven.folder() / "STAGE_9.7_PROOF.md").read_text()
    assert "**Recommendation: PROCEED**" in proof
    assert "| 5 Tests | PASSED | tests 1" in proof
    assert "Stage 9.7, Feature, is complete" in (proven.root / "CHANGELOG.md").read_text()
    assert proven.must("verify", "9.7") == "stage 9.7: holds\n"


def test_the_baseline_is_committed_with_the_proof(proven):
    proven.write("stage-proofs/baseline.yaml", "ms: 1\n")
    proven.must("complete", "--stage", "9.7")
    assert "stage-proofs/baseline.yaml" in proven.git("ls-files")
    assert not proven.git("status", "--porcelain")


def test_a_stage_that_is_the_same_in_every_work_tree_is_said_once(completed):
    completed.git("worktree", "add", "-q", str(completed.root.parent / "beside"))
    assert completed.must("status").count("9.7 Feature: complete") == 1


def test_verify_needs_no_tag_and_counts_newer_commits(completed):
    completed.git("tag", "-d", "stage-9.7-complete")
    completed.write("src/demo/more.py", '"""More."""\n')
    completed.commit()
    assert "holds; 1 newer commit\n" in completed.must("verify", "--all")


def test_a_proven_commit_that_is_no_ancestor_is_named(completed):
    completed.git("checkout", "-q", "--orphan", "other")
    completed.commit()
    code, out = completed.stage("verify", "9.7")
    assert code == 1
    assert "is no ancestor" in out


def test_without_the_history_the_files_are_verified(completed, tmp_path, monkeypatch):
    """In a shallow clone, as build servers make them, and where files were copied without a repository."""
    completed.write("later.txt", "later")
    completed.git("add", "later.txt")
    completed.git("commit", "-qm", "Later")
    shallow, copy = tmp_path / "shallow", tmp_path / "copy"
    completed.git("clone", "-q", "--depth", "1", completed.root.as_uri(), str(shallow))
    shutil.copytree(shallow, copy, ignore=shutil.ignore_patterns(".git"))
    for folder in (shallow, copy):
        monkeypatch.chdir(folder)
        assert main(["verify", "--all"]) == 0
        proof = folder / "stage-proofs/stage-9.7/STAGE_9.7_PROOF.md"
        proof.write_text(proof.read_text() + "more")
        assert main(["verify", "--all"]) == 1


def test_an_edited_artifact_is_named(completed):
    junit = evidence(completed, 5) / "junit.xml"
    junit.write_text(junit.read_text().replace("test_double", "test_triple"))
    code, out = completed.stage("verify", "9.7")
    assert code == 1
    assert "gate 5: reports/gate-05/run-001/junit.xml was changed" in out


def test_a_deleted_report_is_named(completed):
    (evidence(completed, 2) / "1-ruff-check.txt").unlink()
    assert "1-ruff-check.txt is missing" in completed.stage("verify", "9.7")[1]
    (evidence(completed, 4) / "record.json").unlink()
    assert "record.json is missing" in completed.stage("verify", "9.7")[1]


def test_an_added_file_is_named(completed):
    (evidence(completed, 2) / "nice.txt").write_text("all good")
    assert "nice.txt is no part of the evidence" in completed.stage("verify", "9.7")[1]


def test_a_flipped_verdict_is_found_from_the_evidence(project):
    project.write("tests/test_more.py", "def test_more() -> None:\n    assert False\n")
    project.begin()
    project.gate(5, expected=1)
    change_state(project, lambda state: state["gates"][5].update(verdict="passed"))
    code, out = project.stage("verify", "9.7")
    assert code == 1
    assert "gate 5: reports/gate-05/run-001: the state says passed, the evidence failed" in out


def test_a_flipped_record_with_its_hash_made_anew_is_found(project):
    project.write("tests/test_more.py", "def test_more() -> None:\n    assert False\n")
    project.begin()
    project.gate(5, expected=1)
    path = evidence(project, 5) / "record.json"
    record = json.loads(path.read_text())
    record["verdict"] = "passed"
    record["steps"][0]["figures"]["failed"] = 0
    record["steps"][0]["exit_code"] = 0
    path.write_text(json.dumps(record))
    import hashlib

    new = hashlib.sha256(path.read_bytes()).hexdigest()
    change_state(project, lambda state: state["gates"][5].update(verdict="passed", record=new))
    out = project.stage("verify", "9.7")[1]
    assert "the figure pytest: failed is not what the files say" in out
    assert "the state says passed, the evidence failed" in out


def test_a_link_in_place_of_a_report_is_named(completed, tmp_path):
    junit = evidence(completed, 5) / "junit.xml"
    junit.rename(tmp_path / "junit.xml")
    junit.symlink_to(tmp_path / "junit.xml")
    assert "junit.xml is a link, not a file" in completed.stage("verify", "9.7")[1]


def test_a_run_before_the_last_is_verified_too(project):
    project.begin()
    project.gate(2, expected=0)
    first = evidence(project, 2)
    project.gate(2, expected=0)
    project.must("verify", "9.7")
    (first / "1-ruff-check.txt").write_text("all good")
    assert "reports/gate-02/run-001/1-ruff-check.txt was changed" in project.stage("verify", "9.7")[1]
    (first / "record.json").write_text("[]")
    assert "reports/gate-02/run-001: run-001/record.json is no record" in project.stage("verify", "9.7")[1]


def refit(project, old, new):
    """Changes the state and the proof alike, so that one bears the other out."""
    for path in (project.folder() / ".stage-state.yaml", project.folder() / "STAGE_9.7_PROOF.md"):
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("tests 1, failed 0", "tests 900, failed 0", "the state says reason tests 900"),
        ("Tests", "Exams", "the state says name Exams, the evidence Tests"),
    ],
)
def test_what_the_state_says_of_a_run_is_what_its_record_says(completed, old, new, said):
    refit(completed, old, new)
    code, out = completed.stage("verify", "9.7")
    assert code == 1
    assert said in out


def test_metrics_are_those_of_the_evidence(project):
    project.begin()
    project.gate(5, expected=0)
    change_state(project, lambda state: state["metrics"].update(tests=1000))
    assert "metrics: the state says tests 1000, and no run that passed does" in project.stage("verify", "9.7")[1]


def test_a_metric_of_a_run_that_passed_before_a_failure_stays(project):
    project.begin()
    project.gate(5, expected=0)
    project.write("tests/test_more.py", "def test_more() -> None:\n    assert False\n")
    project.gate(5, expected=1)
    assert project.state()["metrics"]["tests"] == 1
    project.must("verify", "9.7")


def test_a_plan_that_was_made_lighter_is_named(completed):
    change_state(completed, lambda state: state["planned"][5].update(tier="optional"))
    assert "gate 5: it is planned as optional and ran as mandatory" in completed.stage("verify", "9.7")[1]


def test_a_gate_that_ran_as_another_tier_refuses(proven):
    change_state(proven, lambda state: state["planned"][5].update(tier="recommended"))
    assert "gate 5: it is planned as recommended and ran as mandatory" in proven.stage("complete", "--stage", "9.7")[1]


def test_a_complete_stage_that_is_said_to_be_open_is_named(completed):
    change_state(completed, lambda state: state.update(phase="gates"))
    code, out = completed.stage("verify", "9.7")
    assert code == 1
    assert "STAGE_9.7_PROOF.md is there, yet the state says gates" in out
    (completed.folder() / "STAGE_9.7_PROOF.md").unlink()
    assert "the state names when or what was proven, yet says gates" in completed.stage("verify", "9.7")[1]


def test_what_was_changed_to_fit_is_found_in_the_history(completed):
    proof, state = completed.folder() / "STAGE_9.7_PROOF.md", completed.folder() / ".stage-state.yaml"
    state.write_text(state.read_text().replace("status: done", "status: dropped"))
    proof.write_text(proof.read_text().replace("doubling: done", "doubling: dropped"))
    completed.git("commit", "-qam", "quietly")
    code, out = completed.stage("verify", "9.7")
    assert code == 1
    assert "completed it: .stage-state.yaml, STAGE_9.7_PROOF.md" in out


def test_a_stage_whose_state_or_folder_is_gone_is_named(completed):
    (completed.folder() / ".stage-state.yaml").unlink()
    code, out = completed.stage("verify", "--all")
    assert (code, out) == (1, "stage 9.7: .stage-state.yaml is missing\nstage 9.7: DOES NOT HOLD\n")
    shutil.rmtree(completed.folder())
    assert completed.stage("verify", "--all") == (code, out)


def test_a_stage_that_there_never_was_is_a_wrong_request(completed):
    code, out = completed.stage("verify", "3")
    assert code == 2
    assert "there is no stage 3 here" in out


def test_a_missing_proof_or_review_is_named(completed):
    (completed.folder() / "STAGE_9.7_PROOF.md").unlink()
    assert "stage 9.7: STAGE_9.7_PROOF.md is missing\n" in completed.stage("verify", "9.7")[1]
    (completed.folder() / "review.yaml").unlink()
    assert "STAGE_9.7_PROOF.md and review.yaml are missing\n" in completed.stage("verify", "9.7")[1]


def test_gates_beside_the_profile_are_in_the_proof(project):
    project.write("src/demo/extra.py", "def bare():\n    eval('1')\n")
    project.begin(
        "gates: {2: {steps: {python: [{name: x, run: ['true']}]}}, 4: {steps: {python: [{name: x, run: ['true']}]}}}\n",
        profile="MINIMAL",
    )
    project.finish_words()
    project.must("gates", "--stage", "9.7")
    project.gate(16, expected=1)
    assert "WARNING" not in project.must("complete", "--stage", "9.7")
    assert "| 16 Static security analysis | FAILED |" in (project.folder() / "STAGE_9.7_PROOF.md").read_text()


def test_an_edited_proof_or_review_is_named(completed):
    proof = completed.folder() / "STAGE_9.7_PROOF.md"
    text = proof.read_text()
    proof.write_text(text.replace("PROCEED", "PROCEED WITH CAUTION"))
    assert "STAGE_9.7_PROOF.md is not what the evidence" in completed.stage("verify", "9.7")[1]
    proof.write_text(text)
    review = completed.folder() / "review.yaml"
    review.write_text(review.read_text().replace("small", "large"))
    assert "STAGE_9.7_PROOF.md is not what the evidence" in completed.stage("verify", "9.7")[1]


@pytest.mark.parametrize("committed", [True, False])
def test_a_change_after_the_gates_refuses(proven, committed):
    proven.write("src/demo/more.py", '"""More."""\n')
    if committed:
        proven.commit()
    code, out = proven.stage("complete", "--stage", "9.7")
    assert code == 1
    assert "changed since the gates" in out
    assert "src/demo/more.py" in out


def test_gates_on_a_tree_with_changes_prove_no_commit(project):
    project.begin(profile="MINIMAL")
    project.finish_words()
    project.write("src/demo/more.py", '"""More."""\n')
    project.must("gates", "--stage", "9.7")
    assert "ran on a tree with changes" in project.stage("complete", "--stage", "9.7")[1]


def test_a_gate_that_is_not_run_refuses_until_it_is_waived(project):
    gone = "gates: {4: {steps: {python: [{name: gone, run: [no-such-tool]}]}}}\n"
    project.begin(gone, profile="MINIMAL")
    project.finish_words()
    assert project.stage("gates", "--stage", "9.7", "--keep-going")[0] == 3
    assert "gate 4 Types: NOT RUN" in project.stage("complete", "--stage", "9.7")[1]
    waiver = ("--who", "A. Author", "--why", "the tool is not for this machine", "--until", "2999-01-01")
    project.must("waive", "--stage", "9.7", "4", *waiver)
    project.must("complete", "--stage", "9.7")
    proof = (project.folder() / "STAGE_9.7_PROOF.md").read_text()
    assert "| 4 Types | NOT RUN, WAIVED |" in proof
    assert "waived by A. Author until 2999-01-01" in proof
    project.must("verify", "--all")


def test_a_waiver_that_has_run_out_waives_nothing(project):
    project.begin("gates: {4: {steps: {python: []}}}\n")
    project.gate(4, expected=3)
    old = {"who": "A", "why": "long enough a reason", "until": "2001-01-01", "at": "2001-01-01T00:00:00Z"}
    change_state(project, lambda state: state["waivers"].update({4: old}))
    assert "4 Types: NOT RUN  " in project.must("status", "--stage", "9.7")
    assert project.stage("gates", "--stage", "9.7", "4")[0] == 3


def test_only_what_could_not_be_run_is_waived(project):
    project.write("src/demo/extra.py", "import os\n")
    project.begin()
    project.gate(2, expected=1)
    words = ("--who", "A", "--why", "because I would like to", "--until", "2999-01-01")
    assert project.stage("waive", "--stage", "9.7", "2", *words)[0] == 2
    assert project.stage("waive", "--stage", "9.7", "3", *words)[0] == 2


@pytest.mark.parametrize(
    ("who", "why", "until", "said"),
    [
        (" ", "the tool is not here", "2999-01-01", "--who is empty"),
        ("A", "   because    ", "2999-01-01", "--why is too short"),
        ("A", "the tool is not here", "2001-01-01", "is past"),
        ("A", "the tool is not here", "2999-02-31", "is no day"),
        ("A", "the tool is not here", "soon", "is no day"),
    ],
)
def test_a_waiver_says_who_why_and_until_when(project, who, why, until, said):
    project.begin("gates: {4: {steps: {python: []}}}\n")
    project.gate(4, expected=3)
    code, out = project.stage("waive", "--stage", "9.7", "4", "--who", who, "--why", why, "--until", until)
    assert code == 2
    assert said in out
    assert project.state()["waivers"] == {}


def test_a_complete_stage_is_not_waived_any_more(completed):
    words = ("--who", "A", "--why", "because I would like to", "--until", "2999-01-01")
    code, out = completed.stage("waive", "--stage", "9.7", "2", *words)
    assert code == 2
    assert "the stage is complete" in out


def test_a_tag_that_cannot_be_made_undoes_everything(proven):
    """The tag's name is taken by a folder of references, so that only the last step fails."""
    proven.git("tag", "stage-9.7-complete/taken")
    before = (proven.git("rev-parse", "HEAD"), proven.git("status", "--porcelain"), proven.state())
    assert proven.stage("complete", "--stage", "9.7")[0] == 2
    assert (proven.git("rev-parse", "HEAD"), proven.git("status", "--porcelain"), proven.state()) == before
    assert not (proven.root / "CHANGELOG.md").exists()
    assert not (proven.folder() / "STAGE_9.7_PROOF.md").exists()
    proven.git("tag", "-d", "stage-9.7-complete/taken")
    proven.must("complete", "--stage", "9.7")


def test_a_complete_stage_stays_as_it_is(completed):
    assert completed.stage("gates", "--stage", "9.7", "1")[0] == 2
    assert completed.stage("init", "--stage", "9.7", "--name", "again", "--profile", "MINIMAL")[0] == 2
    completed.must("verify", "9.7")


def test_gates_on_commits_that_differ_in_records_only_prove_the_last(project):
    project.begin(profile="MINIMAL")
    project.must("gates", "--stage", "9.7", "1-5")
    project.finish_words()
    last = project.commit()
    project.must("gates", "--stage", "9.7", "8")
    project.must("complete", "--stage", "9.7")
    assert project.state()["proven"] == last
    project.must("verify", "9.7")


def test_a_figure_is_compared_with_its_baseline(project):
    step = "{name: measure, run: ['{python}', -c, 'print(\"took\", open(\"took\").read())'], figures: [{name: ms, read: pattern,"
    step += " at: 'took ([0-9.]+)'}], requires: [{figure: ms, rise_at_most: 10}]}"
    project.write("took", "100")
    project.begin(f"gates: {{12: {{steps: {{python: [{step}]}}}}}}\n")
    assert "no baseline" in project.gate(12, expected=3)["reason"]
    assert project.must("baseline", "--stage", "9.7", "12") == "ms: 100\n"
    for took, code in (("110", 0), ("111", 1), ("20", 0)):
        project.write("took", took)
        project.gate(12, expected=code)
    (project.root / "stage-proofs/baseline.yaml").write_text("ms: 1\n")
    project.must("verify", "9.7")  # evidence keeps what it was compared with


def test_a_hook_that_refuses_the_commit_undoes_everything(proven):
    hook = proven.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n")
    hook.chmod(0o755)
    before = (proven.git("rev-parse", "HEAD"), proven.git("status", "--porcelain"), proven.state())
    code, out = proven.stage("complete", "--stage", "9.7")
    assert code == 2
    assert "not today" in out
    assert (proven.git("rev-parse", "HEAD"), proven.git("status", "--porcelain"), proven.state()) == before
    assert not proven.git("tag")


@pytest.mark.parametrize("text", ["[]", "{", "{}", '{"files": {}, "steps": 3}', '{"files": 1}'])
def test_a_record_that_is_none_is_named(project, text):
    project.begin()
    project.gate(1, expected=0)
    (evidence(project, 1) / "record.json").write_text(text)
    code, out = project.stage("verify", "9.7")
    assert code == 1
    assert "gate 1: reports/gate-01/run-001" in out
