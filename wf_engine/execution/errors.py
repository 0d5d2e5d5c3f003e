"""The errors of executions: one shape for everything that can go wrong (language §7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

Code = Literal[
    "VALIDATION_ERROR",
    "AUTHENTICATION_ERROR",
    "AUTHORIZATION_ERROR",
    "NOT_FOUND",
    "CONFLICT",
    "RATE_LIMITED",
    "SERVICE_ERROR",
    "TIMEOUT",
    "NETWORK_ERROR",
    "SCHEMA_MISMATCH",
    "EXPRESSION_ERROR",
    "CIRCUIT_OPEN",
    "LIMIT_EXCEEDED",
    "CANCELLED",
]
Cause = Literal["network", "timeout", "429", "5xx"]
"""A cause that `retry.causes` may name."""

ERROR_CODES: Mapping[Code, str] = MappingProxyType(
    {
        "VALIDATION_ERROR": "An input or a request is not valid; where a service refused it, its answer says why.",
        "AUTHENTICATION_ERROR": "The service does not know who is calling (401).",
        "AUTHORIZATION_ERROR": "The service knows who is calling and does not allow it (403).",
        "NOT_FOUND": "There is nothing at the address (404, 410).",
        "CONFLICT": "The request does not fit the state that the service is in (409, 412).",
        "RATE_LIMITED": "There were too many requests (429).",
        "SERVICE_ERROR": "The service failed (5xx), or gave an answer that cannot be used.",
        "TIMEOUT": "Something took longer than its timeout.",
        "NETWORK_ERROR": "The connection could not be made, or broke.",
        "SCHEMA_MISMATCH": "The answer is not what the task's `outputSchema` promises.",
        "EXPRESSION_ERROR": "An expression has no value.",
        "CIRCUIT_OPEN": "The circuit breaker let no call through.",
        "LIMIT_EXCEEDED": "Something is larger than a limit allows.",
        "CANCELLED": "The execution was cancelled.",
    }
)
"""What each code means."""


@dataclass(slots=True, kw_only=True)
class Failure:
    """Why a step or an execution failed; `cause` and `sent` are what retrying looks at."""

    code: Code
    message: str
    suggestion: str
    path: str = ""
    retryable: bool = False
    attempts: int = 0
    http: dict[str, Any] | None = None
    original: Any = None
    cause: Cause | None = None
    sent: bool = True
    refused: bool = False
    """The network policy did not let the request go."""
    retry_after: float | None = None

    @property
    def troubled(self) -> bool:
        """Whether the service is in trouble, or the way to it: what opens a circuit."""
        return self.cause is not None or (self.code == "NETWORK_ERROR" and not self.refused)

    def to_json(self) -> dict[str, Any]:
        """The error as events and answers show it."""
        return {
            "code": self.code,
            "message": self.message,
            "path": self.path,
            "retryable": self.retryable,
            "attempts": self.attempts,
            "http": self.http,
            "suggestion": self.suggestion,
            "docs": f"docs/errors.md#{self.code.lower()}",
            "originalError": self.original,
        }


class StepError(Exception):
    """Ends a step, or an attempt of it, with a failure."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure
