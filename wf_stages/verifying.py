"""Whether a stage's proof still holds: every hash and every verdict found anew."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wf_stages import evidence, waivers
from wf_stages.errors import StageError
from wf_stages.proof import render
from wf_stages.repository import Repository
from wf_stages.state import StageStore


@dataclass(frozen=True, slots=True)
class Verification:
    """What keeps the proof from holding, and how many commits changed the project since."""

    problems: tuple[str, ...]
    newer: int = 0
    unseen: bool = False
    """Whether the proven commit is in a part of the history that is not here, so that it could not be looked at."""


def verify_stage(store: StageStore, repository: Repository) -> Verification:
    """Recomputes the proof of a stage. A damaged state is a problem like any other."""
    try:
        state = store.read()
    except StageError as error:
        return Verification((str(error),))
    problems = [f"gate {number}: {text}" for number, text in evidence_problems(store, state)]
    if state["phase"] != "complete":
        return Verification(tuple(problems))
    proven = state["proven"]
    unseen = not repository.is_whole and not repository.knows(proven)
    problems += _unfinished(state)
    problems += _proof(store, state)
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
        except (StageError, KeyError, TypeError, ValueError, AttributeError, re.error) as error:
            # A record that somebody wrote by hand may be anything.
            yield number, f"{entry['evidence']}: {error}"


def _run(folder: Path, number: int, entry: Mapping[str, Any]) -> Iterator[str]:
    where = entry["evidence"]
    if evidence.digest(folder / evidence.RECORD) != entry["record"]:
        yield f"{where}/{evidence.RECORD} is not what was recorded"
    record = evidence.read_record(folder)
    yield from _files(folder, where, record["files"])
    judgement, wrong = evidence.judged_again(folder, record)
    yield from (f"{where}: the figure {each} is not what the files say" for each in wrong)
    if record["gate"] != number:
        yield f"{where} is the evidence of gate {record['gate']}"
    for name in ("commit", "clean"):
        if record[name] != entry[name]:
            yield f"{where}: the state says {name} {entry[name]}, the evidence {record[name]}"
    for holder, verdict in (("state", entry["verdict"]), ("record", record["verdict"])):
        if verdict != judgement.verdict:
            yield f"{where}: the {holder} says {verdict}, the evidence {judgement.verdict.value}"
    if entry["tier"] != record["definition"]["tier"]:
        yield f"{where}: the state says {entry['tier']}, the gate was {record['definition']['tier']}"


def _files(folder: Path, where: str, files: Mapping[str, str]) -> Iterator[str]:
    for name, value in files.items():
        found = evidence.digest(folder / name)
        if found != value:
            yield f"{where}/{name} {'is missing' if found is None else 'was changed'}"
    there = {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}
    for name in sorted(there - set(files) - {evidence.RECORD}):
        yield f"{where}/{name} is no part of the evidence"


def _unfinished(state: Mapping[str, Any]) -> Iterator[str]:
    day = state["times"]["completed"]
    for number, planned in sorted(state["planned"].items()):
        if planned["tier"] == "mandatory" and not waivers.holds(state, number, day):
            yield f"gate {number}: complete, yet {waivers.shown(state, number, day)}"


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
    try:
        wanted = render(store, state)
        found = store.proof.read_text("utf-8")
    except (StageError, OSError, KeyError) as error:
        yield f"{store.proof.name}: {error}"
        return
    if found != wanted:
        yield f"{store.proof.name} is not what the evidence and review.yaml say"
