"""`wf run`, against the test API."""

import pytest

USER = "workflows/user-profile.workflow.yaml"
PAY = "workflows/pay-with-retry.workflow.yaml"
ORDER = "workflows/order-dashboard.workflow.yaml"
BROKEN = "broken/order-dashboard.workflow.yaml"
FIELDS = ["executionId", "workflowName", "version", "status", "output", "errors", "durationMs", "tasks"]
TASK_FIELDS = ["path", "taskRef", "status", "output", "error", "attempts", "startedAt", "completedAt", "durationMs"]


def test_a_run_prints_its_steps_and_its_output(wf, shop):
    answer = wf("run", USER, "--input", "userId=1")
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0].startswith("✓ user-profile succeeded in ")
    assert [line.split()[:3] for line in lines[2:5]] == [
        ["✓", "user", "get-user"],
        ["✓", "orders", "list-user-orders"],
        ["✓", "quote", "get-shipping-quote"],
    ]
    assert '  "name": "Ada Lovelace",' in lines
    assert lines[-1].startswith("wf trace ")


def test_json_is_the_execution_as_every_door_answers_it(wf, shop):
    answer = wf("run", USER, "-i", "userId=1", "--json")
    assert (answer.code, answer.err) == (0, "")
    execution = answer.json
    assert list(execution) == FIELDS
    assert [list(task) for task in execution["tasks"]] == [TASK_FIELDS] * 3
    assert execution["status"] == "succeeded"
    assert execution["output"]["latestOrder"] == "ord-1012"
    assert execution["errors"] == []


def test_the_name_of_the_only_workflow_may_be_given(wf, shop):
    assert wf("run", USER, "user-profile", "-i", "userId=1").code == 0


def test_a_folder_can_stand_for_the_file(wf, shop):
    assert wf("run", ".", "user-profile", "-i", "userId=1").code == 0
    answer = wf("run", "workflows", "user-profil")
    assert answer.err.startswith(
        "error: There is no workflow `user-profil` in the workspace. Did you mean `user-profile`?"
    )


def test_a_run_that_fails_exits_with_1_and_says_why(wf, shop):
    answer = wf("run", USER, "-i", "userId=77")
    assert (answer.code, answer.err) == (1, "")
    assert answer.out.startswith("✗ user-profile failed in ")
    assert "NOT_FOUND user: `GET http://" in answer.out
    assert "  = answer: " in answer.out
    assert "  = hint: " in answer.out
    assert "Output" not in answer.out
    assert "skipped" in answer.out


def test_a_run_that_fails_is_an_execution_in_json(wf, shop):
    answer = wf("run", USER, "-i", "userId=77", "--json")
    assert answer.code == 1
    assert answer.json["status"] == "failed"
    assert [error["code"] for error in answer.json["errors"]] == ["NOT_FOUND"]


def test_retries_are_told(wf, shop):
    answer = wf("run", PAY, "-i", "orderId=ord-1003", "-i", "failures=1", "-i", "notify=false")
    assert answer.code == 0
    (line,) = [line for line in answer.out.splitlines() if "charge-payment" in line]
    assert line.endswith("  2 attempts")


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        (["usrId=1"], "There is no input `usrId`. Did you mean `userId`?"),
        ([], "`userId`"),
        (["userId:=1"], "`userId`"),
        (["userId"], "`--input userId` is no input."),
    ],
)
def test_an_invalid_input_exits_with_2(wf, shop, inputs, message):
    answer = wf("run", USER, *(word for each in inputs for word in ("--input", each)))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: ")
    assert message in answer.err
    assert wf("history", "--json").json == []


def test_an_invalid_document_is_not_run_and_its_errors_are_listed(wf, shop):
    answer = wf("run", BROKEN, "--input", "orderId=ord-1001")
    assert (answer.code, answer.out) == (2, "")
    assert f"  --> {BROKEN}:49:16\n" in answer.err
    assert answer.err.count("error[") == 6
    assert "warning[" not in answer.err
    assert "error: The workflow cannot run: there are 6 errors in what it is made of.\n" in answer.err


def test_an_invalid_task_is_an_error_of_the_workflow_that_uses_it(wf, shop):
    path = shop / "tasks/users/get-user.task.yaml"
    path.write_text(path.read_text("utf-8").replace("method: GET", "method: GETT"), "utf-8")
    answer = wf("run", USER, "--input", "userId=1")
    assert answer.code == 2
    assert "  --> tasks/users/get-user.task.yaml:" in answer.err
    assert wf("run", PAY, "--input", "orderId=ord-1003").code == 2
    assert wf("run", ORDER, "--input", "orderId=ord-1001").code == 2


def test_errors_in_documents_that_are_not_used_do_not_matter(wf, shop):
    path = shop / "tasks/users/delete-user.task.yaml"
    path.write_text(path.read_text("utf-8").replace("method:", "methd:"), "utf-8")
    assert wf("validate", path).code == 1
    assert wf("run", USER, "--input", "userId=1").code == 0


