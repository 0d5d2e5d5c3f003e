"""An execution saved as a test: run again with nobody to ask, it is what it was."""

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from wf_engine.execution import Engine, Event, Masker, ReplayAnswers, Request, TransportError, WholeAnswer
from wf_engine.history.folds import status
from wf_engine.testing import cases_of, in_words, run_cases, saved_test
from wf_engine.text import WfError
from wf_engine.workspace import Workspace

SECRETS = {"KEY": "key-123456", "TOKEN": "token-123456"}
TEXT = """
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {name: get}
spec:
  type: http
  http:
    method: GET
    url: "http://far.example/{{rawUrl(input.p)}}"
    query: {k: "{{secrets.KEY}}"}
    successStatus: [2xx, 302]
  retry: {maxAttempts: 3, initialDelay: 1ms, maxDelay: 5ms}
---
apiVersion: workflow.io/v1
kind: Workflow
metadata: {name: child, annotations: {workflow.io/version: 1.2.0}}
spec:
  input: {q: {type: string}}
  tasks: [{id: inner, taskRef: get, input: {p: "{{input.q}}"}}]
  output: "{{tasks.inner.output}}"
---
apiVersion: workflow.io/v1
kind: Workflow
metadata: {name: main}
spec:
  input: {u: {type: string, default: "1"}}
  tasks:
    - {id: flaky, taskRef: get, input: {p: flaky}}
    - {id: text, taskRef: get, input: {p: text}}
    - {id: latin, taskRef: get, input: {p: latin}}
    - {id: quoted, taskRef: get, input: {p: quoted}}
    - {id: empty, taskRef: get, input: {p: empty}}
    - {id: moved, taskRef: get, input: {p: moved}}
    - {id: broken, taskRef: get, input: {p: broken}, fallback: {output: "{{error.code}}"}}
    - {id: binary, taskRef: get, input: {p: binary}, fallback: {output: "{{error.code}}"}}
    - {id: picture, taskRef: get, input: {p: binary}, fallback: {output: "{{error.message}}"}}
    - {id: lost, taskRef: get, input: {p: lost}, fallback: {taskRef: get, input: {p: instead}}}
    - id: loop
      forEach: {items: "['a', 'b', 'lost']", onError: continue}
      taskRef: get
      input: {p: "{{forEach.item}}"}
    - {id: sub, workflowRef: child@1.2.0, input: {q: "{{secrets.TOKEN}}"}}
    - {id: other, condition: {if: "input.u == 'x'", else: {taskRef: get, input: {p: else}}}, taskRef: get, input: {p: then}}
  output:
    - "{{tasks.flaky.output}} {{tasks.text.output}} {{tasks.latin.output}} {{tasks.quoted.output}} {{tasks.empty.output}}"
    - ["{{tasks.broken.output}}", "{{tasks.binary.output}}", "{{tasks.lost.output}}", "{{tasks.loop.output.results}}"]
    - ["{{tasks.sub.output}}", "{{tasks.other.output}}"]
"""
HEADERS = """
    - ["{{tasks.moved.response.headers.location}}", "{{tasks.text.response.headers['content-type']}}", "{{tasks.picture.output}}"]
"""


class Far:
    """A service that answers in every way there is."""

    def __init__(self) -> None:
        self._calls = 0

    async def send(self, request: Request) -> WholeAnswer:
        path = request.url.removeprefix("http://far.example/").partition("?")[0]
        json = {"content-type": "application/json; charset=utf-8", "date": "now", "content-length": "7"}
        match path:
            case "flaky":
                self._calls += 1
                return WholeAnswer(200 if self._calls > 1 else 503, {**json, "retry-after": "1"}, b'{"n": 1}')
            case "text":
                return WholeAnswer(200, {"content-type": "text/plain; charset=utf-8"}, "hällo".encode())
            case "latin":
                return WholeAnswer(200, {"content-type": "text/plain; charset=iso-8859-1"}, "hällo".encode("latin-1"))
            case "quoted":
                return WholeAnswer(200, json, b'"quoted"')
            case "empty":
                return WholeAnswer(204, {}, b"")
            case "moved":
                return WholeAnswer(302, {"location": "http://elsewhere.example/"}, b"")
            case "broken":
                raise TransportError("reset", "it broke")
            case "binary":
                return WholeAnswer(200, {"content-type": "image/png"}, b"\x89PNG")
            case "lost":
                return WholeAnswer(404, json, b'{"message": "gone"}')
        return WholeAnswer(200, json, msgspec.json.encode({"path": path}))

    async def close(self) -> None:
        """Nothing is open."""


