"""Events as JSON text and back."""

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from wf_engine.history.folds.tally import StepFigures

if TYPE_CHECKING:
    from wf_engine.history.database import Segment

_FIGURES = msgspec.json.Decoder(list[StepFigures])


strictly = msgspec.json.Encoder().encode
"""What `encoded` gives as a rule; raises ValueError for half a surrogate pair too."""


def encode(value: Any) -> str:
    """An event, or a part of one, as JSON. Raises TypeError, ValueError or RecursionError for what is no JSON value."""
    return encoded(value).decode()


def encoded(value: Any) -> bytes:
    """The same in UTF-8. Raises TypeError, ValueError or RecursionError for what is no JSON value."""
    try:
        return strictly(value)
    except UnicodeEncodeError:
        # Half a surrogate pair, which a JSON text of a service may hold; only the standard library escapes it.
        return json.dumps(value).encode()


def array(parts: Sequence[bytes]) -> str:
    """A JSON array of what is encoded."""
    return (b"[" + b",".join(parts) + b"]").decode()


def decode_figures(text: str) -> list[StepFigures] | None:
    """The fold of an execution's steps; None for a text that is damaged."""
    try:
        return _FIGURES.decode(text)
    except ValueError:
        return None


def decode(text: str) -> list[dict[str, Any]]:
    """The events of a segment. Raises ValueError for a text that is none."""
    try:
        found: list[dict[str, Any]] = msgspec.json.decode(text)
    except msgspec.DecodeError:
        found = json.loads(text)
    return found


def decode_or_none(text: str) -> Any:
    """A JSON value; None for a text that is damaged."""
    try:
        return decode(text)
    except (ValueError, TypeError, RecursionError):
        return None


def readable(segments: "Iterable[Segment]") -> list[dict[str, Any]]:
    """The events of segments without those that are damaged: half written, or changed by another hand."""
    return [event for segment in segments for event in _events_of(segment)]


def _events_of(segment: "Segment") -> list[dict[str, Any]]:
    found = decode_or_none(segment.events)
    whole = isinstance(found, list) and all(isinstance(each, dict) and each.keys() >= _OF_EACH for each in found)
    return found if whole else []


_OF_EACH = frozenset({"seq", "at", "executionId", "type"})
