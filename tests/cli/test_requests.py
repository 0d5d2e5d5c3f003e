"""`wf run --stdin`, the door for editors."""

import json

import pytest

USER = "workflows/user-profile.workflow.yaml"
BROKEN = "broken/order-dashboard.workflow.yaml"


def request(**fields):
    return json.dumps({"path": USER, "input": {"userId": "1"}, **fields})


def test_a_request_is_answered_with_events_and_the_execution(wf, shop):
    answer = wf("run", "--stdin", stdin=request(workflow="user-profile", mode="live", dryRun=False))
    assert (answer.code, answer.err) == (0, "")
    *events, last = answer.lines
    assert [event["event"]["seq"] for event in events] == list(range(1, len(events) + 1))
    assert last["execution"]["output"]["name"] == "Ada Lovelace"


def test_paths_are_relative_to_the_root(wf, shop, monkeypatch):
    monkeypatch.chdir("/")
    events = wf("run", "--stdin", stdin=request(root=str(shop))).lines
    assert events[0]["event"]["source"] == str(shop)
    assert wf("run", "--stdin", stdin=request(path=str(shop / USER))).code == 0


@pytest.mark.parametrize("absolute", [False, True])
def test_texts_of_the_editor_hold_instead_of_files(wf, shop, absolute):
    text = (shop / USER).read_text("utf-8").replace("email: ", "mail: ")
    key = str(shop / USER) if absolute else USER
    execution = wf("run", "--stdin", stdin=request(documents={key: text})).lines[-1]["execution"]
    assert list(execution["output"]) == ["name", "mail", "latestOrder", "shippingCents"]


def test_a_text_that_is_not_on_disk_can_be_run(wf, shop):
    text = (shop / USER).read_text("utf-8").replace("name: user-profile", "name: new")
    answer = wf("run", "--stdin", stdin=request(root=str(shop), path="new.yaml", documents={"new.yaml": text}))
    assert answer.lines[-1]["execution"]["workflowName"] == "new"


def test_texts_of_other_documents_count_too(wf, shop):
    task = (shop / "tasks/users/get-user.task.yaml").read_text("utf-8").replace("/users/", "/nowhere/")
    answer = wf("run", "--stdin", stdin=request(documents={"tasks/users/get-user.task.yaml": task}))
    assert answer.code == 1
    assert answer.lines[-1]["execution"]["errors"][0]["code"] == "NOT_FOUND"


def test_a_dry_run_is_answered_with_the_plan(wf, shop):
    answer = wf("run", "--stdin", stdin=request(dryRun=True))
    (line,) = answer.lines
    assert line == {"plan": wf("plan", USER, "-i", "userId=1", "--json").json}
    assert wf("history", "--json").json == []


def test_a_request_may_have_line_ends_in_it(wf, shop):
    pretty = json.dumps(json.loads(request()), indent=2)
    assert wf("run", "--stdin", stdin=pretty).code == 0


def test_errors_in_documents_are_an_error_with_diagnostics(wf, shop):
    answer = wf("run", "--stdin", stdin=request(path=BROKEN))
    assert (answer.code, answer.err) == (2, "")
    (line,) = answer.lines
    assert line["error"]["message"] == "The workflow cannot run: there are 6 errors in what it is made of."
    found = wf("validate", BROKEN, "--json").json
    assert line["error"]["diagnostics"] == [each for each in found if each["severity"] == "error"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The request on standard input is not a JSON object."),
        ("[]", "The request on standard input is not a JSON object."),
        ('{"path"', "The request on standard input is not a JSON object."),
        ('{"a":' * 100_000 + "}" * 100_000, "The request on standard input is not a JSON object."),
        ('{"path": "w", "input": {"a": 1e999}}', "The request on standard input is not a JSON object."),
        ('{"path": "x\\u0000.yaml"}', "A path has no NUL character in it."),
        (request(input={"userId": "\ud800"}), "The input holds half of a character (a lone surrogate)"),
        (request(input={"userId": "\ud800"}, dryRun=True), "The input holds half of a character (a lone surrogate)"),
        ("{}", "The request does not say which file: `path` is missing."),
        ('{"path": 1}', "`path` of the request is of the wrong type."),
        ('{"pth": "x"}', "A request has no `pth`. Did you mean `path`?"),
        ('{"path": "x", "mode": "mocked"}', "There is no mode `mocked`."),
        ('{"path": "x", "documents": {"x": 1}}', "`documents` of the request is a map of paths to texts."),
        ('{"path": "nowhere.yaml"}', "There is no file or folder `nowhere.yaml`."),
        (request(workflow="nope"), "There is no workflow `nope` in the file."),
        (request(input={"nope": 1}), "There is no input `nope`."),
    ],
)
def test_what_cannot_be_run_is_an_error_line(wf, shop, text, message):
    answer = wf("run", "--stdin", stdin=text)
    assert (answer.code, answer.err) == (2, "")
    (line,) = answer.lines
    assert list(line) == ["error"]
    assert message in line["error"]["message"]


def test_settings_can_be_given_as_options(wf, shop):
    answer = wf("run", "--stdin", "--no-allow-loopback", stdin=request())
    assert answer.code == 1
    assert answer.lines[-1]["execution"]["status"] == "failed"
