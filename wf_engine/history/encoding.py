"""Events as JSON text and back."""

import json
from typing import Any

import msgspec

from wf_engine.history.folds.tally import StepFigures

_FIGURES = msgspec.json.Decoder(list[StepFigures])


def encode(value: Any) -> str:
    """Events, or a part of one, as JSON. Raises TypeError, ValueError or RecursionError for what is no JSON value."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        # Half a surrogate pair, which a JSON text of a service may hold; only the standard library escapes it.
        return json.dumps(value)


def decode_figures(text: str) -> list[StepFigures]:
    """The fold of an execution's steps. Raises ValueError for a text that is none."""
    return _FIGURES.decode(text)


def decode(text: str) -> list[dict[str, Any]]:
    """The events of a segment. Raises ValueError for a text that is none."""
    try:
        found: list[dict[str, Any]] = msgspec.json.decode(text)
    except msgspec.DecodeError:
        found = json.loads(text)
    return found
