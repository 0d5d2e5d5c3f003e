"""Make serial steps parallel: no waiting for steps of which nothing is read."""

from wf_engine.analysis import facts_of
from wf_engine.editing.refactoring.model import Change, Refactoring, Selection
from wf_engine.editing.refactoring.writing import entry_removed
from wf_engine.language import Step
from wf_engine.syntax import Pair, Seq
from wf_engine.text import FileEdit


def _idle(step: Step) -> tuple[list[str], list[str]]:
    """The ids under `dependsOn` of which something is read, and the others."""
    reads = {name for root, name in facts_of(step).reads if root == "tasks"}
    listed = list(step.depends_on or ())
    return [each for each in listed if each in reads], [each for each in listed if each not in reads]


def _waiting(selection: Selection) -> list[tuple[Step, Pair]]:
    found = []
    for step in selection.steps:
        pair = step.node.pair("dependsOn") if step.node else None
        if pair is not None and isinstance(pair.value, Seq) and not pair.merged and step.depends_on:
            found.append((step, pair))
    return found


def _offer(selection: Selection) -> str | None:
    idle = dict.fromkeys(name for step, _ in _waiting(selection) for name in _idle(step)[1])
    if not idle and not _waiting(selection):
        return None
    if not idle:
        return "Remove what `dependsOn` repeats"
    return f"Do not wait for {', '.join(f'`{name}`' for name in idle)}: nothing of it is read"


def _change(selection: Selection) -> Change | None:
    edits: list[FileEdit] = []
    for _, pair in _waiting(selection):
        edits += entry_removed(selection, pair)
    return Change(tuple(edits)) if edits else None


MAKE_PARALLEL = Refactoring("make-parallel", "refactor.rewrite", _offer, _change)
