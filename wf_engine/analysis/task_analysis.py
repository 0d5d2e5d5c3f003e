"""A task as a whole: its expressions in their scope (language §2: they see `input`, `env`, `secrets`, `execution`)."""

from functools import cached_property

from wf_engine.analysis.expressions import SiteAnalysis
from wf_engine.analysis.present import present
from wf_engine.analysis.scopes import StepScope
from wf_engine.language import TaskDocument
from wf_engine.types import of_schema
from wf_engine.workspace import SourceDocument, Workspace


class TaskAnalysis:
    """A WorkflowTask of a workspace."""

    def __init__(self, workspace: Workspace, source: SourceDocument, model: TaskDocument) -> None:
        self.workspace = workspace
        self.source = source
        self.model = model

    @cached_property
    def scope(self) -> StepScope:
        """The scope of the task's expressions: the input after its defaults are filled in."""
        schema = self.model.spec.input_schema if self.model.spec else None
        return StepScope(of_schema(True if schema is None else present(schema)), self.workspace.settings.env, None)

    @cached_property
    def sites(self) -> tuple[SiteAnalysis, ...]:
        """The task's expressions."""
        return tuple(SiteAnalysis(site, self.scope) for site in self.model.reading.sites)


def analyse_task(workspace: Workspace, source: SourceDocument) -> TaskAnalysis | None:
    """The analysis of a document, None where it is no task."""
    return TaskAnalysis(workspace, source, source.model) if isinstance(source.model, TaskDocument) else None
