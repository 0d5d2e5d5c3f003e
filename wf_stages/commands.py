"""One function a command: arguments and repository in, exit code out."""

import argparse
import json
import re
import sys
import time
from collections.abc import Callable
from typing import Any

from wf_stages import completing, waivers
from wf_stages.arguments import numbers
from wf_stages.baseline import record_baseline
from wf_stages.beginning import begin, plan
from wf_stages.dashboard import page
from wf_stages.documents import write_atomically
from wf_stages.errors import StageError
from wf_stages.evidence import read_record
from wf_stages.judging import Verdict
from wf_stages.model import Gate
from wf_stages.notifying import notify
from wf_stages.repository import PROOFS, Repository
from wf_stages.running import Runner
from wf_stages.scheduling import exit_code, run_gates
from wf_stages.settings import Settings, load_settings
from wf_stages.state import StageStore, now, stage_of_branch, stages
from wf_stages.tools import Toolbox
from wf_stages.verifying import verify_stage

_NOT_RUN = 3


def say(text: str) -> None:
    """A line to the reader, at once: the next may take minutes."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def chosen(stage: str | None, repository: Repository) -> StageStore:
    """The stage as given, else that of the branch."""
    known = stages(repository.root)
    found = stage or stage_of_branch(repository.branch(), known)
    if found is None:
        raise StageError(
            "which stage? The branch is no stage-*", f"--stage is one of {', '.join(known) or '(none yet)'}"
        )
    return StageStore(repository.root, found)


def init(arguments: argparse.Namespace, repository: Repository) -> int:
    """Begins a stage."""
    store = begin(
        repository,
        arguments.stage,
        arguments.name,
        arguments.profile,
        arguments.deliverable,
        worktree=arguments.worktree,
    )
    say(f"stage {store.stage} is begun in {store.folder}")
    say(f"next: write {store.review.name}, then `wf stage gates --stage {store.stage}`")
    return 0


class Talk:
    """Says how the gates come along, numbered within their count."""

    def __init__(self, count: int, state: dict[str, Any], where: str) -> None:
        self.count, self.state, self.where, self.done = count, state, where, 0

    def started(self, gate: Gate) -> None:
        """Says that the gate runs."""
        say(f"        gate {gate.number:>2} {gate.name} …")

    def finished(self, gate: Gate, entry: dict[str, Any]) -> None:
        """Says the verdict, how long it took and why."""
        self.done += 1
        self.state["gates"][gate.number] = entry
        verdict = waivers.shown(self.state, gate.number, now())
        reason = f"  {entry['reason']}" if entry["reason"] else ""
        took = f"{verdict} in {entry['seconds']:.1f} s"
        say(f"[{self.done:>2}/{self.count}] gate {gate.number:>2} {gate.name}: {took}{reason}")
        if entry["verdict"] != Verdict.PASSED:
            say(f"        what was said: {self.where}/{entry['evidence']}")
        if entry["verdict"] == Verdict.FAILED and gate.advice:
            say(f"        what to do: {gate.advice}")


def gates(arguments: argparse.Namespace, repository: Repository) -> int:
    """Runs gates."""
    if arguments.jobs < 1:
        raise StageError("--jobs must be at least 1")
    store, settings = chosen(arguments.stage, repository), load_settings(repository.root)
    state = _replanned(store, settings)
    wanted = _wanted(arguments, repository, settings, state)
    tools = Toolbox(repository.root, settings.values(state["technology"], store.stage))
    runner = Runner(store, repository, settings, state["technology"], tools, live=_live if arguments.live else None)
    began, talk = time.monotonic(), Talk(len(wanted), state, f"{PROOFS}/{store.folder.name}")
    _, left = run_gates(runner, wanted, talk, jobs=arguments.jobs, keep_going=arguments.keep_going)
    say(f"{len(wanted) - len(left)} gates in {time.monotonic() - began:.1f} s, under {store.folder.name}/reports")
    if left:
        say(f"not begun after the failure: {', '.join(str(gate.number) for gate in left)} (--keep-going runs them)")
    code = exit_code([gate for gate in wanted if gate not in left], lambda gate: _counting(state, gate))
    if code == 1:
        _tell(settings, "failed", store)
    return code


def _tell(settings: Settings, event: str, store: StageStore) -> None:
    for problem in notify(settings.data.get("notify", []), event, store.read()):
        sys.stderr.write(f"not told: {problem}\n")


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


def status(arguments: argparse.Namespace, repository: Repository) -> int:
    """Shows stages: that of the argument, else those of every work tree."""
    found = []
    if arguments.stage:
        found.append((repository, chosen(arguments.stage, repository)))
    else:
        for folder in repository.worktrees():
            found += [(Repository(folder), StageStore(folder, each)) for each in stages(folder)]
    states: list[tuple[Repository, dict[str, Any]]] = []
    for tree, store in found:
        state = store.read()
        # A stage that is the same in several work trees, as a complete one is, is said once.
        if all(state != other for _, other in states):
            states.append((tree, state))
    if arguments.json:
        say(json.dumps([{**state, "worktree": str(tree.root)} for tree, state in states], indent=2))
        return 0
    for tree, state in states:
        _show(tree, state, all_of_it=bool(arguments.stage))
    if not states:
        say('no stage yet: `wf stage init --stage 1 --name "…" --profile MINIMAL`')
    return 0


def _show(tree: Repository, state: dict[str, Any], *, all_of_it: bool) -> None:
    verdicts = {number: waivers.shown(state, number, now()) for number in state["planned"]}
    good = sum(verdict in {"PASSED", "NOT RUN, WAIVED"} for verdict in verdicts.values())
    say(f"{state['stage']} {state['name']}: {state['phase']}, {good} of {len(verdicts)} gates hold  ({tree.root})")
    for number, verdict in verdicts.items() if all_of_it else ():
        entry = state["gates"].get(number)
        moved = " [on another commit]" if entry and entry["commit"] != tree.commit() else ""
        dirty = " [tree had changes]" if entry and not entry["clean"] else ""
        reason = f"  {entry['reason']}" if entry and entry["reason"] else ""
        say(f"  {number:>2} {state['planned'][number]['name']}: {verdict}{moved}{dirty}{reason}")
    for each in state["deliverables"] if all_of_it else ():
        say(f"  deliverable {each['name']}: {each['status']}")


def complete(arguments: argparse.Namespace, repository: Repository) -> int:
    """Completes a stage, or says everything that stands in the way."""
    store = chosen(arguments.stage, repository)
    found = completing.would_refuse(store, repository)
    for obstacle in found:
        say(obstacle)
    if found:
        say(f"stage {store.stage} cannot be completed")
        return 1
    if arguments.dry_run:
        say(f"stage {store.stage} would be completed, and tagged {completing.tag_of(store)}")
        return 0
    commit = completing.complete(store, repository)
    say(f"stage {store.stage} is complete: {commit[:12]}, tag {completing.tag_of(store)}")
    _tell(load_settings(repository.root), "completed", store)
    return 0


def verify(arguments: argparse.Namespace, repository: Repository) -> int:
    """Verifies one stage or all."""
    chosen_stages = stages(repository.root) if arguments.all else [chosen(arguments.stage, repository).stage]
    if not chosen_stages:
        say("no stage to verify")
        return _NOT_RUN
    broken = False
    for stage in chosen_stages:
        found = verify_stage(StageStore(repository.root, stage), repository)
        for problem in found.problems:
            say(f"stage {stage}: {problem}")
        newer = f"; {found.newer} newer commits" if found.newer else ""
        unseen = "; the proven commit is not here to be looked at" if found.unseen else ""
        say(f"stage {stage}: {'DOES NOT HOLD' if found.problems else 'holds'}{newer}{unseen}")
        broken |= bool(found.problems)
    return 1 if broken else 0


def listing(_arguments: argparse.Namespace, repository: Repository) -> int:
    """Lists gates and profiles."""
    settings = load_settings(repository.root)
    for number in settings.numbers():
        data = settings.data["gates"][number]
        tools = ", ".join(sorted(data.get("steps", {}))) or "no command of the framework's own"
        say(f"{number:>2} {data['name']} ({data['tier']}; {tools})")
    for name in settings.profiles():
        say(f"{name}: {' '.join(map(str, settings.profile_gates(name)))}")
    return 0


def waive(arguments: argparse.Namespace, repository: Repository) -> int:
    """Waives a gate that could not be run. One that failed is never waived."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", arguments.until) or arguments.until < now()[:10]:
        raise StageError(f"--until {arguments.until!r} is no day to come", "write YYYY-MM-DD")
    with chosen(arguments.stage, repository).change() as state:
        entry = state["gates"].get(arguments.gate)
        if entry is None or entry["verdict"] != Verdict.NOT_RUN:
            how = "was never tried" if entry is None else entry["verdict"]
            raise StageError(f"gate {arguments.gate} {how}: only a gate that could not be run is waived")
        state["waivers"][arguments.gate] = {
            "who": arguments.who,
            "why": arguments.why,
            "until": arguments.until,
            "at": now(),
        }
    say(f"gate {arguments.gate} is waived until {arguments.until}, and shown as NOT RUN, WAIVED")
    return 0


