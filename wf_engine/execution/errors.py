"""The errors of executions: one shape for everything that can go wrong (language §7)."""

from dataclasses import dataclass
from typing import Any, Literal

from wf_engine.language import ErrorCode

Cause = Literal["network", "timeout", "429", "5xx"]
"""A cause that `retry.causes` may name."""


@dataclass(slots=True, kw_only=True)
class Failure:
    """Why a step or an execution failed; `cause` and `sent` are what retrying looks at."""

    code: ErrorCode
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
