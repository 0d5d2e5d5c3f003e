"""What was found in the steps of a workflow, from one snapshot to the next."""

from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from wf_engine.analysis import Signature, StepFacts, WorkflowAnalysis
from wf_engine.analysis.resting import Basis, still_holds
from wf_engine.checks.base import Results
from wf_engine.language import Step


class Remembered(Struct, frozen=True):
    """What was found in a step, under which signature, and what it rests on."""

    signature: Signature
    basis: Basis
    results: Results


@dataclass(frozen=True)
class Memory:
    """What is known of each step of a workflow; None where it has to be checked. Filled as units are run."""

    signature: Signature
    steps: tuple[Step, ...]
    known: list[Remembered | None]

    @property
    def results(self) -> Results:
        """All that was found, in the order of the steps."""
        found = [each.results for each in self.known if each is not None and each.results]
        return tuple([each for results in found for each in results])

    @property
    def unknown(self) -> list[int]:
        """The numbers of the steps that have to be checked."""
        if all(self.known):  # of a thousand steps mostly every one is known
            return []
        return [number for number, each in enumerate(self.known) if each is None]

    def keep(self, number: int, found: Remembered) -> None:
        """Notes what was found in a step, in its place and with the step itself, which may move."""
        self.known[number] = found
        node = self.steps[number].node
        if node is not None:
            node.memo = node.memo or {}
            node.memo["checked"] = found


def recall(workflow: WorkflowAnalysis) -> Memory:
    """What is known of a workflow's steps from the snapshots before, as far as it still holds."""
    memo: dict[Any, Any] = workflow.workspace.memo
    key = ("checked", workflow.source.path, workflow.source.index)
    before: Memory | None = memo.get(key)
    known: list[Remembered | None] = [None] * len(workflow.steps)
    if before is not None:
        head, tail = workflow.unchanged(before.steps)
        known[:head] = before.known[:head]
        known[len(known) - tail :] = before.known[len(before.known) - tail :]
        if before.signature is not workflow.signature or not workflow.simple:
            known = [
                each and _renewed(workflow, facts, each) for each, facts in zip(known, workflow.facts, strict=True)
            ]
    memory = memo[key] = Memory(workflow.signature, workflow.steps, known)
    for number in memory.unknown:
        node = workflow.steps[number].node
        found: Remembered | None = node.memo.get("checked") if node is not None and node.memo else None
        if found is not None:
            known[number] = _renewed(workflow, workflow.facts[number], found)
    return memory


def _renewed(workflow: WorkflowAnalysis, facts: StepFacts, found: Remembered) -> Remembered | None:
    """What was found, under the signature of now; None where it may not be found again."""
    signature = workflow.signature
    if found.signature is signature:
        return found if still_holds(workflow, facts, found.basis, None) else None
    if not still_holds(workflow, facts, found.basis, signature.since(found.signature)):
        return None
    return Remembered(signature, found.basis, found.results)
