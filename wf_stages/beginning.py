"""Beginning a stage, in this work tree or one of its own."""

from pathlib import Path
from typing import Any

from wf_stages.documents import write_atomically
from wf_stages.errors import StageError
from wf_stages.repository import Repository
from wf_stages.review import TEMPLATE
from wf_stages.settings import Settings, load_settings
from wf_stages.state import StageStore, now

VERSION = 1


def begin(
    repository: Repository, stage: str, name: str, profile: str | None, deliverables: list[str], *, worktree: bool
) -> StageStore:
    """Writes the first state and the form of the review. `worktree` makes branch `stage-N` in a folder beside this."""
    if StageStore(repository.root, stage).exists():  # asked before anything is made
        raise StageError(f"stage {stage} was begun before", "its state is never written from nothing")
    if not name.strip():
        raise StageError("--name is empty", "say in words what the stage is, as in --name 'Doubling'")
    settings = load_settings(repository.root)
    chosen = profile or settings.profile
    if chosen is None:
        raise StageError("no profile", f"--profile is one of {', '.join(settings.profiles())}")
    technology = settings.technology(chosen, repository.root)
    planned = plan(settings, chosen, technology)
    root = _own_tree(repository, stage) if worktree else repository.root
    store = StageStore(root, stage)
    state: dict[str, Any] = {
        "version": VERSION,
        "stage": stage,
        "name": name,
        "profile": chosen,
        "technology": technology,
        "phase": "begun",
        "planned": planned,
        "deliverables": [{"name": each, "status": "planned"} for each in deliverables],
        "gates": {},
        "waivers": {},
        "metrics": {},
        "times": {"begun": now()},
    }
    store.create(state)
    if not store.review.exists():
        write_atomically(store.review, TEMPLATE.encode())
    return store


def plan(settings: Settings, profile: str, technology: str) -> dict[int, dict[str, str]]:
    """The gates of a profile by number: name and tier."""
    gates = [settings.gate(number, technology) for number in settings.profile_gates(profile)]
    return {gate.number: {"name": gate.name, "tier": gate.tier.value} for gate in gates}


def _own_tree(repository: Repository, stage: str) -> Path:
    repository.commit()
    folder = repository.root.with_name(f"{repository.root.name}-stage-{stage}")
    if folder.exists():
        raise StageError(f"{folder} is there already")
    repository.git("worktree", "add", "--quiet", "-b", f"stage-{stage}", str(folder))
    return folder
