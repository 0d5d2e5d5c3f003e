"""The answers that a case gives in the place of services."""

import asyncio
import re
from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from wf_engine.execution import (
    Call,
    Failure,
    Response,
    StepError,
    StepRun,
    TransportError,
    json_response,
    media_of,
    success_status,
    timed_out,
)
from wf_engine.language import Mock
from wf_engine.testing.cases import Mocks
from wf_engine.types import NEVER, Type, item_of, of_schema, property_of, sample

_ITERATION = re.compile(r"\[[0-9]+\]")


class CaseAnswers:
    """Answers by step path, by the path without its iterations, or by task; a call that none is for fails.

    `inputs` has what each step that made a call was given, by its path.
    """

    execution: Mapping[str, Any] = MappingProxyType({})
    """Nothing is another than in a live run."""

    def __init__(self, mocks: Mapping[str, Mocks]) -> None:
        self.inputs: dict[str, Any] = {}
        self._mocks = mocks
        self._calls: dict[str, int] = defaultdict(int)

    async def answer(self, step: StepRun, call: Call) -> Response:
        """The answer to an attempt of a step. Raises StepError, TransportError."""
        self.inputs[step.path] = step.input
        name = self._name(step, call)
        if name is None:
            raise StepError(
                _unmocked(step, call, f"There is no mock for the step `{step.path}` or its task `{call.reader.name}`")
            )
        (mocks, repeats), number = self._mocks[name], self._calls[name]
        self._calls[name] += 1
        if repeats:
            return await _answered(mocks[0], call)
        if number >= len(mocks):
            there = f"there is {len(mocks)}" if len(mocks) == 1 else f"there are {len(mocks)}"
            message = f"The mocks of `{name}` are used up: this is call {number + 1}, and {there}"
            raise StepError(_unmocked(step, call, message))
        return await _answered(mocks[number], call)

    def _name(self, step: StepRun, call: Call) -> str | None:
        ref = call.reader.name
        names = (step.path, _ITERATION.sub("", step.path), ref, call.reader.full_name, ref.rpartition("/")[2])
        return next((name for name in names if name in self._mocks), None)


async def _answered(mock: Mock, call: Call) -> Response:
    if mock.delay:
        await asyncio.sleep(mock.delay / 1000)
    if mock.error == "timeout":
        raise StepError(timed_out(call))
    if mock.error == "network":
        raise TransportError("reset", "the mock breaks the connection")
    status = mock.status or success_status(call.reader.spec)
    headers = {name.lower(): str(value) for name, value in (mock.headers or {}).items()}
    body = _completed(mock, call) if mock.partial else mock.body
    media = media_of(headers["content-type"]) if "content-type" in headers else None
    if media is not None and media.kind != "json" and isinstance(body, str):
        return Response(status, headers, body.encode(media.charset, "replace"))
    answer = json_response(status, body)
    return Response(status, {**answer.headers, **headers}, answer.body)


def _completed(mock: Mock, call: Call) -> Any:
    """The body with a sample of what it leaves out, at every depth."""
    schema = call.reader.spec.output_schema
    return mock.body if schema is None else _laid_over(of_schema(schema), mock.body)


def _laid_over(type_: Type, above: Any) -> Any:
    if type_ == NEVER:
        return above
    if isinstance(above, list):
        return [_laid_over(item_of(type_), item) for item in above]
    if isinstance(above, dict):
        below = sample(type_)
        laid = {key: _laid_over(property_of(type_, key).type, value) for key, value in above.items()}
        return {**below, **laid} if isinstance(below, dict) else laid
    return above


def _unmocked(step: StepRun, call: Call, message: str) -> Failure:
    task = call.reader.name
    return Failure(
        code="NETWORK_ERROR",
        message=f"{message}. A test sends nothing.",
        suggestion=f"Write one under `mocks`: `{step.path}: {{body: …}}`, or `{task}: {{body: …}}` for all calls of the task.",
    )
