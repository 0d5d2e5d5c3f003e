# ruff: noqa: RUF009 - `written` makes a dataclass field
"""The kind WorkflowTask (language §2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wf_engine.language.records import Record, written
from wf_engine.language.shapes import (
    Bool,
    Duration,
    Enum,
    Expr,
    Int,
    JsonSchema,
    ListOf,
    MapOf,
    Number,
    Obj,
    Operations,
    Path,
    Shape,
    StatusCode,
    Str,
    Tree,
)
from wf_engine.transforms import JsonPath, Pipeline

METHODS = Enum(
    (
        ("GET", "Reads; safe to repeat."),
        ("HEAD", "Reads the headers alone; safe to repeat."),
        ("POST", "Creates or acts; repeated only where `retry` is written."),
        ("PUT", "Replaces; repeating it changes nothing more."),
        ("PATCH", "Changes a part; repeated only where `retry` is written."),
        ("DELETE", "Removes; repeating it changes nothing more."),
    )
)

RETRY_CAUSES = Enum(
    (
        ("network", "The connection failed or broke."),
        ("timeout", "The attempt took longer than `timeout`, or the service answered 408."),
        ("429", "The service said that there were too many requests."),
        ("5xx", "The service failed."),
    )
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Retry(Record):
    """How a failed attempt is tried again: waits grow from `initialDelay` by `multiplier` up to `maxDelay`."""

    max_attempts: int | None = written(
        "maxAttempts", Int(1, 10), "Attempts in all, the first one included.", default=4, example="3"
    )
    initial_delay: int | None = written(
        "initialDelay", Duration(), "Wait before the second attempt.", default="100ms", example="200ms"
    )
    multiplier: float | None = written(
        "multiplier", Number(1), "How much longer each wait is than the one before.", default=2, example="2"
    )
    max_delay: int | None = written("maxDelay", Duration(), "Longest wait between two attempts.", default="30s")
    jitter: bool | None = written(
        "jitter", Bool(), "Spreads the waits at random, so that many callers do not come back at once.", default=True
    )
    causes: tuple[str, ...] | None = written(
        "causes",
        ListOf(RETRY_CAUSES),
        "Which failures are worth another attempt.",
        default=["network", "timeout", "429", "5xx"],
        example="[network, 5xx]",
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class CircuitBreaker(Record):
    """Stops calling a service that keeps failing, and tries it again after a while."""

    failure_threshold: int | None = written(
        "failureThreshold", Int(1), "Failures within `samplingDuration` that open the circuit.", default=5
    )
    sampling_duration: int | None = written(
        "samplingDuration", Duration(), "How far back failures are counted.", default="60s"
    )
    break_duration: int | None = written(
        "breakDuration", Duration(), "How long an open circuit refuses calls.", default="30s"
    )
    half_open_requests: int | None = written(
        "halfOpenRequests", Int(1), "Calls let through to find out whether the service is back.", default=3
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class Cache(Record):
    """Keeps answers in memory, so that the same call is not made again within `ttl`."""

    ttl: int | None = written("ttl", Duration(), "How long an answer is fresh.", required=True, example="5m")
    key: Any = written(
        "key",
        Tree("string"),
        "What makes two calls the same; without it task, method, URL, body and a hash of all headers.",
        example='"user-{{input.id}}"',
    )
    methods: tuple[str, ...] | None = written(
        "methods", ListOf(METHODS), "Methods whose answers are kept.", default=["GET", "HEAD"]
    )
    only_success: bool | None = written("onlySuccess", Bool(), "Keeps successful answers only.", default=True)
    stale_while_revalidate: int | None = written(
        "staleWhileRevalidate",
        Duration(),
        "How long after `ttl` an old answer is still given while a new one is fetched.",
    )
    bypass_when: Any = written("bypassWhen", Expr(), "Where it is true, the cache is left out.")


@dataclass(frozen=True, eq=False, kw_only=True)
class Http(Record):
    """The request that a task makes. Its templates see `input`, `env`, `secrets` and `execution`."""

    method: str | None = written("method", METHODS, "The HTTP method.", required=True, example="GET")
    url: Any = written(
        "url",
        Tree("string"),
        "The address; a value inserted after the host is percent-encoded.",
        required=True,
        example='"{{env.API}}/users/{{input.id}}"',
    )
    query: Mapping[str, Any] | None = written(
        "query",
        MapOf(Tree()),
        "Query parameters; a list repeats its name, null leaves it out.",
    )
    headers: Mapping[str, Any] | None = written(
        "headers",
        MapOf(Tree()),
        "Request headers; null leaves one out.",
    )
    body: Any = written(
        "body",
        Tree(),
        "The request body: a text as it is, anything else as JSON; a map may go as a form.",
    )
    success_status: tuple[str, ...] | None = written(
        "successStatus",
        ListOf(StatusCode(), 1),
        "Status codes or classes that count as success.",
        default=["2xx"],
        example="[200, 404]",
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class Transform(Record):
    """Reshapes data without a call: `pipeline` or `jsonPath` over `input`."""

    input: Any = written("input", Expr(), "What is transformed; without it the whole input.")
    pipeline: Pipeline | None = written(
        "pipeline", Operations(Shape(), 1), "Operations, each on the result of the one before."
    )
    json_path: JsonPath | None = written("jsonPath", Path(), "An RFC 9535 JSONPath.", example='"$.items[*].id"')


@dataclass(frozen=True, eq=False, kw_only=True)
class TaskExample(Record):
    """A call with its answer: shown to people, used by mocks, and run as a test."""

    name: str | None = written("name", Str(), "What the example shows.")
    input: Any = written("input", Shape(), "The task's input.")
    output: Any = written("output", Shape(), "What it answers.")


@dataclass(frozen=True, eq=False, kw_only=True)
class TaskSpec(Record):
    """What a task takes, does and gives."""

    type: str | None = written(
        "type",
        Enum((("http", "Calls an HTTP service."), ("transform", "Reshapes data without a call."))),
        "What kind of task it is.",
        required=True,
    )
    description: str | None = written("description", Str(), "What the task does, in a sentence.")
    category: str | None = written("category", Str(), "The group it is listed under.")
    tags: tuple[str, ...] | None = written("tags", ListOf(Str()), "Words it can be found by.")
    deprecated: str | None = written("deprecated", Str(), "What to use instead; marks the task as outdated.")
    examples: tuple[TaskExample, ...] | None = written(
        "examples", ListOf(Obj(TaskExample)), "Calls with their answers."
    )
    input_schema: Any = written("inputSchema", JsonSchema(), "JSON Schema of the input; without it anything goes.")
    output_schema: Any = written("outputSchema", JsonSchema(), "JSON Schema of the output; without it it is unknown.")
    http: Http | None = written("http", Obj(Http), "The request, where `type` is `http`.")
    transform: Transform | None = written(
        "transform", Obj(Transform), "The transformation, where `type` is `transform`."
    )
    timeout: int | None = written(
        "timeout", Duration(minimum_ms=1), "Longest time of one attempt.", default="10s", example="5s"
    )
    retry: Retry | None = written(
        "retry",
        Obj(Retry),
        "How failed attempts are repeated. Without it GET, HEAD, PUT and DELETE use the defaults; POST and PATCH are"
        " repeated only where the request never left.",
    )
    cache: Cache | None = written("cache", Obj(Cache), "Keeps answers for a while.")
    circuit_breaker: CircuitBreaker | None = written(
        "circuitBreaker", Obj(CircuitBreaker), "Stops calling a service that keeps failing."
    )
    response_validation: str | None = written(
        "responseValidation",
        Enum(
            (
                ("strict", "An answer that breaks `outputSchema` fails the step."),
                ("warn", "It is noted in the trace, and the step goes on."),
                ("off", "Answers are not checked."),
            )
        ),
        "What happens where an answer breaks `outputSchema`.",
        default="strict",
    )
