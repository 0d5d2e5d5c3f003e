"""The codes of errors of executions (language §7)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

ErrorCode = Literal[
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

ERROR_CODES: Mapping[ErrorCode, str] = MappingProxyType(
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
