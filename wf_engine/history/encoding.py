"""Events as JSON text and back."""

import json
from collections.abc import Sequence
from typing import Any

import msgspec

from wf_engine.history.folds.events import Event


def encode(events: Sequence[Event]) -> str:
    """A JSON array. Raises TypeError, ValueError or RecursionError for what is no JSON value."""
    try:
        return msgspec.json.encode(events).decode()
    except UnicodeEncodeError:
        # Half a surrogate pair, which a JSON text of a service may hold; only the standard library escapes it.
        return json.dumps(events)


def decode(text: str) -> list[dict[str, Any]]:
    """The events of a segment. Raises ValueError for a text that is none."""
    try:
        found: list[dict[str, Any]] = msgspec.json.decode(text)
    except msgspec.DecodeError:
        found = json.loads(text)
    return found
