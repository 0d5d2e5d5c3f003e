"""The verdict on a gate, from its evidence alone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from wf_stages.model import Gate, Requirement, Step


class Verdict(StrEnum):
    """What a gate's evidence says. A gate that did not run has not passed."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not_run"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict and, for people, the reason."""

    verdict: Verdict
    reason: str


def judge(gate: Gate, steps: Sequence[Mapping[str, Any]], outputs: Sequence[str]) -> Judgement:
    """The first step that did not pass decides; `steps` are the recorded ones, `outputs` their logs."""
    if not gate.steps:
        return Judgement(Verdict.NOT_RUN, "no command for this technology: stages.yaml can give one")
    if not steps:
        return Judgement(Verdict.NOT_RUN, "none of its commands applies to this project")
    known = {step.name: step for step in gate.steps}
    for record, output in zip(steps, outputs, strict=True):
        found = judge_step(known[record["name"]], record, output)
        if found.verdict is not Verdict.PASSED:
            return Judgement(found.verdict, f"{record['name']}: {found.reason}")
    return Judgement(Verdict.PASSED, _summary(steps))


def judge_step(step: Step, record: Mapping[str, Any], output: str) -> Judgement:
    """The verdict on one step: could it work, did it look at anything, did it pass."""
    unable = _unable(step, record, output)
    if unable is not None:
        return Judgement(Verdict.NOT_RUN, unable)
    if record["timed_out"]:
        return Judgement(Verdict.FAILED, "stopped at its timeout, with its children")
    figures, baseline = record["figures"], record.get("baseline", {})
    requires = [each for bound in step.requires for each in _of_each(bound, figures)]
    says_nothing = _idle(step, record) or _unread(requires, record) or _alone(requires, baseline)
    if says_nothing:
        return Judgement(Verdict.NOT_RUN, says_nothing)
    broken = "; ".join(_wanted(each, figures) for each in requires if not _holds(each, figures, baseline))
    if broken or record["exit_code"] not in step.passes:
        return Judgement(Verdict.FAILED, broken or f"exit code {record['exit_code']}")
    return Judgement(Verdict.PASSED, "")


def _idle(step: Step, record: Mapping[str, Any]) -> str | None:
    figures, failed = record["figures"], record["exit_code"] not in step.passes
    idle = next((each for each in step.looked_at if not _holds(each, figures)), None)
    # A tool that failed before it could count has not said that there was nothing.
    if idle is None or (failed and figures.get(idle.figure) is None):
        return None
    return f"it looked at nothing: {_wanted(idle, figures)}"


def _unread(requires: Sequence[Requirement], record: Mapping[str, Any]) -> str | None:
    unread = next((each.figure for each in requires if record["figures"].get(each.figure) is None), None)
    return unread and f"its figure {unread} cannot be read (exit code {record['exit_code']})"


def _alone(requires: Sequence[Requirement], baseline: Mapping[str, float]) -> str | None:
    alone = next((each.figure for each in requires if each.compares and baseline.get(each.figure) is None), None)
    return alone and f"{alone} has no baseline on record: `wf stage baseline` makes one"


def _unable(step: Step, record: Mapping[str, Any], output: str) -> str | None:
    if record["error"]:
        return str(record["error"])
    if step.version and record["version"] is None:
        return f"the tool is missing: `{' '.join(record['version_command'])}` does not answer"
    if record["exit_code"] in step.unable:
        return f"exit code {record['exit_code']} says that it could not work"
    for pattern in step.unable_when:
        found = re.search(pattern, output)
        if found:
            return f"it says: {found.group(0).strip()[:120]}"
    return None


def _of_each(bound: Requirement, figures: Mapping[str, float | None]) -> list[Requirement]:
    """The bound on every figure of a `json-each`, which are called `name: key`."""
    several = [name for name in figures if name.startswith(f"{bound.figure}: ")]
    return [replace(bound, figure=name) for name in several] or [bound]


def _holds(
    requirement: Requirement, figures: Mapping[str, float | None], baseline: Mapping[str, float] | None = None
) -> bool:
    value = figures.get(requirement.figure)
    return value is not None and requirement.holds(value, (baseline or {}).get(requirement.figure))


def _wanted(bound: Requirement, figures: Mapping[str, float | None]) -> str:
    value = figures.get(bound.figure)
    return f"{bound.figure} {'unreadable' if value is None else f'{value:.6g}'}, wanted {bound.bounds}"


def _summary(steps: Sequence[Mapping[str, Any]]) -> str:
    figures = {name: value for step in steps for name, value in step["figures"].items() if value is not None}
    return ", ".join(f"{name} {value:.6g}" for name, value in figures.items())
