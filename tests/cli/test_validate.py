"""`wf validate`: what it takes, what it exits with, what it mends."""

import pytest

CLEAN = "apiVersion: workflow.io/v1\nkind: Workflow\nmetadata: {name: clean}\nspec:\n  tasks:\n    - id: a\n      taskRef: t\n"
TASK = """apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {name: t}
spec: {type: http, http: {method: GET, url: "https://example.com/"}}
"""
BROKEN = "broken/order-dashboard.workflow.yaml"


def test_a_clean_folder_exits_with_0(wf, shop):
    answer = wf("validate", "tasks", "workflows")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.endswith(" in 45 files.\n")


def test_errors_exit_with_1_and_are_shown_on_their_lines(wf, shop):
    answer = wf("validate", "broken")
    assert answer.code == 1
    assert (
        f"""error[WF301]: There is no task `get-paymnt`. Did you mean `get-payment`?
  --> {BROKEN}:49:16
   |
49 |       taskRef: get-paymnt
   |                ^^^^^^^^^^
"""
        in answer.out
    )
    assert answer.out.endswith("6 errors and 1 warning in 1 file. 6 have fixes: `--fix`.\n")


def test_related_places_are_shown_with_their_lines(wf, shop):
    answer = wf("validate", BROKEN)
    assert (
        f"""   |
  --> {BROKEN}:36:11
   |
36 |     - id: stock
   |           ----- the first `stock`
"""
        in answer.out
    )


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 1), ("hint", 1)])
def test_fail_on_is_the_least_severity_that_exits_with_1(wf, document, fail_on, code):
    path = document("w.workflow.yaml", CLEAN.replace("taskRef: t", 'taskRef: t\n      input: {x: "{{env.NOPE}}"}'))
    document("t.task.yaml", TASK)
    document("wf.toml", "[env]\nYES = 1\n")
    assert wf("validate", path, "--fail-on", fail_on).code == code


def test_fail_on_can_stand_in_the_environment_and_in_wf_toml(wf, document, monkeypatch):
    path = document("w.workflow.yaml", CLEAN.replace("taskRef: t", 'taskRef: t\n      input: {x: "{{env.NOPE}}"}'))
    document("t.task.yaml", TASK)
    document("wf.toml", '[env]\nYES = 1\n[checks]\nfail_on = "warning"\n')
    assert wf("validate", path).code == 1
    monkeypatch.setenv("WF_FAIL_ON", "error")
    assert wf("validate", path).code == 0
    assert wf("validate", path, "--fail-on", "warning").code == 1


def test_severity_options_change_what_is_found(wf, shop):
    answer = wf("validate", "broken", "--severity", "WF408=error", "--severity", "WF201=off", "--format", "json")
    assert {each["code"]: each["severity"] for each in answer.json}["WF408"] == "error"
    assert "WF201" not in {each["code"] for each in answer.json}


def test_each_file_belongs_to_the_root_nearest_to_it(wf, shop):
    (shop.parent / "wf.toml").touch()
    answer = wf("validate", shop.parent, "--json")
    assert {each["path"] for each in answer.json} == {BROKEN}, "the examples know their own variables and tasks"


def test_standard_input_is_checked_in_the_current_project(wf, shop):
    text = (shop / "workflows/user-profile.workflow.yaml").read_text("utf-8").replace("user-profile", "other")
    assert wf("validate", "-", stdin=text).code == 0
    answer = wf("validate", "-", "--json", stdin=text.replace("get-user", "get-usr"))
    assert answer.code == 1
    assert [(each["path"], each["code"]) for each in answer.json] == [("<stdin>", "WF301")]


def test_standard_input_can_stand_for_a_file(wf, shop):
    path = "workflows/user-profile.workflow.yaml"
    text = (shop / path).read_text("utf-8")
    assert wf("validate", "-", stdin=text).code == 1, "two documents of one name"
    assert wf("validate", "-", "--stdin-filename", path, stdin=text).code == 0
    answer = wf("validate", "-", "--stdin-filename", path, "--json", stdin=text.replace("get-user", "get-usr"))
    assert {each["path"] for each in answer.json} == {path}


def test_fix_mends_files_until_nothing_is_left_to_mend(wf, shop):
    answer = wf("validate", BROKEN, "--fix")
    assert answer.code == 1, "which weight is meant is for a person to say"
    assert answer.out.endswith("Applied 6 fixes in 1 file. 1 error in 1 file.\n")
    text = (shop / BROKEN).read_text("utf-8")
    assert "taskRef: get-payment\n" in text
    assert "weightGrams" not in text
    (shop / BROKEN).write_text(text.replace("        service:", "        weightGrams: 1200\n        service:", 1))
    assert wf("validate", BROKEN, "--fix").code == 0


