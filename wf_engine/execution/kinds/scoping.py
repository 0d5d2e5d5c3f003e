"""What a step is compiled in, and the errors of compiling it."""

from dataclasses import dataclass

from wf_engine.language import Step
from wf_engine.text import Location, WfError
from wf_engine.workspace import Definition, Workspace


@dataclass(frozen=True, slots=True, eq=False)
class Scoping:
    """The workspace, the workflow that is compiled, and the step that errors are about."""

    workspace: Workspace
    definition: Definition
    step: Step

    @property
    def location(self) -> Location | None:
        """Where the step stands."""
        node = self.step.node
        return None if node is None else self.workspace.location(self.definition.source, node.place)

    def error(self, message: str, hint: str | None = None) -> WfError:
        """An error about the step."""
        return WfError(f"Step `{self.step.id}`: {message}", self.location, hint)

    def unsupported(self, form: str) -> WfError:
        """The refusal of a form that the language has and the engine does not run yet."""
        message = f"this version of the engine does not run {form} yet, so nothing of the workflow was started."
        return self.error(message, "Write it with steps that have a `taskRef` of type `http`.")
