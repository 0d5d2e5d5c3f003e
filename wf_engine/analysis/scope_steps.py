"""The scopes of a workflow, each with its steps, who waits for whom, and what is read there beside the steps."""

from collections.abc import Iterator
from dataclasses import dataclass

from wf_engine.analysis.safety import Find, is_safe
from wf_engine.analysis.step_analysis import StepAnalysis
from wf_engine.analysis.steps import blocks, output_owner, site_reads
from wf_engine.analysis.waiting import Waiting, waiting_of
from wf_engine.analysis.workflow_analysis import WorkflowAnalysis
from wf_engine.language import Step
from wf_engine.workspace import Contract


@dataclass(frozen=True, eq=False)
class ScopeSteps:
    """The steps of one scope."""

    steps: tuple[Step, ...]
    waiting: Waiting
    has_output: bool
    """Whether an `output` says what is seen of them outside."""
    in_output: frozenset[str]
    """The steps that the `output` reads."""
    find: Find

    def step(self, name: str) -> Step:
        """A step by its id."""
        return next(step for step in self.steps if step.id == name)

    def is_safe(self, name: str) -> bool:
        """Whether a step only reads."""
        return is_safe(self.step(name), self.find)


def own_steps(workflow: WorkflowAnalysis) -> ScopeSteps:
    """A workflow's own steps."""
    spec = workflow.model.spec
    sites = [site for site in workflow.model.reading.sites if site.path[:2] == ("spec", "output")]
    read = frozenset([name for site in sites for root, name in site_reads(site) if root == "tasks"])
    has_output = bool(spec and spec.node and spec.node.pair("output"))
    return ScopeSteps(workflow.steps, workflow.layout.waiting, has_output, read, workflow.world.contract)


def block_steps(step: StepAnalysis) -> Iterator[ScopeSteps]:
    """The steps of each block directly inside a step."""
    held = blocks(step.step)
    found = {(use.use.kind, use.use.ref): use.contract for inner in step.walk() for use in inner.uses} if held else {}

    def find(kind: str, ref: str) -> Contract | None:
        return found.get((kind, ref))

    for block in held:
        sites = [site for site in step.step.reading.sites if output_owner(site.path, (block.path,)) == block.path]
        read = frozenset([name for site in sites for root, name in site_reads(site) if root == "tasks"])
        yield ScopeSteps(block.steps, waiting_of(block.steps), block.has_output, read, find)
