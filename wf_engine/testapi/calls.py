"""A request as a value, and the route table's entry that leads from it to an answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wf_engine.testapi.answers import Answer
from wf_engine.testapi.state import State


@dataclass(frozen=True, slots=True)
class Call:
    """A request. `parameters` are those of the path; header names are in lower case; `path` is as it was sent."""

    method: str
    path: str
    parameters: Mapping[str, str]
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes
    state: State


Handler = Callable[[Call], Answer]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A line of the route table. `path` is in Starlette's spelling, `about` a sentence for people.

    What is not `counted` looks at the traffic or clears it, and leaves no mark there.
    """

    method: str
    path: str
    handler: Handler
    about: str
    counted: bool = True

    @property
    def label(self) -> str:
        """The name it has in `/` and `/counters`, such as `GET /users/{id}`."""
        return f"{self.method} {self.path.replace(':path}', '}')}"
