"""Whether a stage's proof still holds: every hash and every verdict found anew."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wf_stages import agreement, evidence, waivers
from wf_stages.errors import StageError
from wf_stages.proof import render
from wf_stages.repository import Repository
from wf_stages.state import StageStore

# A record that somebody wrote by hand may be anything.
_DAMAGE = (StageError, KeyError, TypeError, ValueError, AttributeError, re.error)


@dataclass(frozen=True, slots=True)
class Verification:
    """What keeps the proof from holding, and how many commits changed the project since."""

    problems: tuple[str, ...]
    newer: int = 0
    unseen: bool = False
    """Whether the proven commit is in a part of the history that is not here, so that it could not be looked at."""


def verify_stage(store: StageStore, repository: Repository) -> Verification:
    """Recomputes the proof of a stage. A damaged state is a problem like any other."""
    if not store.exists():
        return Verification((f"{store.path.name} is missing",))
    try:
        state = store.read()
    except StageError as error:
        return Verification((str(error),))
    problems = [f"gate {number}: {text}" for number, text in evidence_problems(store, state)]
    problems += _beside(store, state)
    if state["phase"] != "complete":
        return Verification((*problems, *agreement.of_phase(store, state)))
    proven = state["proven"]
    unseen = not repository.is_whole and not repository.knows(proven)
    problems += [*_unfinished(state), *_proof(store, state), *_since_completed(store, repository)]
    if unseen:
        return Verification(tuple(problems), unseen=True)
    problems += _elsewhere(state, repository)
    if not repository.is_ancestor(proven):
        return Verification((*problems, f"the proven commit {proven[:12]} is no ancestor of what is checked out"))
    return Verification(tuple(problems), repository.commits_since(proven))


def evidence_problems(store: StageStore, state: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Each gate with what is wrong with its evidence."""
    for number, entry in sorted(state["gates"].items()):
        folder = store.folder / entry["evidence"]
        try:
            for problem in _run(folder, number, entry):
                yield number, problem
        except _DAMAGE as error:
            yield number, f"{entry['evidence']}: {error}"


def _run(folder: Path, number: int, entry: Mapping[str, Any]) -> Iterator[str]:
    where = entry["evidence"]
    found = evidence.digest(folder / evidence.RECORD)
    if found is None:
        yield f"{where}/{evidence.RECORD} is missing"
        return
    if found != entry["record"]:
        yield f"{where}/{evidence.RECORD} is not what was recorded"
    record = evidence.read_record(folder)
    yield from _files(folder, where, record["files"])
    judgement, wrong = evidence.judged_again(folder, record)
    yield from (f"{where}: the figure {each} is not what the files say" for each in wrong)
    if record["gate"] != number:
        yield f"{where} is the evidence of gate {record['gate']}"
    yield from (f"{where}: {problem}" for problem in agreement.of_entry(entry, record))
    for holder, verdict in (("state", entry["verdict"]), ("record", record["verdict"])):
        if verdict != judgement.verdict:
            yield f"{where}: the {holder} says {verdict}, the evidence {judgement.verdict.value}"


def _files(folder: Path, where: str, files: Mapping[str, str]) -> Iterator[str]:
    for name, value in files.items():
        found = evidence.digest(folder / name)
        if found is None:
            yield f"{where}/{name} is {'a link, not a file' if (folder / name).is_symlink() else 'missing'}"
        elif found != value:
            yield f"{where}/{name} was changed"
    there = {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}
    for name in sorted(there - set(files) - {evidence.RECORD}):
        yield f"{where}/{name} is no part of the evidence"


def _beside(store: StageStore, state: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the runs before the last of each gate, and with the figures that the state took from any."""
    last = {entry["evidence"] for entry in state["gates"].values()}
    passed: list[Mapping[str, Any]] = []
    for folder in evidence.runs(store.folder):
        where = folder.relative_to(store.folder).as_posix()
        try:
            record = evidence.read_record(folder)
            if where not in last:
                yield from _files(folder, where, record["files"])
            passed += record["steps"] if record["verdict"] == "passed" else []
        except _DAMAGE as error:
            if where not in last:  # else it was said
                yield f"{where}: {error}"
    yield from agreement.of_metrics(state, passed)


def _unfinished(state: Mapping[str, Any]) -> Iterator[str]:
    day = state["times"]["completed"]
    for number, planned in sorted(state["planned"].items()):
        if planned["tier"] == "mandatory" and not waivers.holds(state, number, day):
            yield f"gate {number}: complete, yet {waivers.shown(state, number, day)}"
    yield from (f"gate {number}: {text}" for number, text in agreement.of_plan(state))


def _elsewhere(state: Mapping[str, Any], repository: Repository) -> Iterator[str]:
    for number, entry in sorted(state["gates"].items()):
        if not entry["clean"] or not _same(repository, entry["commit"], state["proven"]):
            yield f"gate {number}: its evidence is not of the proven commit"


def _same(repository: Repository, commit: str, other: str) -> bool:
    try:
        return repository.same_project(commit, other)
    except StageError:  # one of them is not there
        return False


def _proof(store: StageStore, state: Mapping[str, Any]) -> Iterator[str]:
    missing = [path.name for path in (store.proof, store.review) if not path.exists()]
    if missing:
        yield f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"
        return
    try:
        wanted = render(store, state)
        found = store.proof.read_text("utf-8")
    except _DAMAGE as error:
        yield f"{store.proof.name} cannot be rendered again: {error}"
        return
    if found != wanted:
        yield f"{store.proof.name} is not what the evidence and review.yaml say"


def _since_completed(store: StageStore, repository: Repository) -> Iterator[str]:
    """A complete stage stays as it was committed: so a change is found that its hashes were made to fit."""
    commit = repository.commit_that_added(store.proof)
    changed = repository.differing(commit, store.folder) if commit else []
    if changed:
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""  # noqa: PLR2004 - so many are named
        yield f"changed since {commit[:12] if commit else ''} completed it: {', '.join(changed[:3])}{more}"
