"""`wf fmt` and `wf migrate`: what they write, print and exit with."""

from pathlib import Path

import pytest

OLD = """\
# kept
apiVersion: workflow.example.com/v1   # the group
kind: WorkflowTask
metadata: {name: t}
spec:
  type: http
  request: &r {method: GET, url: "https://example.com/"}
  retryPolicy:
    # how often
    maxRetries: 2
"""
NEW = """\
# kept
apiVersion: workflow.io/v1   # the group
kind: WorkflowTask
metadata: {name: t}
spec:
  type: http
  http: &r {method: GET, url: "https://example.com/"}
  retry:
    # how often
    maxAttempts: 3
"""
LOOSE = "apiVersion:  workflow.io/v1\nkind: Workflow\nmetadata: { name: w }\nspec:\n    tasks: [{id: a,taskRef: t}]\n"
TIDY = "apiVersion: workflow.io/v1\nkind: Workflow\nmetadata: {name: w}\nspec:\n  tasks: [{id: a, taskRef: t}]\n"
CASES = [("migrate", OLD, NEW), ("fmt", LOOSE, TIDY)]


@pytest.mark.parametrize(("command", "before", "after"), CASES)
def test_a_file_is_written(wf, document, command, before, after):
    path = document("a.workflow.yaml", before)
    assert wf(command, path).code == 0
    assert path.read_text() == after
    answer = wf(command, path)
    assert (answer.code, answer.out) == (0, "")
    assert "0 files" in answer.err


@pytest.mark.parametrize(("command", "before", "after"), CASES)
def test_check_writes_nothing_and_names_the_files(wf, document, command, before, after):
    path = document("a.workflow.yaml", before)
    document("b.workflow.yaml", after.replace("name: w", "name: v").replace("name: t", "name: u"))
    answer = wf(command, path.parent, "--check")
    assert (answer.code, answer.out) == (1, "project/a.workflow.yaml\n")
    assert path.read_text() == before


@pytest.mark.parametrize(("command", "before", "after"), CASES)
def test_diff_shows_what_would_change(wf, document, command, before, after):
    path = document("a.workflow.yaml", before)
    answer = wf(command, path, "--diff")
    assert answer.code == 0
    changed = {line[1:] for line in answer.out.splitlines()[2:] if line.startswith("+")}
    assert changed == set(after.splitlines()) - set(before.splitlines())
    assert path.read_text() == before


@pytest.mark.parametrize(("command", "before", "after"), CASES)
def test_standard_input(wf, command, before, after):
    answer = wf(command, "-", stdin=before)
    assert (answer.code, answer.out) == (0, after)
    assert wf(command, "-", stdin=before.replace("\n", "\r\n")).out == after.replace("\n", "\r\n")


def test_what_cannot_be_read_is_left_alone(wf, document):
    path = document("a.workflow.yaml", LOOSE + "  output: [\n")
    good = document("b.workflow.yaml", LOOSE)
    answer = wf("fmt", path.parent)
    assert answer.code == 1
    assert "a.workflow.yaml:6:11: it is not formatted, since the closing `]` is missing" in answer.err
    assert path.read_text() == LOOSE + "  output: [\n"
    assert good.read_text() == TIDY
    broken = wf("fmt", "-", stdin=LOOSE + "  output: [\n")
    assert (broken.code, broken.out) == (1, LOOSE + "  output: [\n")


def test_settings_of_the_project_hold(wf, document):
    path = document("a.workflow.yaml", TIDY)
    (path.parent / "wf.toml").write_text("[format]\nbrace_spacing = true\n")
    assert wf("fmt", path, "--format-indent", 4).code == 0
    assert path.read_text() == TIDY.replace("{name: w}", "{ name: w }").replace("  tasks", "    tasks").replace(
        "{id: a, taskRef: t}", "{ id: a, taskRef: t }"
    )


def test_old_spellings_that_are_switched_off_are_rewritten_all_the_same(wf, document):
    path = document("a.task.yaml", OLD)
    (path.parent / "wf.toml").write_text('[checks.severity]\nWF902 = "off"\n')
    assert wf("migrate", path).code == 0
    assert path.read_text() == NEW


def test_a_broken_file_is_migrated_as_far_as_it_is_read(wf, document):
    path = document("a.task.yaml", OLD + "  nonsense: {{\n")
    assert wf("migrate", path).code == 0
    assert path.read_text() == NEW + "  nonsense: {{\n"


def test_nothing_to_do(wf, tmp_path: Path):
    answer = wf("fmt", tmp_path / "none")
    assert answer.code == 2


def test_old_spellings_run_as_those_of_today(wf, shop):
    workflow = shop / "workflows/user-profile.workflow.yaml"
    run = ("run", workflow, "--input", "userId=1", "--json")
    today = wf(*run).json
    for path in shop.glob("tasks/*.yaml"):
        text = (
            path.read_text().replace("workflow.io/v1", "workflows.example.com/v1").replace("  http:\n", "  request:\n")
        )
        path.write_text(text)
    workflow.write_text(workflow.read_text().replace("{{input.", "{{workflow.input."))
    answer = wf(*run)
    assert answer.code == 0
    assert (answer.json["status"], answer.json["output"]) == (today["status"], today["output"])
    assert wf("migrate", shop).code == 0
    assert wf("migrate", shop, "--check").code == 0
    assert wf(*run).json["output"] == today["output"]
