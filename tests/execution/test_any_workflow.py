"""Any graph of steps with any answers, through the whole engine but the socket: events whole, folds agree, rules kept."""

import asyncio
from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from tests.execution.runs import Ran, run, task, workflow
from wf_engine.execution import Engine, Request, TransportError, WholeAnswer

TASK = task(
    'method: GET, url: "http://api.example.com/{{input.n}}"',
    "retry: {maxAttempts: 3, initialDelay: 1ms, maxDelay: 1ms}\n  outputSchema: {type: integer}",
)
ANSWERS = {"good": (200, b"1"), "busy": (503, b""), "gone": (404, b""), "odd": (200, b'"x"')}


class Scripted:
    """A transport that answers each step with what is next in its script, the last one again and again."""

    def __init__(self, scripts: Mapping[str, Sequence[str]]) -> None:
        self.left = {name: list(script) for name, script in scripts.items()}
        self.flying = self.most = 0

    async def send(self, request: Request) -> WholeAnswer:
        script = self.left[request.url.rpartition("/")[2]]
        said = script.pop(0) if len(script) > 1 else script[0]
        self.flying += 1
        self.most = max(self.most, self.flying)
        try:
            for _ in range(len(said)):
                await asyncio.sleep(0)
        finally:
            self.flying -= 1
        if said == "reset":
            raise TransportError("reset", "reset")
        status, body = ANSWERS[said]
        return WholeAnswer(status, {"content-type": "application/json"}, body)

    async def close(self) -> None:
        """Nothing is open."""


@given(st.data(), st.integers(1, 8), st.integers(1, 3))
def test_any_workflow_keeps_the_rules(data: st.DataObject, count: int, slots: int) -> None:
    needs = [
        data.draw(st.lists(st.integers(0, number - 1), unique=True, max_size=3)) if number else []
        for number in range(count)
    ]
    scripts = {
        f"s{number}": data.draw(st.lists(st.sampled_from(["good", "good", "busy", "reset", "gone", "odd"]), min_size=1))
        for number in range(count)
    }
    skipped = {f"s{number}" for number in range(count) if data.draw(st.integers(0, 5)) == 0}
    transport = Scripted(scripts)
    ran = asyncio.run(_run(transport, needs, skipped, slots))
    assert transport.most <= slots
    assert transport.flying == 0
    _check(ran, needs, skipped)


async def _run(transport: Scripted, needs: list[list[int]], skipped: set[str], slots: int) -> Ran:
    steps = "\n".join(_step(number, needed, skipped) for number, needed in enumerate(needs))
    async with Engine(transport, random=lambda: 0.0) as engine:
        return await run(TASK + workflow(steps, f"maxConcurrency: {slots}"), engine=engine)


def _step(number: int, needed: list[int], skipped: set[str]) -> str:
    condition = ", condition: {if: 'false'}" if f"s{number}" in skipped else ""
    others = ", ".join(f"s{other}" for other in needed)
    return f"{{id: s{number}, taskRef: it, input: {{n: s{number}}}, dependsOn: [{others}]{condition}}}"


def _check(ran: Ran, needs: list[list[int]], skipped: set[str]) -> None:
    statuses = ran.statuses
    assert set(statuses) == {f"s{number}" for number in range(len(needs))}
    ended = {event["path"]: event for event in ran.of("stepFinished")}
    failures = [event["seq"] for event in ended.values() if event["status"] == "failed"]
    assert (ran.body["status"] == "failed") == bool(failures)
    for event in ran.of("stepReady"):
        needed = [ended[f"s{other}"] for other in needs[int(event["path"][1:])]]
        assert all(each["seq"] < event["seq"] for each in needed)
        assert all(each["status"] == "succeeded" or each["reason"] == "condition" for each in needed)
    if failures:
        late = [event for event in ran.events if event["seq"] > min(failures)]
        assert {event["type"] for event in late} <= {"attemptFinished", "stepFinished", "executionFinished"}
        assert {error["code"] for error in ran.body["errors"]} == {
            event["error"]["code"] for event in ended.values() if event["status"] == "failed"
        }
    else:
        assert set(statuses.values()) <= {"succeeded", "skipped"}
        assert {path for path, status in statuses.items() if status == "skipped"} == skipped
