"""A request as a value, and an endpoint as data: what it takes, what it gives, and how a workflow calls it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wf_engine.testapi.answers import Answer
from wf_engine.testapi.data import JsonObject
from wf_engine.testapi.schemas import Schema
from wf_engine.testapi.state import State


@dataclass(frozen=True, slots=True)
class Call:
    """A request. `parameters` are those of the path; header names are in lower case; `path` is as it was sent.

    `given` is what its endpoint declares to take, from path, query and body, checked and with defaults.
    """

    method: str
    path: str
    parameters: Mapping[str, str]
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes
    state: State
    given: JsonObject = field(default_factory=dict)


Handler = Callable[[Call], Answer]


@dataclass(frozen=True, slots=True)
class Example:
    """A call of a task. Without `fails`, the code of the error that it ends with, it succeeds.

    `after` are calls of tasks that come first, on a service that was just started.
    """

    name: str
    input: JsonObject = field(default_factory=dict)
    fails: str | None = None
    after: tuple[tuple[str, JsonObject], ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """How a workflow calls an endpoint, so far as the endpoint does not say it already.

    `input` are further inputs, `query`, `headers` and `body` what is sent beside what the endpoint declares, as templates;
    `settings` are further fields of the task, such as `timeout`. The output of one that `varies` is not the same
    wherever it is called.
    """

    name: str
    tags: tuple[str, ...]
    examples: tuple[Example, ...]
    input: Mapping[str, Schema] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    varies: bool = False


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A line of the route table. `path` is in Starlette's spelling, `about` a sentence for people.

    `parameters`, `query` and `body` are the fields it takes there, `output` the schema of what it gives, and `status`
    the status it gives that with. What is not `counted` looks after the service itself: it leaves no mark in the
    traffic, and its behaviour is not configured.
    """

    method: str
    path: str
    handler: Handler
    about: str
    output: Schema
    task: Task
    parameters: Mapping[str, Schema] = field(default_factory=dict)
    query: Mapping[str, Schema] = field(default_factory=dict)
    body: Mapping[str, Schema] = field(default_factory=dict)
    status: int = 200
    counted: bool = True

    @property
    def label(self) -> str:
        """The name it has in `/` and `/counters`, such as `GET /users/{id}`."""
        return f"{self.method} {self.path.replace(':path}', '}')}"

    @property
    def takes(self) -> dict[str, Schema]:
        """All fields that it takes, wherever."""
        return {**self.parameters, **self.query, **self.body}
