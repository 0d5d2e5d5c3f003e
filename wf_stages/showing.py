"""`wf stage status`: how far stages are, those of every work tree at a glance."""

import argparse
import json
from collections.abc import Mapping
from typing import Any

from wf_stages import review, waivers
from wf_stages.choosing import chosen, everywhere
from wf_stages.progress import say
from wf_stages.repository import Repository
from wf_stages.state import StageStore, now

_HOLD = {"PASSED", "NOT RUN, WAIVED"}


def status(arguments: argparse.Namespace, repository: Repository) -> int:
    """Shows one stage with all that is known of it, else those of every work tree, a line each."""
    if arguments.stage:
        store = chosen(arguments.stage, repository)
        found, damaged = [(repository, store.read())], list[str]()
    else:
        found, damaged = everywhere(repository)
    if arguments.json:
        say(json.dumps([{**state, "worktree": str(tree.root)} for tree, state in found], indent=2))
    else:
        for tree, state in found:
            say(_line(tree, state))
            if arguments.stage:
                _details(tree, state)
        if not (found or damaged):
            say('no stage yet: `wf stage init --stage 1 --name "…" --profile MINIMAL`')
    for problem in damaged:
        say(problem)
    return 2 if damaged else 0


def _line(tree: Repository, state: Mapping[str, Any]) -> str:
    verdicts = _verdicts(state)
    good = sum(verdict in _HOLD for verdict in verdicts.values())
    parts = [state["phase"], f"{good} of {len(verdicts)} gates hold"]
    for verdict in ("FAILED", "WARNING", "NOT RUN"):
        numbers = [str(number) for number, each in verdicts.items() if each == verdict]
        parts += [f"{verdict} {' '.join(numbers)}"] if numbers else []
    return f"{state['stage']} {state['name']}: {', '.join(parts)}  ({tree.root})"


def _details(tree: Repository, state: Mapping[str, Any]) -> None:
    here = tree.commit()
    for number, verdict in _verdicts(state).items():
        entry = state["gates"].get(number)
        old = entry and state["phase"] != "complete" and not _same(tree, entry["commit"], here)
        moved = " [of another commit]" if old else ""
        dirty = " [tree had changes]" if entry and not entry["clean"] else ""
        reason = f"  {entry['reason']}" if entry and entry["reason"] else ""
        say(f"  {number:>2} {_name(state, number)}: {verdict}{moved}{dirty}{reason}")
    for each in state["deliverables"]:
        say(f"  deliverable {each['name']}: {each['status']}")
    if state["phase"] != "complete":
        say(f"  next: {_next(StageStore(tree.root, state['stage']), state)}")


def _same(tree: Repository, commit: str, here: str) -> bool:
    return tree.knows(commit) and tree.same_project(commit, here)


def _verdicts(state: Mapping[str, Any]) -> dict[int, str]:
    numbers = [*state["planned"], *sorted(state["gates"].keys() - state["planned"].keys())]
    return {number: waivers.shown(state, number, now()) for number in numbers}


def _name(state: Mapping[str, Any], number: int) -> str:
    return str((state["planned"].get(number) or state["gates"][number])["name"])


def _next(store: StageStore, state: Mapping[str, Any]) -> str:
    """What brings the stage on: its gates, but the eighth is of no use before the words are there."""
    mandatory = {number for number, each in state["planned"].items() if each["tier"] == "mandatory"}
    left = [str(number) for number in sorted(mandatory) if _verdicts(state)[number] not in _HOLD]
    words = review.problems(store.review, state["deliverables"])
    if left not in ([], ["8"]):
        return f"`wf stage gates --stage {store.stage} {' '.join(left)}`"
    if words:
        return words[0]
    return f"`wf stage {'gates' if left else 'complete'} --stage {store.stage}{' 8' if left else ''}`"
