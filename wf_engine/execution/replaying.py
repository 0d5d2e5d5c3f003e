"""Replays: a run made again with the answers that were recorded; nothing is sent."""

import base64
import binascii
from collections.abc import Iterable, Mapping
from typing import Any

from wf_engine.execution.errors import Failure, StepError
from wf_engine.execution.failures import shown
from wf_engine.execution.masking import Masker
from wf_engine.execution.mocking import json_response, success_status
from wf_engine.execution.program import Call, StepRun
from wf_engine.execution.transport import Response


def recorded(response: Response) -> dict[str, Any]:
    """A whole answer as an event holds it: `{headers, body}`, or `{headers, base64}` where the body is no text."""
    headers = dict(response.headers)
    try:
        return {"headers": headers, "body": response.body.decode()}
    except UnicodeDecodeError:
        return {"headers": headers, "base64": base64.b64encode(response.body).decode()}


UNREADABLE = "application/octet-stream"
"""A type of answers that no task can read."""


def was_unreadable(attempt: Mapping[str, Any]) -> bool:
    """Whether an attempt failed for the body of an answer that had a good status, by its `attemptFinished`."""
    return (attempt["error"] or {}).get("code") == "SERVICE_ERROR" and (attempt["status"] or 0) // 100 == _SUCCESS


_SUCCESS = 2


class Outputs:
    """What the answers of an execution were, as far as the outputs of its steps tell."""

    def __init__(self) -> None:
        self._found: dict[str, Any] = {}
        self._iterations: set[str] = set()
        self._instead: set[str] = set()
        self.cached: dict[str, None] = {}
        """The paths whose answers came from the cache, in order."""

    def take(self, event: Mapping[str, Any]) -> None:
        """The next event, in order."""
        path = event.get("path") or ""
        match event["type"]:
            case "iterationStarted":
                self._iterations.add(path)
            case "cacheHit":
                self.cached[path] = None
            case "fallbackStarted":
                self._instead.add(path)
            case "stepFinished" if event["status"] == "succeeded":
                self._found[path] = event["output"]
                self._keep_results(path, event["output"])

    def _keep_results(self, path: str, output: Any) -> None:
        results = output.get("results") if isinstance(output, Mapping) else None
        for index, result in enumerate(results if isinstance(results, list) else ()):
            if (iteration := f"{path}[{index}]") in self._iterations:
                self._found[iteration] = result

    def of(self, attempt: Mapping[str, Any]) -> Any:
        """The body that an attempt was answered, by its `attemptFinished`; null where it is not known."""
        error, path = attempt["error"], attempt["path"]
        if error is not None and error["code"] != "SCHEMA_MISMATCH":  # which may be but a warning
            return error.get("originalError")
        return self.at(path)

    def at(self, path: str) -> Any:
        """The body of the good answer that was given at a path; null where it is not known."""
        if path in self._instead:
            return None
        while path not in self._found and "~" in path:  # `a~else` and `a~fallback` give the output of `a`
            path = path[: path.rfind("~")]
        return self._found.get(path)


class ReplayAnswers:
    """The answers of a recorded execution, by step path and attempt.

    Of a run that was made without recording, the answer of a step that succeeded is made of its output.
    """

    def __init__(self, events: Iterable[Mapping[str, Any]], masker: Masker) -> None:
        """`events` are those of the execution, in order; `masker` masks requests as those of it were."""
        self._masker = masker
        self._requests: dict[tuple[str, int], Mapping[str, Any]] = {}
        self._attempts: dict[tuple[str, int], Mapping[str, Any]] = {}
        self._outputs = Outputs()
        self.execution: Mapping[str, Any] = {}
        """The recorded run's own, since requests may have been made of it."""
        for event in events:
            self._outputs.take(event)
            match event["type"]:
                case "executionStarted":
                    self.execution = {"id": event["executionId"], "startedAt": event["at"]}
                case "attemptStarted":
                    self._requests[event["path"], event["n"]] = event["request"]
                case "attemptFinished":
                    self._attempts[event["path"], event["n"]] = event

    async def answer(self, step: StepRun, call: Call) -> Response:
        """The answer that this attempt got. Raises StepError with the error that it got, or where there is none."""
        key = step.path, step.attempts
        known, asked = self._attempts.get(key), self._requests.get(key)
        if known is None and step.path in self._outputs.cached:
            return json_response(success_status(call.reader.spec), self._outputs.at(step.path))
        if known is None or asked is None:
            raise StepError(_unknown(call, f"in the recorded run, `{step.path}` made no attempt {step.attempts}"))
        asking = self._masker.mask(call.shown)
        differing = [name for name in asking if asking[name] != asked.get(name) and name != "headers"]
        if differing:
            raise StepError(_unknown(call, f"the {differing[0]} of the recorded request was another"))
        return self._response(known)

    def _response(self, known: Mapping[str, Any]) -> Response:
        if "response" in known:
            return _again(known["status"], known["response"])
        if known["status"] is None or was_unreadable(known):
            raise StepError(_failure(known["error"] or {}))
        return json_response(known["status"], self._outputs.of(known))


def _again(status: int, response: Mapping[str, Any]) -> Response:
    if "base64" not in response:
        return Response(status, response["headers"], str(response["body"]).encode())
    try:
        return Response(status, response["headers"], base64.b64decode(response["base64"], validate=True))
    except binascii.Error:  # a secret was masked in it
        return Response(status, response["headers"], b"")


def _failure(error: Mapping[str, Any]) -> Failure:
    """The error of an attempt, as it was recorded: to be tried again where it could be tried again."""
    code = error.get("code", "SERVICE_ERROR")
    return Failure(
        code=code,
        message=str(error.get("message", "The recorded attempt had no answer.")),
        suggestion=str(error.get("suggestion", "")),
        retryable=bool(error.get("retryable")),
        http=error.get("http"),
        original=error.get("originalError"),
        cause=_CAUSES.get(code) if error.get("retryable") else None,
    )


_CAUSES: Mapping[str, Any] = {
    "NETWORK_ERROR": "network",
    "TIMEOUT": "timeout",
    "RATE_LIMITED": "429",
    "SERVICE_ERROR": "5xx",
}


def _unknown(call: Call, why: str) -> Failure:
    return Failure(
        code="NETWORK_ERROR",
        message=f"{shown(call.request)} was not recorded: {why}. A replay sends nothing.",
        suggestion="Run it live with --record, and replay that run.",
    )
