"""Which stages a command is about."""

from typing import Any

from wf_stages.errors import StageError
from wf_stages.repository import Repository
from wf_stages.state import StageStore, natural, stage_of_branch, stages


def chosen(stage: str | None, repository: Repository) -> StageStore:
    """The stage as given, else that of the branch."""
    known = stages(repository.root)
    found = stage or stage_of_branch(repository.branch(), known)
    if found is None:
        raise StageError(
            "which stage? The branch is no stage-*", f"--stage is one of {', '.join(known) or '(none yet)'}"
        )
    return StageStore(repository.root, found)


def everywhere(repository: Repository) -> tuple[list[tuple[Repository, dict[str, Any]]], list[str]]:
    """The stages of every work tree, in natural order, each with its tree; and what is wrong with those left out.

    A stage that is the same in several trees, as a complete one is, is there once.
    """
    found: list[tuple[Repository, dict[str, Any]]] = []
    damaged: list[str] = []
    for folder in repository.worktrees():
        for stage in stages(folder):
            try:
                state = StageStore(folder, stage).read()
            except StageError as error:
                damaged.append(f"stage {stage}: {error}")
                continue
            if all(state != other for _, other in found):
                found.append((Repository(folder), state))
    return sorted(found, key=lambda each: natural(each[1]["stage"])), damaged
