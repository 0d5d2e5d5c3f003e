"""One function a command: arguments and repository in, exit code out."""

import argparse
from collections.abc import Callable

from wf_stages import completing, waivers
from wf_stages.baseline import record_baseline
from wf_stages.beginning import begin
from wf_stages.choosing import chosen, everywhere
from wf_stages.dashboard import page
from wf_stages.documents import write_atomically
from wf_stages.errors import StageError
from wf_stages.evidence import read_record
from wf_stages.gating import gates
from wf_stages.judging import Verdict
from wf_stages.notifying import tell
from wf_stages.progress import counted, say
from wf_stages.repository import Repository
from wf_stages.settings import load_settings
from wf_stages.showing import status
from wf_stages.state import StageStore, folders, now
from wf_stages.verifying import verify_stage

_NOT_RUN = 3


def init(arguments: argparse.Namespace, repository: Repository) -> int:
    """Begins a stage."""
    store = begin(
        repository,
        chosen(arguments.stage, repository).stage,
        arguments.name,
        arguments.profile,
        arguments.deliverable,
        worktree=arguments.worktree,
    )
    say(f"stage {store.stage} is begun in {store.folder}")
    elsewhere = f"cd {store.root}, " if arguments.worktree else ""
    say(f"next: {elsewhere}write {store.review.name}, then `wf stage gates --stage {store.stage}`")
    return 0


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
    tell(load_settings(repository.root).data.get("notify", []), "completed", store.read())
    return 0


def verify(arguments: argparse.Namespace, repository: Repository) -> int:
    """Verifies one stage or all."""
    known = folders(repository)
    chosen_stages = known if arguments.all else [chosen(arguments.stage, repository).stage]
    if not arguments.all and chosen_stages[0] not in known:
        raise StageError(f"there is no stage {chosen_stages[0]} here", f"stages are {', '.join(known) or '(none yet)'}")
    if not chosen_stages:
        say("no stage to verify")
        return _NOT_RUN
    broken = False
    for stage in chosen_stages:
        found = verify_stage(StageStore(repository.root, stage), repository)
        for problem in found.problems:
            say(f"stage {stage}: {problem}")
        newer = f"; {counted(found.newer, 'newer commit')}" if found.newer else ""
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
    waiver = waivers.written(arguments.who, arguments.why, arguments.until, now())
    with chosen(arguments.stage, repository).change() as state:
        if state["phase"] == "complete":
            raise StageError("the stage is complete: its waivers stay as they are")
        entry = state["gates"].get(arguments.gate)
        if entry is None or entry["verdict"] != Verdict.NOT_RUN:
            how = "was never tried" if entry is None else entry["verdict"]
            raise StageError(f"gate {arguments.gate} {how}: only a gate that could not be run is waived")
        state["waivers"][arguments.gate] = waiver
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
    """Writes the page of the stages of every work tree."""
    target = repository.root / arguments.output
    if not target.parent.is_dir():
        raise StageError(f"{target.parent} is no folder")
    found, damaged = everywhere(repository)
    states = [state for _, state in found]
    write_atomically(target, page(states, now(), title=repository.name()).encode())
    say(f"{counted(len(states), 'stage')} in {target}")
    for problem in damaged:
        say(f"left out: {problem}")
    return 2 if damaged else 0


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
