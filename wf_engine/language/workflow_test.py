# ruff: noqa: RUF009 - `written` makes a dataclass field
"""The kind WorkflowTest (language §13)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wf_engine.language.error_codes import ERROR_CODES
from wf_engine.language.records import Record, written
from wf_engine.language.shapes import (
    Bool,
    Duration,
    Enum,
    Int,
    ListOf,
    MapOf,
    Obj,
    OneOrMany,
    Ref,
    Shape,
    Str,
    WordOrObj,
)

_STATUSES = Enum(
    (
        ("succeeded", "It came to its end."),
        ("failed", "A step failed, and nothing took the failure."),
        ("timedOut", "It took longer than its `timeout`."),
        ("cancelled", "It was cancelled."),
    )
)
_STEP_STATUSES = Enum(
    (
        ("succeeded", "It ran to its end."),
        ("failed", "It failed."),
        ("skipped", "Its condition was false, or what it depends on failed."),
        ("cancelled", "It was cut short."),
    )
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Mock(Record):
    """What a call is answered, in place of the service."""

    status: int | None = written(
        "status",
        Int(100, 599),
        "The status code of the answer; without it the first that the task takes for success, mostly 200.",
        example="404",
    )
    body: Any = written("body", Shape(), "The body of the answer, checked against the task's `outputSchema`.")
    headers: Mapping[str, Any] | None = written("headers", MapOf(Str()), "Headers of the answer.")
    delay: int | None = written("delay", Duration(), "How long the answer takes.", example="200ms")
    error: str | None = written(
        "error",
        Enum((("network", "The connection fails."), ("timeout", "No answer comes in time."))),
        "A failure that comes in place of an answer.",
    )
    partial: bool | None = written(
        "partial", Bool(), "Whether `body` may leave out what `outputSchema` requires.", default=False
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class StepExpectation(Record):
    """What is expected of a step."""

    status: str | None = written("status", _STEP_STATUSES, "How it ends.")
    input: Any = written("input", Shape(), "The input that it is given.")
    attempts: int | None = written("attempts", Int(0), "How many attempts it takes.")


@dataclass(frozen=True, eq=False, kw_only=True)
class ExpectedError(Record):
    """Parts of an error; what is not written may be anything."""

    code: str | None = written("code", Enum(tuple(ERROR_CODES.items())), "Its code.", example="TIMEOUT")
    message: str | None = written("message", Str(), "What it says.")
    path: str | None = written("path", Str(), "The step that failed, by its path.", example="orders[2].charge")
    retryable: bool | None = written("retryable", Bool(), "Whether another attempt might help.")
    attempts: int | None = written("attempts", Int(0), "How many attempts were made.")
    http: Any = written("http", Shape(), "The request and its answer: `method`, `url`, `status`, `bodyPreview`.")
    suggestion: str | None = written("suggestion", Str(), "What it proposes to do.")
    docs: str | None = written("docs", Str(), "Where it is explained.")
    original_error: Any = written("originalError", Shape(), "What the service itself answered.")


@dataclass(frozen=True, eq=False, kw_only=True)
class Expectation(Record):
    """What is expected of a run; what is not written may be anything."""

    status: str | None = written("status", _STATUSES, "How the run ends.", example="succeeded")
    output: Any = written("output", Shape(), "What it answers: equal in all, or with `partial` in what is written.")
    partial: bool | None = written("partial", Bool(), "Whether `output` may have more than is written.", default=False)
    error: Any = written(
        "error",
        WordOrObj(tuple(ERROR_CODES.items()), ExpectedError),
        "The code of its error, or a map with parts of the error.",
        example="TIMEOUT",
    )
    steps: Mapping[str, Any] | None = written(
        "steps", MapOf(Obj(StepExpectation)), "What is expected of steps, by path such as `orders[2].charge`."
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class TestCase(Record):
    """A run with its input, its mocked answers, and what is expected of it."""

    __test__ = False  # for pytest, which takes it for tests by its name

    name: str | None = written("name", Str(), "What the case shows.", required=True, example="it works")
    input: Any = written("input", Shape(), "The workflow's input.")
    secrets: Mapping[str, Any] | None = written("secrets", MapOf(Str()), "Secrets by name.")
    mocks: Mapping[str, Any] | None = written(
        "mocks",
        MapOf(OneOrMany(Obj(Mock))),
        "Answers by task or by step path; a list has one for each call. A call without one fails, it is never sent.",
        example="{get-user: {body: {name: Ada}}}",
    )
    expect: Expectation | None = written("expect", Obj(Expectation), "What is expected.")


@dataclass(frozen=True, eq=False, kw_only=True)
class TestSpec(Record):
    """A workflow and the cases that it is tried with."""

    __test__ = False

    workflow: str | None = written(
        "workflow",
        Ref("Workflow"),
        "The Workflow that is tested, as `[ns/]name[@version]`.",
        required=True,
        example="checkout",
    )
    cases: tuple[TestCase, ...] | None = written("cases", ListOf(Obj(TestCase), 1), "The cases.", required=True)
