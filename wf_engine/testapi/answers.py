"""Answers as values: what to send, and how it leaves the server."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from http.client import responses
from typing import Any

_JSON = "application/json"
_TO_CODE = str.maketrans({" ": "_", "-": "_", "'": ""})


class Ending(Enum):
    """How an answer leaves the server."""

    WHOLE = "whole"
    CHUNKED = "chunked"
    """Whole, without a Content-Length."""
    TRUNCATED = "truncated"
    """Half the body, then a reset."""
    RESET = "reset"
    """Nothing but a TCP reset."""
    HANG = "hang"
    """Nothing until the client leaves."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send. `delay` is in seconds; a `content_type` of None sends no Content-Type."""

    status: int = 200
    body: bytes = b""
    content_type: str | None = _JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0
    ending: Ending = Ending.WHOLE


class ApiError(Exception):
    """A refusal; `code` is snake case, for programs, `message` a sentence for people."""

    def __init__(self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.answer = error(status, code, message, headers)


def answer(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """A JSON answer."""
    return Answer(status, _encoded(value), headers=headers or {})


def error(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> Answer:
    """An error in the shape that all errors of the service have: `{error: {code, message}}`."""
    return answer({"error": {"code": code, "message": message}}, status, headers)


def status_answer(status: int) -> Answer:
    """The plain answer of a status: without a body where HTTP forbids one, an error from 400 on."""
    phrase = responses.get(status, f"Status {status}")
    if status in {204, 205, 304}:
        return Answer(status, content_type=None)
    if status >= 400:  # noqa: PLR2004 - HTTP's own boundary
        return error(status, phrase.lower().translate(_TO_CODE), f"{phrase}, as asked.")
    return answer({"status": status, "message": phrase}, status)


def not_found(what: str, key: str) -> ApiError:
    """There is no such thing: 404."""
    return ApiError(404, "not_found", f"There is no {what} {key}.")


def _encoded(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
