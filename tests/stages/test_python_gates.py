"""The gates of a real Python project: each passes on a sound one, and fails on its own kind of break."""

import pytest

NO_WHEEL = "gates: {3: {steps: {python: []}}}\n"


def test_a_sound_project_passes_its_gates(project):
    project.begin()
    project.finish_words()
    out = project.must("gates", "--stage", "9.7", "1-5", "8", "--jobs", "2")
    assert out.count("PASSED") == 6
    gates = project.state()["gates"]
    assert {number: each["verdict"] for number, each in gates.items()} == dict.fromkeys([1, 2, 3, 4, 5, 8], "passed")
    assert all(each["clean"] for each in gates.values())
    assert project.state()["metrics"]["tests"] == 1


@pytest.mark.parametrize(
    ("gate", "path", "text", "reason"),
    [
        (1, "README.md", "# {{ cookiecutter.name }}\n", "leftovers 1"),
        (2, "src/demo/extra.py", "import os\n", "exit code 1"),
        (2, "src/demo/extra.py", "x = {  'a':1 }\n", "ruff format: exit code 1"),
        (3, "src/demo/extra.py", 'x = "\\d"\n', "compile: exit code 1"),
        (4, "src/demo/extra.py", 'x: int = "a"\n', "mypy: exit code 1"),
        (5, "tests/test_more.py", "def test_more() -> None:\n    assert False\n", "failed 1"),
        (5, "tests/test_more.py", "import missing_module\n", "failed 1"),
    ],
)
def test_a_break_fails_its_gate(project, gate, path, text, reason):
    project.write(path, text)
    project.begin()
    record = project.gate(gate, expected=1)
    assert record["verdict"] == "failed"
    assert reason in record["reason"]


def test_a_skipped_test_needs_a_reason_on_record(project):
    project.write("tests/test_more.py", "import pytest\n\n\n@pytest.mark.skip\ndef test_more() -> None: ...\n")
    project.begin()
    assert "unexplained 1" in project.gate(5, expected=1)["reason"]
    project.write(
        "stages.yaml",
        'skips: [{test: "tests.test_more::test_more", reason: needs a machine that we have not}]\n',
    )
    record = project.gate(5, expected=0)
    assert record["steps"][0]["figures"]["skipped"] == 1


def test_a_placeholder_in_the_words_fails_the_proof(project):
    project.begin()
    record = project.gate(8, expected=1)
    log = (project.folder() / project.state()["gates"][8]["evidence"] / record["steps"][0]["log"]).read_text()
    assert "summary: a placeholder is left" in log
    assert "'doubling' is still planned" in log
    project.finish_words()
    project.gate(8, expected=0)


@pytest.mark.parametrize("gate", [2, 3, 4, 5, 18])
def test_a_tool_that_looked_at_nothing_has_not_run(project, gate):
    project.write("empty/README", "nothing to see\n")
    project.begin()
    project.git("rm", "-q", "-r", "tests", "src")
    project.write("stages.yaml", "sources: [empty]\n")
    record = project.gate(gate, expected=3)
    assert record["verdict"] == "not_run", record["reason"]


def test_whatever_the_exit_code_nothing_looked_at_is_not_run(project):
    project.begin(
        "gates: {30: {name: Idle, tier: mandatory, timeout: 10, steps: {python: [{name: idle,"
        " run: ['{python}', -c, 'print(\"0 files\")'], looked_at: [{figure: files, at_least: 1}],"
        " figures: [{name: files, read: pattern, at: '(\\d+) files'}]}]}}}\n"
    )
    record = project.gate(30, expected=3)
    assert record["steps"][0]["exit_code"] == 0
    assert "looked at nothing" in record["reason"]


def test_a_missing_tool_has_not_run(project):
    project.begin("gates: {2: {steps: {python: [{name: gone, run: [no-such-tool], version: [no-such-tool, -v]}]}}}\n")
    record = project.gate(2, expected=3)
    assert "no-such-tool" in record["reason"]


def test_a_missing_module_is_a_missing_tool(project):
    """`python -m` starts and exits with 1, as a linter does that found something."""
    step = "{name: gone, run: ['{python}', -m, no_such], version: ['{python}', -m, no_such, --version]}"
    project.begin(f"gates: {{4: {{steps: {{python: [{step}]}}}}}}\n")
    assert "the tool is missing" in project.gate(4, expected=3)["reason"]


def test_an_audit_that_cannot_ask_has_not_run(project):
    """A tool that talks as pip-audit does without a network: exit code 1 and no report."""
    said = "import sys; sys.exit('requests.exceptions.ConnectionError: HTTPSConnectionPool: Max retries exceeded')"
    project.write("audit.py", said + "\n")
    audit = "{name: pip-audit, run: ['{python}', audit.py], unable_when: ['.*ConnectionError.*']}"
    project.begin(f"gates: {{7: {{steps: {{python: [{audit}]}}}}}}\n")
    assert "ConnectionError" in project.gate(7, expected=3)["reason"]


def test_coverage_is_read_from_the_report(project):
    project.write(
        "measure.py",
        'import json, sys\njson.dump({"totals": {"percent_covered": float(sys.argv[2]), "num_statements": 9}},'
        ' open(sys.argv[1], "w"))\n',
    )
    for covered, code in (("89.9", 1), ("90", 0)):
        step = f"""
      - name: measured
        run: ["{{python}}", measure.py, "{{out}}/coverage.json", "{covered}"]
        figures: [{{name: coverage, read: json, at: totals.percent_covered, file: coverage.json}}]
        requires: [{{figure: coverage, at_least: 90}}]
"""
        settings = f"gates:\n  6:\n    steps:\n      python:{step}"
        if code:
            project.begin(settings)
        project.write("stages.yaml", settings)
        project.gate(6, expected=code)


def test_complex_functions_are_named(project):
    deep = "def deep(x):\n" + "".join("    " * n + "if x:\n" for n in range(1, 6)) + "    " * 6 + "pass\n"
    project.write("src/demo/deep.py", deep)
    project.begin()
    record = project.gate(18, expected=1)
    log = project.folder() / project.state()["gates"][18]["evidence"] / record["steps"][0]["log"]
    assert "src/demo/deep.py:1: deep: nesting 5, at most 4" in log.read_text()
