"""What is logged about a bug of ours: all that is needed to repeat it, and nothing that is secret."""

import json
import os
import sys
import traceback
from collections.abc import Mapping
from typing import Any

import re2

import wf_engine

_VARIABLES = "WF_SECRET_"
_SHORTEST = 4
_SECRET_ENTRY = re2.compile(
    r"""(?i)^(\s*(?:-\s+)?["']?[\w.-]*(?:password|passwd|secret|token|api[-_]?key|authorization|credential)"""
    r"""[\w.-]*["']?\s*[:=]\s*)(\S.*)$"""
)


def report(what: str, error: Exception, params: Any, documents: Mapping[str, str]) -> str:
    """The report as JSON: the versions, the feature with its parameters, the documents by URI, and the traceback."""
    said = {
        "wf": wf_engine.__version__,
        "python": sys.version.split()[0],
        "platform": sys.platform,
        "feature": what,
        "params": masked(json.dumps(params, default=str, ensure_ascii=False)) if params is not None else None,
        "documents": {uri: masked(text) for uri, text in documents.items()},
        "traceback": masked("".join(traceback.format_exception(error))),
    }
    return json.dumps(said, ensure_ascii=False)


def masked(text: str) -> str:
    """A text in which secrets are stars, as many as they have characters, so that every place stays where it is.

    Secrets are the values of `WF_SECRET_…` in the environment, and whatever stands under a key that is called like one.
    """
    for name, value in os.environ.items():
        if name.startswith(_VARIABLES) and len(value) >= _SHORTEST:
            text = text.replace(value, "*" * len(value))
    return "\n".join(map(_masked_line, text.split("\n")))


def _masked_line(line: str) -> str:
    found = _SECRET_ENTRY.match(line)
    if found is None or "{{" in found[2]:  # a template names a secret and does not hold it
        return line
    start: str = found[1]
    return start + "*" * len(found[2])


def place_of(error: Exception) -> str:
    """Where a bug is: the same each time it happens."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} {frames[-1].filename}:{frames[-1].lineno}" if frames else type(error).__name__
