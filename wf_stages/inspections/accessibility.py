"""Gate 14: the critical and serious findings of a Lighthouse report."""

import json
from collections.abc import Sequence
from pathlib import Path

from wf_stages.errors import StageError

SERIOUS = ("critical", "serious")


def accessibility(_root: Path, arguments: Sequence[str]) -> tuple[list[str], int]:
    """Each finding with how bad it is, and how many audits applied to the page."""
    try:
        audits = json.loads(Path(arguments[0]).read_text("utf-8"))["audits"]
        applied = {name: audit for name, audit in audits.items() if audit["score"] is not None}
        # An audit keeps the impact that axe gives its rule beside the elements that break it.
        impacts = {name: _impact(audit) for name, audit in applied.items() if audit["score"] < 1}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StageError(f"{Path(arguments[0]).name} is no report of Lighthouse: {error}") from error
    return [f"{name}: {impact}" for name, impact in impacts.items() if impact in SERIOUS], len(applied)


def _impact(audit: dict[str, dict[str, dict[str, str]]]) -> str:
    return audit.get("details", {}).get("debugData", {}).get("impact", "")