async def ran(text: str, *, recording: bool) -> list[Event]:
    (events,) = await several(text, 1, recording=recording)
    return events


async def several(text: str, runs: int, *, recording: bool) -> list[list[Event]]:
    workspace = Workspace.of({"a.yaml": text})
    definition = workspace.workflow("main")
    assert definition is not None
    found: list[list[Event]] = [[] for _ in range(runs)]
    async with Engine(Far(), random=lambda: 0.0) as engine:
        for events in found:
            await engine.execute(workspace, definition, sink=events.append, secrets=SECRETS, recording=recording)
    return found


async def differences(text: str, saved: str) -> list[str]:
    workspace = Workspace.of({"a.yaml": text, "saved.wftest.yaml": saved})
    cases = [case for case in cases_of(workspace) if case.kind == "test"]
    (result,) = [each async for each in run_cases(workspace, cases)]
    assert result.error is None
    return [in_words(each) for each in result.mismatches]


@pytest.mark.parametrize("recording", [True, False])
async def test_a_saved_run_passes(recording: bool) -> None:
    text = TEXT + (HEADERS if recording else "")
    events = await ran(text, recording=recording)
    assert status(events)["status"] == "succeeded"
    saved = saved_test(events)
    assert not any(secret in saved for secret in SECRETS.values())
    assert ("302" in saved, "retry-after" in saved, "content-length" in saved) == (True, False, False)
    assert await differences(text, saved) == []


async def test_a_saved_failure_passes() -> None:
    text = TEXT.replace(
        "    - {id: text, taskRef: get, input: {p: text}}", "    - {id: text, taskRef: get, input: {p: lost}}"
    )
    events = await ran(text, recording=True)
    body: Mapping[str, Any] = status(events)
    assert body["status"] == "failed"
    assert await differences(text, saved_test(events)) == []


async def replayed(text: str, events: list[Event]) -> Mapping[str, Any]:
    workspace = Workspace.of({"a.yaml": text})
    definition = workspace.workflow("main")
    assert definition is not None
    again: list[Event] = []
    answers = ReplayAnswers(events, Masker(SECRETS))
    async with Engine() as engine:
        await engine.execute(workspace, definition, sink=again.append, secrets=SECRETS, mode="replay", answers=answers)
    return status(again)


@pytest.mark.parametrize("recording", [True, False])
async def test_a_replay_is_what_it_was(recording: bool) -> None:
    text = TEXT + (HEADERS if recording else "")
    events = await ran(text, recording=recording)
    before, after = status(events), await replayed(text, events)
    assert after["output"] == before["output"]
    assert [(each["path"], each["output"]) for each in after["tasks"]] == [
        (each["path"], each["output"]) for each in before["tasks"]
    ]


async def test_what_came_from_the_cache_of_an_earlier_run() -> None:
    text = TEXT.replace("  retry: {maxAtt", "  cache: {ttl: 1m}\n  retry: {maxAtt")
    first, second = await several(text, 2, recording=True)
    assert sum(each["type"] == "cacheHit" for each in second) > 5
    assert status(second)["output"] == status(first)["output"]
    assert (await replayed(text, second))["output"] == status(second)["output"]
    assert await differences(text, saved_test(second)) == []


async def test_a_warning_is_no_failure() -> None:
    text = TEXT.replace(
        "  retry: {maxAtt", "  responseValidation: warn\n  outputSchema: {type: string}\n  retry: {maxAtt"
    )
    events = await ran(text, recording=False)
    assert status(events)["status"] == "succeeded"
    assert await differences(text, saved_test(events)) == []


@pytest.mark.parametrize("ended", ["cancelled", "timedOut", "interrupted"])
async def test_what_was_ended_from_outside_is_not_saved(ended: str) -> None:
    events = await ran(TEXT, recording=False)
    with pytest.raises(WfError, match=f"The execution is {ended}") as caught:
        saved_test([*events[:-1], {**events[-1], "status": ended}])
    assert caught.value.hint
