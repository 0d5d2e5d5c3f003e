"""An execution saved as a test: its input, the answers that it got, and what came of it."""

import re
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Any

import msgspec

from wf_engine.execution import UNREADABLE, Event, Outputs, media_of, was_unreadable
from wf_engine.text import WfError


def saved_test(events: Iterable[Event], name: str | None = None) -> str:
    """The text of a WorkflowTest with one case. Raises WfError for a run that has not ended, or not by itself."""
    every = list(events)
    started, finished = every[0], every[-1]
    if started["type"] != "executionStarted" or finished["type"] != "executionFinished":
        raise WfError("The execution has not ended.", hint="A test is made of a run from its beginning to its end.")
    if finished["status"] not in _REPEATABLE:
        message = f"The execution is {finished['status']}: it was ended from outside, which a test cannot do again."
        raise WfError(message, hint="A test is made of a run that succeeded or failed.")
    workflow = f"{started['workflow']}@{started['version']}" if started.get("version") else started["workflow"]
    case = {
        "name": name or f"as on {started['at'][:10]}",
        "input": started["input"],
        "mocks": _mocks(every),
        "expect": _expectation(finished),
    }
    metadata = {"name": f"{started['workflow']}-test"[:63].rstrip("-")}
    if started.get("namespace") not in (None, "default"):
        metadata["namespace"] = started["namespace"]
    document = {
        "apiVersion": "workflow.io/v1",
        "kind": "WorkflowTest",
        "metadata": metadata,
        "spec": {
            "workflow": workflow,
            "cases": [{key: value for key, value in case.items() if value not in ({}, None)}],
        },
    }
    return _yaml(document)


_REPEATABLE = frozenset({"succeeded", "failed"})


def _expectation(finished: Event) -> dict[str, Any]:
    expected: dict[str, Any] = {"status": finished["status"]}
    if finished["status"] == "succeeded":
        expected["output"] = finished["output"]
    elif finished.get("error"):
        expected["error"] = finished["error"]["code"]
    return expected


def _mocks(events: list[Event]) -> dict[str, Any]:
    """By step path the answer to each attempt, a list where there were several."""
    outputs = Outputs()
    for event in events:
        outputs.take(event)
    answers: dict[str, list[dict[str, Any]]] = {}
    for event in events:
        if event["type"] == "attemptFinished":
            answers.setdefault(event["path"], []).append(_answer(event, outputs))
    for path in outputs.cached:
        answers.setdefault(path, [{"body": outputs.at(path)}])
    return {path: found[0] if len(found) == 1 else found for path, found in answers.items()}


def _answer(event: Event, outputs: Outputs) -> dict[str, Any]:
    code = (event["error"] or {}).get("code")
    if event["status"] is None:
        return {"error": "timeout" if code == "TIMEOUT" else "network"}
    if was_unreadable(event):
        kind = (_headers(event) or {}).get("content-type", UNREADABLE)
        kind = UNREADABLE if media_of(kind).kind == "json" else kind
        return {"status": event["status"], "body": "no JSON and no text", "headers": {"content-type": kind}}
    answer = {"status": event["status"], "body": _body(event, outputs), "headers": _headers(event)}
    return {name: value for name, value in answer.items() if value is not None}


def _headers(event: Event) -> Mapping[str, str] | None:
    """The headers of a recorded answer that a run can depend on."""
    headers: Mapping[str, str] = (event.get("response") or {}).get("headers", {})
    found = {name: value for name, value in headers.items() if name not in _OF_THE_MOMENT}
    if found.get("content-type") == _USUAL:
        del found["content-type"]
    return found or None


_USUAL = "application/json"
_OF_THE_MOMENT = frozenset({
    "connection", "content-encoding", "content-length", "date", "keep-alive", "retry-after", "server", "transfer-encoding"
})  # fmt: skip
"""Headers of the connection and of the time; a test does not wait for `Retry-After`."""


def _body(event: Event, outputs: Outputs) -> Any:
    response: Mapping[str, Any] = event.get("response") or {}
    if "body" not in response:
        return outputs.of(event)
    if media_of(response["headers"].get("content-type", "")).kind != "json":
        return response["body"] or None
    try:
        return msgspec.json.decode(response["body"])
    except msgspec.DecodeError:
        return response["body"] or None


_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./@-]*( [A-Za-z0-9_./@-]+)*")
_NOT_PLAIN = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def _yaml(document: Any) -> str:
    from ruamel.yaml import YAML  # only who saves a test pays for it
    from ruamel.yaml.representer import SafeRepresenter

    class Quoting(SafeRepresenter):
        """Quotes every text that a YAML reader could take for something else (language §1)."""

    def represent(representer: SafeRepresenter, text: str) -> Any:
        plain = _PLAIN.fullmatch(text) is not None and text.lower() not in _NOT_PLAIN
        return representer.represent_scalar("tag:yaml.org,2002:str", text, style=None if plain else '"')

    Quoting.add_representer(str, represent)
    writer: Any = YAML(typ="safe", pure=True)
    writer.Representer = Quoting
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.sort_base_mapping_type_on_output = False
    stream = StringIO()
    writer.dump(document, stream)
    return stream.getvalue()