def deliverable(arguments: argparse.Namespace, repository: Repository) -> int:
    """Adds a deliverable or changes how it stands."""
    with chosen(arguments.stage, repository).change() as state:
        if state["phase"] == "complete":
            raise StageError("the stage is complete: its deliverables stay as they are")
        rest = [each for each in state["deliverables"] if each["name"] != arguments.name]
        changed = {"name": arguments.name, "status": arguments.status}
        place = next((i for i, each in enumerate(state["deliverables"]) if each["name"] == arguments.name), len(rest))
        state["deliverables"] = [*rest[:place], changed, *rest[place:]]
    say(f"{arguments.name}: {arguments.status}")
    return 0


def baseline(arguments: argparse.Namespace, repository: Repository) -> int:
    """Records the figures of a gate's last run as those that later ones are compared with."""
    store = chosen(arguments.stage, repository)
    entry = store.read()["gates"].get(arguments.gate)
    if entry is None:
        raise StageError(f"gate {arguments.gate} was never run in stage {store.stage}")
    steps = read_record(store.folder / entry["evidence"])["steps"]
    figures = {name: value for step in steps for name, value in step["figures"].items() if value is not None}
    if not figures:
        raise StageError(f"the last run of gate {arguments.gate} has no figures")
    record_baseline(repository.root, figures)
    for name, value in figures.items():
        say(f"{name}: {value:g}")
    return 0


def dashboard(arguments: argparse.Namespace, repository: Repository) -> int:
    """Writes the page of all stages of this work tree."""
    states = [StageStore(repository.root, each).read() for each in stages(repository.root)]
    target = repository.root / arguments.output
    if not target.parent.is_dir():
        raise StageError(f"{target.parent} is no folder")
    write_atomically(target, page(states, now()).encode())
    say(f"{len(states)} stages in {target}")
    return 0


COMMANDS: dict[str, Callable[[argparse.Namespace, Repository], int]] = {
    "init": init,
    "gates": gates,
    "status": status,
    "complete": complete,
    "verify": verify,
    "list": listing,
    "waive": waive,
    "deliverable": deliverable,
    "baseline": baseline,
    "dashboard": dashboard,
}
