"""`wf run --mock`, `--record` and `--replay`: runs that ask no service."""

import pytest

USER = "workflows/user-profile.workflow.yaml"
PAY = "workflows/pay-with-retry.workflow.yaml"
TASK = """
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {name: get-it}
spec:
  type: http
  inputSchema: {type: object, properties: {id: {type: string}}, required: [id], additionalProperties: false}
  outputSchema: {type: object, properties: {count: {type: integer}, s: {type: string}}, required: [count, s]}
  http: {method: GET, url: "https://nowhere.invalid/{{input.id}}"}
  examples:
    - {name: one, input: {id: "1"}, output: {count: 1, s: one}}
    - {name: two, input: {id: "2"}, output: {count: 2, s: two}}
    - {name: none, input: {id: "4"}}
---
apiVersion: workflow.io/v1
kind: Workflow
metadata: {name: use-it}
spec:
  input: {id: {type: string, required: true}}
  tasks: [{id: it, taskRef: get-it, input: {id: "{{input.id}}"}}]
  output: {it: "{{tasks.it.output}}"}
"""


def without_times(events):
    return [
        {k: v for k, v in each["event"].items() if k not in {"at", "executionId", "durationMs", "mode", "response"}}
        for each in events
        if "event" in each
    ]


@pytest.fixture
def mocked(wf, shop):
    (shop / "it.yaml").write_text(TASK)
    return lambda *arguments: wf("run", "it.yaml", "--mock", *arguments)


def test_an_example_of_the_same_input_stands_for_the_answer(mocked):
    assert mocked("-i", "id=2", "--json").json["output"] == {"it": {"count": 2, "s": "two"}}


def test_a_sample_stands_where_there_is_no_example(mocked):
    first = mocked("-i", "id=3", "--json").json["output"]["it"]
    assert isinstance(first["count"], int)
    assert isinstance(first["s"], str)
    assert mocked("-i", "id=3", "--json").json["output"]["it"] == first
    others = [mocked("-i", "id=3", "--seed", str(seed), "--json").json["output"]["it"] for seed in range(1, 6)]
    assert any(other != first for other in others)
    assert mocked("-i", "id=3", "--seed", "5", "--json").json["output"]["it"] == others[-1]


def test_a_mock_run_is_recorded_as_one(wf, mocked):
    mocked("-i", "id=1")
    (listed,) = wf("history", "--json").json
    assert (listed["mode"], listed["status"]) == ("mock", "succeeded")


@pytest.mark.parametrize("record", [[], ["--record"]])
def test_a_replay_gives_the_answers_again_and_sends_nothing(wf, shop, record):
    given = ["-i", "orderId=ord-1003"]
    live = wf("run", PAY, *given, *record, "--events").lines
    identity = live[0]["event"]["executionId"]
    # no request may be sent: loopback is forbidden now
    again = wf("run", PAY, "--replay", identity, "--events", "--no-allow-loopback").lines
    assert again[-1]["execution"]["errors"] == []
    live_attempts = [each for each in without_times(live) if each["type"] == "attemptFinished"]
    again_attempts = [each for each in without_times(again) if each["type"] == "attemptFinished"]
    assert [each["status"] for each in again_attempts] == [each["status"] for each in live_attempts]
    assert again[-1]["execution"]["output"] == live[-1]["execution"]["output"]
    assert again[0]["event"]["mode"] == "replay"


def test_a_request_that_was_not_recorded_fails(wf, shop):
    identity = wf("run", USER, "-i", "userId=1", "--record", "--json").json["executionId"]
    answer = wf("run", USER, "-i", "userId=2", "--replay", identity)
    assert answer.code == 1
    said = " ".join(answer.out.split())
    assert "was not recorded: the url of the recorded request was another. A replay sends nothing." in said
    assert "Run it live with --record" in answer.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--mock", "--record"], "nothing to --record"),
        (["--mock", "--replay", "0"], "not from both"),
        (["--replay", "ffff"], "There is no execution `ffff`"),
        (["--replay", ""], "There is no execution ``"),
    ],
)
def test_ways_that_do_not_go_together(wf, shop, arguments, message):
    answer = wf("run", USER, "-i", "userId=1", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert message in answer.err


def test_a_program_asks_for_a_mock(wf, shop, request):
    (shop / "it.yaml").write_text(TASK)
    asked = '{"path": "it.yaml", "input": {"id": "2"}, "mode": "mock"}'
    lines = wf("run", "--stdin", stdin=asked).lines
    assert lines[-1]["execution"]["output"] == {"it": {"count": 2, "s": "two"}}


SECRETIVE = """
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {name: ask}
spec:
  type: http
  inputSchema: {type: object, properties: {t: {type: string}}, required: [t]}
  http:
    method: POST
    url: "{{env.API}}/echo/{{input.t}}"
    query: {k: "{{secrets.KEY}}"}
    headers: {Authorization: "Bearer {{secrets.TOKEN}}"}
    body: {deep: ["{{base64Encode(secrets.KEY)}}"]}
---
apiVersion: workflow.io/v1
kind: Workflow
metadata: {name: ask-it}
spec:
  tasks: [{id: a, taskRef: ask, input: {t: "{{secrets.TOKEN}}"}}]
  output: "{{tasks.a.response.status}}"
"""


@pytest.fixture
def secretive(wf, shop, service):
    (shop / "ask.yaml").write_text(SECRETIVE.replace("{{env.API}}", service))
    return lambda *arguments: wf("run", "ask.yaml", *arguments)


@pytest.mark.parametrize("provider", [[], ["--secrets-provider", "directory", "--secrets-location", "/nowhere"]])
def test_a_mock_run_needs_no_secret(secretive, provider):
    lines = secretive("--mock", "--events", *provider).lines
    assert lines[-1]["execution"]["output"] == 200
    (request,) = [each["event"]["request"] for each in lines[:-1] if each["event"]["type"] == "attemptStarted"]
    assert request["url"].endswith("/echo/***?k=***")
    assert request["body"] == {"deep": ["***"]}
    assert "secret-" not in str(lines)


def test_a_mock_run_does_not_look_at_the_secrets(secretive, monkeypatch):
    monkeypatch.setenv("WF_SECRET_TOKEN", "x")  # too short to be masked
    assert secretive("--mock").code == 0


@pytest.mark.parametrize("kept", [True, False])
def test_a_replay_of_requests_with_secrets_in_them(secretive, monkeypatch, kept):
    for name in ("TOKEN", "KEY"):
        monkeypatch.setenv(f"WF_SECRET_{name}", f"hidden-{name}-äöü")
    recorded = secretive("--record", "--events")
    assert "hidden-" not in recorded.out
    if not kept:
        for name in ("TOKEN", "KEY"):
            monkeypatch.delenv(f"WF_SECRET_{name}")
    identity = recorded.lines[0]["event"]["executionId"]
    again = secretive("--replay", identity, "--json", "--no-allow-loopback")
    assert (again.json["errors"], again.json["output"]) == ([], 200)
