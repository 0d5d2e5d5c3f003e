"""The formats of `wf validate`."""

import json
from pathlib import Path

import pytest

from wf_engine.checks import BY_CODE

BROKEN = "broken/order-dashboard.workflow.yaml"
KEYS = ["path", "range", "code", "name", "severity", "message", "hint", "docs", "related", "fixes"]


def test_json_has_the_fields_of_the_documentation(wf, shop):
    answer = wf("validate", "broken", "--format", "json")
    assert answer.json == wf("validate", "broken", "--json").json
    assert [list(each) for each in answer.json] == [KEYS] * 7
    found = {each["code"]: each for each in answer.json}
    task = found["WF301"]
    assert (task["path"], task["name"], task["severity"]) == (BROKEN, "unknown-task", "error")
    assert task["range"] == {"start": {"line": 49, "column": 16}, "end": {"line": 49, "column": 26}}
    assert task["docs"] == "docs/diagnostics/WF301.md"
    assert task["fixes"] == [
        {
            "title": "Change it to `get-payment`",
            "edits": [{"path": BROKEN, "range": task["range"], "newText": "get-payment"}],
        }
    ]
    (related,) = found["WF305"]["related"]
    assert (related["path"], related["range"]["start"]) == (BROKEN, {"line": 36, "column": 11})


def test_json_of_clean_files_is_an_empty_list(wf, shop):
    assert wf("validate", "tasks/users/get-user.task.yaml", "--json").json == []


def test_columns_count_code_points_and_only_line_ends_end_lines(wf, document):
    path = document("w.workflow.yaml", "# \u2028 é\r\napiVersion: workflow.io/v1\r\nkind: '😀x'\r\n")
    (found,) = [each for each in wf("validate", path, "--json").json if each["code"] == "WF204"]
    assert found["range"] == {"start": {"line": 3, "column": 7}, "end": {"line": 3, "column": 11}}


def test_github_writes_workflow_commands(wf, shop):
    answer = wf("validate", "broken", "--format", "github")
    assert answer.code == 1
    lines = answer.out.splitlines()
    assert len(lines) == 7
    start = f"::error file={BROKEN},line=49,endLine=49,col=16,endColumn=26,title=WF301 unknown-task::There is no task "
    assert [line for line in lines if line.startswith(start)]
    assert [line.split(" ")[0] for line in lines].count("::warning") == 1


def test_github_escapes_what_would_end_a_message_or_a_property(wf, document):
    path = document("100%,a:b.workflow.yaml", "apiVersion: workflow.io/v1\nkind: '%0A'\n")
    (line,) = wf("validate", path, "--format", "github").out.splitlines()
    assert "file=project/100%25%2Ca%3Ab.workflow.yaml," in line
    assert "`%250A` is not a kind" in line
    assert "%0Ahint: " in line


def test_sarif_is_complete(wf, shop, monkeypatch):
    answer = wf("validate", "broken", "--format", "sarif")
    assert answer.code == 1
    log = answer.json
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["originalUriBaseIds"]["SRCROOT"]["uri"] == f"{Path.cwd().as_uri()}/"
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({result["ruleId"] for result in run["results"]})
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == BY_CODE[result["ruleId"]].severity.label
    task = next(result for result in run["results"] if result["ruleId"] == "WF301")
    place = {"artifactLocation": {"uri": BROKEN, "uriBaseId": "SRCROOT"}}
    region = {"startLine": 49, "startColumn": 16, "endLine": 49, "endColumn": 26}
    assert task["locations"] == [{"physicalLocation": {**place, "region": region}}]
    (fix,) = task["fixes"]
    replacement = {"deletedRegion": region, "insertedContent": {"text": "get-payment"}}
    assert fix["artifactChanges"] == [{**place, "replacements": [replacement]}]
    twice = next(result for result in run["results"] if result["ruleId"] == "WF305")
    assert [each["id"] for each in twice["relatedLocations"]] == [1]


def test_sarif_encodes_names_of_files(wf, document, monkeypatch):
    path = document("a b%.workflow.yaml", "apiVersion: workflow.io/v1\nkind: x\n")
    results = wf("validate", path, "--format", "sarif").json["runs"][0]["results"]
    location = results[0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"] == "project/a%20b%25.workflow.yaml"


@pytest.mark.parametrize("name", ["json", "sarif"])
def test_half_a_surrogate_pair_does_not_break_the_output(wf, document, name):
    path = document("w.workflow.yaml", 'apiVersion: workflow.io/v1\nkind: "\\uD800"\n')
    answer = wf("validate", path, "--format", name)
    assert answer.code == 1
    assert json.loads(answer.out)


def test_colours_are_for_terminals_unless_they_are_wanted(wf, shop):
    assert "\x1b[" not in wf("validate", "broken").out
    assert "\x1b[1;31merror[WF201]\x1b[0m" in wf("validate", "broken", "--color", "always").out
    assert "\x1b[" in wf("--color", "always", "validate", "broken").out
    assert "\x1b[" not in wf("--color", "always", "validate", "broken", "--color", "never").out


def test_colours_can_be_wanted_by_the_environment(wf, shop, monkeypatch):
    monkeypatch.setenv("WF_COLOR", "always")
    assert "\x1b[" in wf("validate", "broken").out
    assert "\x1b[" not in wf("validate", "broken", "--json").out


def test_nothing_in_a_file_reaches_the_terminal_as_a_control_sequence(wf, document):
    path = document("w.workflow.yaml", 'apiVersion: workflow.io/v1\nkind: "\\x1b[31m"\nx\x1b]0;title\x07\u202ey: 1\n')
    answer = wf("validate", path)
    assert answer.code == 1
    assert not set(answer.out) & {"\x1b", "\x07", "\u202e"}
