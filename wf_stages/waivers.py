"""Gates that could not be run, and who answers for going on without them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wf_stages.errors import StageError
from wf_stages.judging import Verdict

_REASON = 10
"""A reason is at least so many characters: what is shorter says nothing to whoever reads it later."""


def written(who: str, why: str, until: str, at: str) -> dict[str, str]:
    """A new waiver as the state keeps it; a StageError where nobody answers for it, or not for how long or why."""
    if not who.strip():
        raise StageError("--who is empty", "name the person who answers for going on")
    if len(why.strip()) < _REASON:
        raise StageError("--why is too short", f"say in at least {_REASON} characters why the gate cannot be run")
    try:
        day = date.fromisoformat(until)
    except ValueError:
        raise StageError(f"--until {until!r} is no day", "write YYYY-MM-DD") from None
    if day.isoformat() < at[:10]:
        raise StageError(f"--until {until!r} is past", "write a day to come, YYYY-MM-DD")
    return {"who": who.strip(), "why": why.strip(), "until": day.isoformat(), "at": at}


def active(state: Mapping[str, Any], number: int, day: str) -> Mapping[str, Any] | None:
    """The waiver of a gate that holds on that day (ISO), None where there is none or it has run out."""
    waiver: Mapping[str, Any] | None = state["waivers"].get(number)
    return waiver if waiver is not None and str(waiver["until"]) >= day[:10] else None


def shown(state: Mapping[str, Any], number: int, day: str) -> str:
    """The verdict as people read it: PASSED, FAILED, WARNING, NOT RUN, `NOT RUN, WAIVED` or -."""
    entry = state["gates"].get(number)
    if entry is None:
        return "NOT RUN, WAIVED" if active(state, number, day) else "-"
    if entry["verdict"] == Verdict.NOT_RUN:
        return "NOT RUN, WAIVED" if active(state, number, day) else "NOT RUN"
    warns = entry["verdict"] == Verdict.FAILED and entry["tier"] == "recommended"
    return "WARNING" if warns else str(entry["verdict"]).upper()


def holds(state: Mapping[str, Any], number: int, day: str) -> bool:
    """Whether the gate keeps nobody from going on: passed, or not run and waived. A failed gate is never waived."""
    return shown(state, number, day) in {"PASSED", "NOT RUN, WAIVED"}