def test_fix_leaves_the_rest_of_a_file_as_it_is(wf, shop):
    path = shop / BROKEN
    before = ("\ufeff# a comment\n" + path.read_text("utf-8")).replace("\n", "\r\n")
    path.write_bytes(before.encode())
    path.chmod(0o640)
    assert wf("validate", path, "--fix").code == 1
    after = path.read_bytes().decode()
    assert after.startswith("\ufeff# a comment\r\n")
    assert "\n" not in after.replace("\r\n", "")
    assert path.stat().st_mode & 0o777 == 0o640
    changed = [line for line in after.split("\r\n") if line not in before.split("\r\n")]
    assert len(changed) == 6


def test_fix_writes_nothing_where_there_is_nothing_to_mend(wf, shop):
    before = {path: path.stat().st_mtime_ns for path in shop.rglob("*.yaml") if "broken" not in path.parts}
    assert wf("validate", "tasks", "workflows", "--fix").code == 0
    assert before == {path: path.stat().st_mtime_ns for path in before}


def test_fix_of_standard_input_prints_the_text(wf, shop):
    answer = wf("validate", "-", "--fix", "--stdin-filename", BROKEN, stdin=(shop / BROKEN).read_text("utf-8"))
    assert answer.code == 1
    assert "taskRef: get-payment\n" in answer.out
    assert answer.err.endswith("Applied 6 fixes in 1 file. 1 error in 1 file.\n")
    assert "get-paymnt" in (shop / BROKEN).read_text("utf-8")


def test_fix_of_standard_input_says_what_is_left(wf, shop):
    answer = wf("validate", "-", "--fix", stdin="apiVersion: workflow.io/v1\nkind: Workflow\nmetadata: {name: x}\n")
    assert answer.code == 1
    assert answer.out == "apiVersion: workflow.io/v1\nkind: Workflow\nmetadata: {name: x}\n"
    assert "`spec` is missing" in answer.err


def test_a_file_of_another_group_has_no_findings_but_a_note(wf, tmp_path):
    path = tmp_path / "values.yaml"
    path.write_text("a: [b\n")
    answer = wf("validate", path)
    assert (answer.code, answer.out) == (0, "No problems in 1 file.\n")
    assert answer.err == "note: values.yaml holds no document of workflow.io, so nothing in it is checked\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a\0b", "The file holds a NUL character, as binary files do."),
        (b"kind: \xff", "The file is not UTF-8: byte 0xFF."),
        ("kind".encode("utf-16"), "The file is UTF-16; save it as UTF-8."),
    ],
)
def test_what_is_no_text_is_a_finding(wf, tmp_path, data, message):
    path = tmp_path / "x.task.yaml"
    path.write_bytes(data)
    answer = wf("validate", path, "--json")
    assert (answer.code, [each["message"] for each in answer.json]) == (1, [message])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "There is no file or folder `nowhere`."),
        (["."], "There are no workflow documents under `.`."),
        ([], "There are no workflow documents under `.`."),
        (["-", "x.yaml", "--fix"], "With --fix, `-` stands alone"),
        ([".", "--format", "xml"], "'xml' is not one of"),
        (["x.yaml", "--fail-on", "fatal"], "--fail-on is 'fatal', but wants `error`, `warning` or `hint`"),
        (["x.yaml", "--severity", "WF1=off"], "wants codes such as `WF301`"),
    ],
)
def test_wrong_usage_exits_with_2(wf, tmp_path, arguments, message):
    (tmp_path / "x.yaml").touch()
    answer = wf("validate", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: ")
    assert message in answer.err


def test_standard_input_that_is_no_text_exits_with_2(wf):
    answer = wf("validate", "-", stdin=b"ab\xff")
    assert answer.code == 2
    assert answer.err.startswith("error: Standard input is not UTF-8: byte 0xFF at offset 2.\n")


def test_a_fault_in_wf_toml_is_shown_on_its_line(wf, document):
    path = document("w.workflow.yaml", CLEAN)
    document("wf.toml", "[network]\nallow_loopbak = true\n")
    answer = wf("validate", path)
    assert answer.code == 2
    assert (
        answer.err
        == """error: wf.toml: there is no setting `network.allow_loopbak`. Did you mean `allow_loopback`?
 --> project/wf.toml:2:1
  |
2 | allow_loopbak = true
  | ^^^^^^^^^^^^^
  hint: Allowed here: `allow_loopback`, `allow_private`, `allow_hosts`, `deny_hosts`, `ca_file`, `proxy`, `transport`.
"""
    )
