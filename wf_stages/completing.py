"""Completing a stage: refuse, or record, commit and tag; and undo all of it where a step fails."""

import contextlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from wf_stages import agreement, evidence, review, waivers
from wf_stages.documents import check, to_yaml, write_atomically
from wf_stages.errors import StageError
from wf_stages.proof import render
from wf_stages.repository import CHANGELOG, PROOFS, Repository
from wf_stages.state import StageStore, now
from wf_stages.verifying import evidence_problems


def obstacles(store: StageStore, repository: Repository, state: Mapping[str, Any]) -> Iterator[str]:
    """What stands in the way of completing the stage, one sentence each."""
    if state["phase"] == "complete":
        yield "the stage is complete already"
        return
    for number, planned in sorted(state["planned"].items()):
        yield from _gate(state, number, planned)
    problems = (*agreement.of_plan(state), *evidence_problems(store, state))
    yield from (f"gate {number}: {problem}" for number, problem in problems)
    for commit in sorted({entry["commit"] for entry in state["gates"].values()}):
        changed = repository.changed_since(commit) if repository.is_ancestor(commit) else ["its history"]
        if changed:
            yield f"changed since the gates ran on {commit[:12]}: {', '.join(changed[:5])}"
    yield from review.problems(store.review, state["deliverables"])
    if repository.git("tag", "--list", tag_of(store)):
        yield f"there is a tag {tag_of(store)} already"


def _gate(state: Mapping[str, Any], number: int, planned: Mapping[str, Any]) -> Iterator[str]:
    entry, verdict = state["gates"].get(number), waivers.shown(state, number, now())
    if planned["tier"] == "mandatory" and not waivers.holds(state, number, now()):
        reason = f": {entry['reason']}" if entry else ""
        yield f"gate {number} {planned['name']}: {'not run yet' if verdict == '-' else verdict}{reason}"
    if verdict == "WARNING" and number not in _explained(state):
        yield f"gate {number} {planned['name']} warns: explain it in review.yaml under `warnings`"
    if entry and not entry["clean"]:
        yield f"gate {number} {planned['name']} ran on a tree with changes: commit them and run it again"


def _explained(state: Mapping[str, Any]) -> Mapping[int, str]:
    found: Mapping[int, str] = state.get("explained", {})
    return found


def tag_of(store: StageStore) -> str:
    """The tag of the completed stage."""
    return f"stage-{store.stage}-complete"


def complete(store: StageStore, repository: Repository) -> str:
    """Completes the stage. Gives the new commit; a StageError that lists every obstacle, or after undoing all."""
    with store.locked():
        state = store.read()
        state["explained"] = _explanations(store)
        found = list(obstacles(store, repository, state))
        if found:
            raise StageError("stage " + store.stage + " cannot be completed:\n  " + "\n  ".join(found))
        # Between the commits of the gates nothing changed but records, else it would have been refused.
        commits = {entry["commit"] for entry in state["gates"].values()}
        state |= {"phase": "complete", "proven": min(commits, key=repository.distance, default=repository.commit())}
        state["times"]["completed"] = now()
        check("stage-state", state, "the completed state")
        _drop_unfinished(store)
        return _record(store, repository, state)


def would_refuse(store: StageStore, repository: Repository) -> list[str]:
    """What completing the stage would say; changes nothing."""
    return list(obstacles(store, repository, {**store.read(), "explained": _explanations(store)}))


def _explanations(store: StageStore) -> dict[int, str]:
    try:
        return {int(number): text for number, text in review.read_review(store.review).get("warnings", {}).items()}
    except (StageError, ValueError):
        return {}


def _drop_unfinished(store: StageStore) -> None:
    """Runs that were killed left no record: they are no evidence."""
    for folder in (store.folder / "reports").glob("gate-*/run-*"):
        if not (folder / evidence.RECORD).exists():
            shutil.rmtree(folder)


def _record(store: StageStore, repository: Repository, state: dict[str, Any]) -> str:
    changelog, before = repository.root / CHANGELOG, repository.commit()
    undo: list[Callable[[], object]] = []
    shared = (f"{PROOFS}/{name}" for name in (".gitignore", "baseline.yaml"))
    proofs = [path for path in shared if (repository.root / path).exists()]
    paths = [*proofs, store.folder.relative_to(repository.root).as_posix(), CHANGELOG]
    try:
        for path, text in (
            (changelog, _changelog(changelog, state)),
            (store.proof, render(store, state)),
            (store.path, to_yaml(state)),
        ):
            undo.append(_restorer(path))
            write_atomically(path, text.encode())
        undo.append(lambda: repository.git("reset", "--quiet", before, "--", *paths))
        repository.git("add", "--", *paths)
        repository.git("commit", "--quiet", "-m", f"Complete stage {store.stage}: {state['name']}", "--", *paths)
        undo.append(lambda: repository.git("reset", "--quiet", "--soft", before))
        repository.git("tag", "-a", tag_of(store), "-m", f"Stage {store.stage} is complete: {state['name']}")
    except BaseException:
        for step in reversed(undo):
            # One step that cannot be undone keeps no other from it.
            with contextlib.suppress(StageError, OSError):
                step()
        raise
    return repository.commit()


def _restorer(path: Path) -> Callable[[], object]:
    if not path.exists():
        return lambda: path.unlink(missing_ok=True)
    data = path.read_bytes()
    return lambda: write_atomically(path, data)


def _changelog(path: Path, state: Mapping[str, Any]) -> str:
    text = path.read_text("utf-8") if path.exists() else "# Changelog\n"
    entry = f"- Stage {state['stage']}, {state['name']}, is complete ({PROOFS}/stage-{state['stage']}).\n"
    lines = text.splitlines(keepends=True)
    # Under the first section, which is what is not released yet; at the end where there is none.
    place = next((number + 1 for number, line in enumerate(lines) if line.startswith("## ")), len(lines))
    if place < len(lines) and not lines[place].strip():
        place += 1
    gap = "" if place < len(lines) or text.endswith("\n\n") else "\n"
    return "".join([*lines[:place], gap, entry, *lines[place:]])
