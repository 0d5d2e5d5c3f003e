"""A mismatch as a person reads it."""

import json
from typing import Any

from wf_engine.testing.matching import Mismatch

_SHOWN = 200


def in_words(mismatch: Mismatch) -> str:
    """One line: `output.total: 12 was expected, 13 came`."""
    dot = "" if not mismatch.at or mismatch.at.startswith("[") else "."
    place = f"{mismatch.what}{dot}{mismatch.at}"
    match mismatch.message:
        case "is missing":
            return f"{place}: {_shown(mismatch.expected)} was expected, and there is nothing"
        case "was not expected":
            return f"{place}: nothing was expected, {_shown(mismatch.actual)} came"
        case "has another length":
            return f"{place}: {mismatch.expected} items were expected, {mismatch.actual} came"
        case "did not run":
            return f"{place}: the step did not run"
        case "is another":
            return f"{place}: {_shown(mismatch.expected)} was expected, {_shown(mismatch.actual)} came"
        case more:
            said = more.removeprefix("is another ")
            return f"{place}: {_shown(mismatch.expected)} was expected, {_shown(mismatch.actual)} came {said}"


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
