"""What the analysis of a step rests on besides its own text: as long as that is the same, so is all that was found."""

from msgspec import Struct

from wf_engine.analysis.inputs import calls
from wf_engine.analysis.signature import Changes
from wf_engine.analysis.step_analysis import StepAnalysis
from wf_engine.analysis.steps import StepFacts
from wf_engine.analysis.workflow_analysis import WorkflowAnalysis
from wf_engine.workspace import Contract


class Basis(Struct, frozen=True):
    """The parts of a workflow's signature at which the analysis of a step looked."""

    contracts: tuple[Contract | None, ...]
    ids: bool
    """It reads a name that is no step: what is proposed for it depends on all ids."""
    definitions: bool
    """It refers to a definition that is not there: what is proposed for it depends on all names."""
    input: bool
    views: bool
    """It looks for a value among the outputs of all steps."""


def basis_of(workflow: WorkflowAnalysis, facts: StepFacts, analysis: StepAnalysis) -> Basis:
    """What an analysis of one of a workflow's own steps rests on."""
    inside = list(analysis.walk())
    missing = any(call.missing for step in inside for call in calls(step))
    return Basis(
        _contracts(workflow, facts),
        ids=any(name not in workflow.views for name in facts.dependencies),
        definitions=any(use.contract is None for step in inside for use in step.uses),
        # what is missing may be filled from the workflow's own input
        input=facts.reads_input or missing,
        views=missing,
    )


def still_holds(workflow: WorkflowAnalysis, facts: StepFacts, basis: Basis, changes: Changes | None) -> bool:
    """Whether what was found on a basis would be found again; `changes` are those of the signature since then."""
    if changes is None:
        return not facts.calls_workflows or _contracts(workflow, facts) == basis.contracts
    if changes.everything or not changes.names.isdisjoint(facts.dependencies):
        return False
    if (changes.ids and basis.ids) or (changes.input and basis.input) or (changes.names and basis.views):
        return False
    if not changes.contracts and not facts.calls_workflows:
        return True
    if changes.contracts and basis.definitions:
        return False
    return _contracts(workflow, facts) == basis.contracts


def _contracts(workflow: WorkflowAnalysis, facts: StepFacts) -> tuple[Contract | None, ...]:
    return tuple([workflow.world.contract(*ref) for ref in facts.refs])
