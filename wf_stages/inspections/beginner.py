"""Gate 20: gates 1 to 8 as one, all of them of what is checked out now."""

from collections.abc import Sequence
from pathlib import Path

from wf_stages import waivers
from wf_stages.repository import Repository
from wf_stages.state import StageStore, now
from wf_stages.verifying import evidence_problems

GATES = range(1, 9)


def beginner(root: Path, arguments: Sequence[str]) -> tuple[list[str], int]:
    """What keeps the gates of the stage named by the first argument from holding as one, and how many were run."""
    store, repository = StageStore(root, arguments[0]), Repository(root)
    state = store.read()
    wanted = [number for number in GATES if number in state["planned"]]
    run = [number for number in wanted if number in state["gates"]]
    found = [f"gate {number}: {waivers.shown(state, number, now())}" for number in wanted if not _holds(state, number)]
    ran = {number: state["gates"][number]["commit"] for number in run}
    here = repository.commit()
    found += [f"gate {n}: it ran on another commit" for n in run if not repository.same_project(ran[n], here)]
    found += [f"gate {number}: {text}" for number, text in evidence_problems(store, state) if number in wanted]
    return found, len(run)


def _holds(state: dict[str, object], number: int) -> bool:
    return waivers.holds(state, number, now())
