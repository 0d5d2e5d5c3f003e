"""What a step is compiled in, and the errors of compiling it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from wf_engine.execution.program import ScopeProgram, Target, WorkflowProgram
from wf_engine.language import Step
from wf_engine.language import Target as Written
from wf_engine.text import Location, WfError
from wf_engine.workspace import Definition, Workspace


class Compiler(Protocol):
    """Compiles what stands inside steps. Raises WfError where it cannot run."""

    def target(self, written: Step | Written, given: Mapping[str, Any], scoping: "Scoping") -> Target:
        """The target that is written there; `given` is the input it gets unless it writes its own."""

    def block(self, scoping: "Scoping", steps: Sequence[Step], output: tuple[Any] | None) -> ScopeProgram:
        """The scope of a block; without `output` it gives a map of the outputs of its steps."""

    def workflow(self, scoping: "Scoping", definition: Definition) -> WorkflowProgram:
        """The program of a workflow that runs as a step."""


@dataclass(frozen=True, slots=True, eq=False)
class Scoping:
    """The workspace, the workflow that is compiled, the step that errors are about, the ids of the steps around it."""

    workspace: Workspace
    definition: Definition
    step: Step
    compiler: Compiler
    around: frozenset[str] = frozenset()

    @property
    def location(self) -> Location | None:
        """Where the step stands."""
        node = self.step.node
        return None if node is None else self.workspace.location(self.definition.source, node.place)

    def error(self, message: str, hint: str | None = None) -> WfError:
        """An error about the step."""
        return WfError(f"Step `{self.step.id}`: {message}", self.location, hint)
