"""`wf stage gates`: which gates run, what is said of them, and the exit code."""

import argparse
import sys
import time
from typing import Any

from wf_stages import waivers
from wf_stages.arguments import numbers
from wf_stages.beginning import plan
from wf_stages.choosing import chosen
from wf_stages.errors import StageError
from wf_stages.judging import Verdict
from wf_stages.model import Gate
from wf_stages.notifying import tell
from wf_stages.progress import Talk, counted, say
from wf_stages.repository import Repository
from wf_stages.running import Runner
from wf_stages.scheduling import exit_code, run_gates
from wf_stages.settings import Settings, load_settings
from wf_stages.state import StageStore, now
from wf_stages.tools import Toolbox


def gates(arguments: argparse.Namespace, repository: Repository) -> int:
    """Runs gates."""
    if arguments.jobs < 1:
        raise StageError("--jobs must be at least 1")
    store, settings = chosen(arguments.stage, repository), load_settings(repository.root)
    repository.commit()  # said before anything runs where there is none
    state = _replanned(store, settings)
    wanted = _wanted(arguments, repository, settings, state)
    tools = Toolbox(repository.root, settings.values(state["technology"], store.stage))
    runner = Runner(store, repository, settings, state["technology"], tools, live=_live if arguments.live else None)
    began, talk = time.monotonic(), Talk(len(wanted), state, store, live=arguments.live)
    if not repository.is_clean():
        say("the tree has changes that are in no commit: what runs now proves none, and runs again once they are")
    try:
        runner.prepare(wanted)
        _, left = run_gates(runner, wanted, talk, jobs=arguments.jobs, keep_going=arguments.keep_going)
    finally:
        tools.close()
    ran = [gate for gate in wanted if gate not in left]
    say(f"{counted(len(ran), 'gate')} in {time.monotonic() - began:.1f} s, under {store.folder.name}/reports")
    if left:
        say(f"not begun after the failure: {', '.join(str(gate.number) for gate in left)} (--keep-going runs them)")
    code = exit_code(ran, lambda gate: _counting(state, gate))
    if code == 1:
        tell(settings.data.get("notify", []), "failed", store.read())
    return code


def _replanned(store: StageStore, settings: Settings) -> dict[str, Any]:
    with store.change() as state:
        if state["phase"] == "complete":
            raise StageError(f"stage {store.stage} is complete: its evidence stays as it is", "begin another stage")
        state["planned"] = plan(settings, state["profile"], state["technology"])
    return state


def _wanted(
    arguments: argparse.Namespace, repository: Repository, settings: Settings, state: dict[str, Any]
) -> list[Gate]:
    chosen_numbers = numbers(arguments.which, list(state["planned"]), settings.numbers())
    wanted = [settings.gate(number, state["technology"]) for number in chosen_numbers]
    if not arguments.resume:
        return wanted
    commit, clean = repository.commit(), repository.is_clean()
    passed = {"verdict": Verdict.PASSED.value, "commit": commit, "clean": True}
    kept = {number for number, entry in state["gates"].items() if clean and passed.items() <= entry.items()}
    return [gate for gate in wanted if gate.number not in kept]


def _live(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _counting(state: dict[str, Any], gate: Gate) -> str:
    verdict = state["gates"][gate.number]["verdict"]
    waived = verdict == Verdict.NOT_RUN and waivers.active(state, gate.number, now())
    return Verdict.PASSED.value if waived else str(verdict)