def test_a_document_that_cannot_be_read_is_shown_instead_of_missed(wf, document):
    path = document("w.workflow.yaml", "apiVersion: workflow.io/v1\nkind: Workflow\nmetadata: {name: [x}\n")
    answer = wf("run", path)
    assert answer.code == 2
    assert "error[WF101]" in answer.err
    assert "There is no workflow" not in answer.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "There is no file to run."),
        (["user-profile"], "behind its file or folder: `wf run . user-profile`"),
        (["nowhere.yaml"], "There is no file or folder `nowhere.yaml`."),
        ([USER, "user-profil"], "There is no workflow `user-profil` in the file. Did you mean `user-profile`?"),
        (["tasks/users/get-user.task.yaml"], "There is no workflow in the file."),
        ([USER, "--bogus"], "No such option: --bogus"),
        ([USER, "--env", "prod"], "There is no environment `prod`."),
        ([USER, "--limit-steps", "none"], "--limit-steps is 'none', but wants an integer"),
        ([USER, "--history", "mysql://x"], "A history cannot be kept in"),
    ],
)
def test_wrong_usage_exits_with_2(wf, shop, arguments, message):
    answer = wf("run", *arguments, *(["-i", "userId=1"] if arguments else []))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: ")
    assert message in answer.err


def test_a_file_with_two_workflows_wants_a_name(wf, shop):
    text = (shop / USER).read_text("utf-8")
    (shop / "two.yaml").write_text(f"{text}---\n{text}".replace("name: user-profile", "name: one", 1), "utf-8")
    (shop / USER).unlink()
    answer = wf("run", "two.yaml", "-i", "userId=1")
    assert answer.code == 2
    assert "There are 2 workflows in the file; say which one." in answer.err
    assert "It is one of `one`, `user-profile`." in answer.err
    assert wf("run", "two.yaml", "one", "-i", "userId=1").code == 0


def test_settings_hold_by_option_over_environment_over_file(wf, shop, monkeypatch):
    refused = wf("run", USER, "-i", "userId=1", "--no-allow-loopback", "--json")
    assert refused.code == 1
    assert "network policy" in refused.json["errors"][0]["message"]
    monkeypatch.setenv("WF_ALLOW_LOOPBACK", "false")
    assert wf("run", USER, "-i", "userId=1").code == 1
    assert wf("run", USER, "-i", "userId=1", "--allow-loopback").code == 0


def test_variables_can_be_set_for_a_run(wf, shop, service):
    (shop / "wf.toml").write_text("[network]\nallow_loopback = true\n", "utf-8")
    assert wf("run", USER, "-i", "userId=1", "--env-var", f"API={service}").code == 0


def test_a_dry_run_checks_and_plans_and_calls_nothing(wf, shop):
    answer = wf("run", USER, "-i", "userId=7", "--dry-run", "--json")
    assert answer.code == 0
    assert answer.json == wf("plan", USER, "-i", "userId=7", "--json").json
    assert wf("history", "--json").json == []
    assert wf("run", USER, "--dry-run").code == 2
    assert wf("run", BROKEN, "-i", "orderId=x", "--dry-run").code == 2


def test_events_are_lines_and_the_execution_is_the_last(wf, shop):
    answer = wf("run", USER, "-i", "userId=1", "--events")
    assert (answer.code, answer.err) == (0, "")
    *events, last = answer.lines
    assert [list(each) for each in events] == [["event"]] * len(events)
    assert [each["event"]["seq"] for each in events] == list(range(1, len(events) + 1))
    assert [events[0]["event"]["type"], events[-1]["event"]["type"]] == ["executionStarted", "executionFinished"]
    assert list(last) == ["execution"]
    assert last["execution"]["status"] == "succeeded"
    assert {each["event"]["executionId"] for each in events} == {last["execution"]["executionId"]}


def test_events_name_the_root_as_the_source(wf, shop):
    events = wf("run", shop / USER, "-i", "userId=1", "--events").lines
    assert events[0]["event"]["source"] == str(shop)


def test_secrets_are_masked(wf, shop, monkeypatch):
    monkeypatch.setenv("WF_SECRET_NAME", "Lovelace")
    answer = wf("run", USER, "-i", "userId=1", "--json")
    assert answer.json["output"]["name"] == "Ada ***"
    assert "Lovelace" not in answer.out


def test_a_secret_too_short_to_be_masked_is_refused(wf, shop, monkeypatch):
    monkeypatch.setenv("WF_SECRET_NAME", "abc")
    answer = wf("run", USER, "-i", "userId=1")
    assert answer.code == 2
    assert "`NAME`" in answer.err


def test_retention_deletes_what_is_old(wf, shop):
    first = wf("run", USER, "-i", "userId=1", "--json").json["executionId"]
    second = wf("run", USER, "-i", "userId=1", "--json", "--history-retention", "1ms").json["executionId"]
    listed = {each["executionId"] for each in wf("history", "--json").json}
    assert first not in listed
    assert listed <= {second}
