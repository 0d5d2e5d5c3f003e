"""Gate 8: the proof's words are complete, and the proof can be rendered."""

from collections.abc import Sequence
from pathlib import Path

from wf_stages import review
from wf_stages.errors import StageError
from wf_stages.proof import render
from wf_stages.state import StageStore


def words(root: Path, arguments: Sequence[str]) -> tuple[list[str], int]:
    """What is missing from the words of the stage named by the first argument, and how many deliverables it has."""
    store = StageStore(root, arguments[0])
    state = store.read()
    found = review.problems(store.review, state["deliverables"])
    if not found:
        try:
            render(store, state)
        except StageError as error:
            found.append(f"the proof cannot be rendered: {error}")
    return found, 1 + len(state["deliverables"])
