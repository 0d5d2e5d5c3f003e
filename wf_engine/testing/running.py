"""Running cases: each in an engine that sends nothing."""

import json
import re
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from wf_engine.execution import Answers, Engine, Event, InvalidInput, Masker, MockAnswers, made_up_secrets
from wf_engine.history.folds import Run, run_of
from wf_engine.language import StepExpectation
from wf_engine.syntax import value_of
from wf_engine.testing.cases import Case
from wf_engine.testing.matching import Mismatch, mismatches
from wf_engine.testing.mocks import CaseAnswers
from wf_engine.text import WfError
from wf_engine.workspace import Definition, Workspace

_WRAPPED = "wf-example.workflow.yaml"
"""The file of the workflow that an example of a task is run in; no file of a user's is called so, since it has no folder."""


@dataclass(slots=True)
class Result:
    """What came of a case."""

    case: Case
    duration_ms: float = 0.0
    mismatches: list[Mismatch] = field(default_factory=list)
    error: str | None = None
    """Why it could not be run at all."""
    note: str | None = None
    """Why it was run and not judged."""
    execution: Mapping[str, Any] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether all is as expected."""
        return self.error is None and not self.mismatches


async def run_cases(workspace: Workspace, cases: Iterable[Case]) -> AsyncIterator[Result]:
    """Runs cases one after the other; the result of each as soon as it is there."""
    async with Engine() as engine:
        for case in cases:
            yield await _run(engine, workspace, case)


async def _run(engine: Engine, workspace: Workspace, case: Case) -> Result:
    result = Result(case)
    begun = time.perf_counter()
    try:
        await _execute(engine, workspace, case, result)
    except (WfError, InvalidInput) as error:
        result.error = str(error)
    result.duration_ms = round((time.perf_counter() - begun) * 1000, 3)
    return result


async def _execute(engine: Engine, workspace: Workspace, case: Case, result: Result) -> None:
    if case.target is None:
        kind = "workflow" if case.kind != "taskExample" else "task"
        raise WfError(f"There is no {kind} `{case.ref}`.")
    given: Mapping[str, Any] = case.input
    target = case.target
    if case.kind == "taskExample":
        workspace, target = _wrapped(workspace, case, target)
        given = {}
    samples = MockAnswers()
    mocks = CaseAnswers(case.mocks)
    answers: Answers = mocks if case.kind == "test" else samples
    secrets = {**made_up_secrets(workspace), **case.secrets}
    result.execution = await engine.execute(
        workspace, target, given, mode="mock", sink=result.events.append, secrets=secrets, answers=answers
    )
    if samples.guessed:
        # what samples lead to says nothing about the workflow
        steps = ", ".join(f"`{path}`" for path in dict.fromkeys(samples.guessed))
        result.note = f"not judged: no example of a task has the input of {steps}"
        return
    result.mismatches = list(_differences(case, result, mocks.inputs, Masker(secrets)))


def _wrapped(workspace: Workspace, case: Case, task: Definition) -> tuple[Workspace, Definition]:
    """A workflow of one step that runs the task with the example's input."""
    document = {
        "apiVersion": "workflow.io/v1",
        "kind": "Workflow",
        "metadata": {"name": "wf-example", "namespace": task.key.namespace},
        "spec": {
            "tasks": [{"id": "example", "taskRef": task.key.name, "input": _literal(case.input)}],
            "output": "{{tasks.example.output}}",
        },
    }
    around = workspace.with_text(_WRAPPED, json.dumps(document))
    found = around.workflow("wf-example", task.key.namespace)
    if found is None:
        raise WfError(f"The task `{case.ref}` cannot be run by itself.", case.location)
    return around, found


def _literal(value: Any) -> Any:
    """A value whose texts are no templates."""
    if isinstance(value, str):
        return value.replace("\\{{", "\\\\{{").replace("{{", "\\{{")
    if isinstance(value, Mapping):
        return {key: _literal(item) for key, item in value.items()}
    return [_literal(item) for item in value] if isinstance(value, list | tuple) else value


def _differences(case: Case, result: Result, inputs: Mapping[str, Any], masker: Masker) -> Iterator[Mismatch]:
    """Where a run differs from what is expected; `inputs` are those of the calls that it made."""
    execution, expect = result.execution, case.expect
    mask = masker.mask  # what is expected may be written with the secrets of the case, or masked
    status = expect.status or ("failed" if expect.error is not None else "succeeded")
    if execution["status"] != status:
        yield Mismatch("status", "", status, execution["status"], _why(execution))
        if expect.status is None and expect.error is None:
            return
    if case.has_output:
        yield from mismatches("output", mask(expect.output), execution["output"], partial=bool(expect.partial))
    if expect.error is not None:
        wanted = expect.error if isinstance(expect.error, str) else value_of(expect.error.node)
        yield from _error(wanted, execution["errors"])
    run = run_of(result.events)
    given = {**inputs, **{each["path"]: each["input"] for each in result.events if each["type"] == "stepStarted"}}
    for path, wanted in (expect.steps or {}).items():
        shown = replace(wanted, input=mask(wanted.input))
        yield from _step(path, shown, run, mask(given.get(path)), result.events)


def _why(execution: Mapping[str, Any]) -> str:
    """What the run says of itself."""
    said = "; ".join(f"{each['code']} {each['path']}: {each['message']}" for each in execution["errors"])
    return f"is another ({said})" if said else "is another"


def _error(wanted: Any, errors: list[Mapping[str, Any]]) -> Iterator[Mismatch]:
    if isinstance(wanted, str):
        if all(each["code"] != wanted for each in errors):
            codes = [each["code"] for each in errors]
            yield Mismatch("error", "", wanted, codes[0] if len(codes) == 1 else codes, "is another")
        return
    found = [list(mismatches("error", wanted, dict(each), partial=True)) for each in errors] or [
        [Mismatch("error", "", wanted, None, "is missing")]
    ]
    yield from min(found, key=len)


def _step(path: str, wanted: StepExpectation, run: Run, given: Any, events: list[Event]) -> Iterator[Mismatch]:
    what = f"steps.{path}"
    step = run.iterations.get(path) or run.steps.get(path)
    own = re.compile(re.escape(path) + r"(?:\[[0-9]+\])?")  # those of a loop are made in its iterations
    attempts = sum(each["type"] == "attemptStarted" and own.fullmatch(each["path"]) is not None for each in events)
    if step is None:
        if wanted.status is not None or wanted.input is not None or wanted.attempts:
            yield Mismatch(what, "", wanted.status, None, "did not run")
        return
    if wanted.status is not None and step.status != wanted.status:
        yield Mismatch(f"{what}.status", "", wanted.status, step.status, "is another")
    if wanted.input is not None:
        yield from mismatches(f"{what}.input", wanted.input, given)
    if wanted.attempts is not None and attempts != wanted.attempts:
        yield Mismatch(f"{what}.attempts", "", wanted.attempts, attempts, "is another")
