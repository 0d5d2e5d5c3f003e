"""`wf test`."""

import xml.etree.ElementTree as ET

import pytest

from tests.testing.test_running import ADA, TASK, case

GOOD = case(f"{{get-user: {ADA}}}", "{output: {greeting: Hello Ada, again: Ada}}").replace(
    "    - {name: wrong, input: {words: [a]}, output: [a]}\n", ""
)
BAD = GOOD.replace("greeting: Hello Ada", "greeting: Hello Bob")
USER = "workflows/user-profile.workflow.yaml"


def test_all_pass(wf, document):
    place = document("greet.wftest.yaml", GOOD)
    answer = wf("test", place)
    assert (answer.code, answer.err) == (0, "")
    assert "greet-test\n  ✓ it greets" in answer.out
    assert "shout\n  ✓ two words" in answer.out
    assert "no case reaches" in answer.out
    assert "  again  fallback\n" in answer.out
    assert answer.out.splitlines()[-1].startswith("2 passed in ")


def test_one_fails(wf, document):
    answer = wf("test", document("greet.wftest.yaml", BAD))
    assert answer.code == 1
    assert '      output.greeting: "Hello Bob" was expected, "Hello Ada" came' in answer.out
    assert "1 passed, 1 failed in" in answer.out


def test_json(wf, document):
    body = wf("test", document("greet.wftest.yaml", BAD), "--json").json
    assert (body["passed"], body["failed"]) == (1, 1)
    (failed,) = [each for each in body["cases"] if not each["passed"]]
    assert failed["mismatches"][0]["at"] == "greeting"
    assert body["coverage"][0]["missed"] == [
        {"path": "again", "branch": "if true"},
        {"path": "again", "branch": "fallback"},
    ]


def test_junit(wf, document, tmp_path):
    report = tmp_path / "reports" / "wf.xml"
    assert wf("test", document("greet.wftest.yaml", BAD), "--junit", report).code == 1
    root = ET.parse(report).getroot()
    suites = {suite.get("name"): suite for suite in root}
    assert {name: suite.get("failures") for name, suite in suites.items()} == {"shout": "0", "greet-test": "1"}
    failure = suites["greet-test"].find("testcase/failure")
    assert failure.get("message") == 'output.greeting: "Hello Bob" was expected, "Hello Ada" came'


def test_what_is_not_judged_has_not_passed(wf, document, tmp_path):
    example = "  output: {greeting:"
    text = GOOD.replace(
        example, f"  examples: [{{name: guessed, input: {{id: a}}, expectedOutput: {{}}}}]\n{example}", 1
    )
    place, report = document("greet.wftest.yaml", text), tmp_path / "wf.xml"
    answer = wf("test", place, "--junit", report)
    assert answer.code == 0
    assert "  – guessed" in answer.out
    assert "2 passed, 1 not judged in" in answer.out
    body = wf("test", place, "--json").json
    assert (body["passed"], body["notJudged"], body["failed"]) == (2, 1, 0)
    (skipped,) = ET.parse(report).getroot().findall("testsuite/testcase/skipped")
    assert skipped.get("message").startswith("not judged: no example of a task has the input of `user`")


def test_cases_are_chosen_by_name(wf, document):
    place = document("greet.wftest.yaml", GOOD)
    assert wf("test", place, "-k", "GREETS").out.splitlines()[-1].startswith("1 passed")
    answer = wf("test", place, "-k", "nothing")
    assert answer.code == 2
    assert "There is no test case that has `nothing` in its name." in answer.err


def test_a_document_with_an_error_does_not_run(wf, document):
    answer = wf(
        "test", document("greet.wftest.yaml", GOOD.replace("taskRef: get-user, input", "taskRef: get-usr, input"))
    )
    assert answer.code == 1
    assert "WF301: There is no task `get-usr`" in answer.out


@pytest.mark.parametrize("text", ["", TASK.split("---")[0]])
def test_nothing_to_test(wf, document, text):
    answer = wf("test", document("a.wf.yaml", text))
    assert answer.code == 2
    assert "There is no test case." in answer.err


def test_a_run_is_saved_as_a_test_that_passes(wf, shop):
    for given in ("1", "404404"):
        identity = wf("run", USER, "-i", f"userId={given}", "--record", "--json").json["executionId"]
        saved = wf("test", "--save", identity)
        assert saved.code == 0
        (shop / "saved.wftest.yaml").write_text(saved.out)
        answer = wf("test", "saved.wftest.yaml")
        assert answer.code == 0, answer.out
        assert wf("validate", "saved.wftest.yaml").code == 0


def test_the_examples_of_the_examples_pass(wf, shop):
    answer = wf("test", "tasks", "workflows")
    assert answer.code == 0, answer.out
    assert wf("test", ".").code == 1, "the broken draft cannot be run"


@pytest.mark.parametrize("more", [["--json"], ["--junit", "it.xml"]])
def test_watching_is_for_people(wf, document, more):
    answer = wf("test", document("greet.wftest.yaml", GOOD), "--watch", *more)
    assert (answer.code, answer.out) == (2, "")
    assert "--watch shows results to people alone" in answer.err
