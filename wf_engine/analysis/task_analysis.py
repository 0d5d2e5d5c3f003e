"""A task as a whole: its expressions in their scope (language §2: they see `input`, `env`, `secrets`, `execution`)."""

from functools import cached_property

from wf_engine.analysis.expressions import SiteAnalysis
from wf_engine.analysis.present import present
from wf_engine.analysis.scopes import StepScope
from wf_engine.analysis.transforms import FieldPath, TransformAnalysis, of_task
from wf_engine.language import TaskDocument
from wf_engine.syntax import Scalar
from wf_engine.types import Type, of_schema
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
        return tuple(SiteAnalysis(site, self.scope_at(site.path)) for site in self.model.reading.sites)

    @cached_property
    def transform(self) -> TransformAnalysis | None:
        """The transform of the task."""
        written = self.model.spec.transform if self.model.spec else None
        sites = {id(site.node): SiteAnalysis(site, self.scope) for site in self.model.reading.sites}

        def type_of(scalar: Scalar) -> Type | None:
            site = sites.get(id(scalar))
            return site.type if site is not None else None

        return of_task(written, self.scope, type_of) if written is not None else None

    def scope_at(self, path: FieldPath) -> StepScope:
        """The scope of an expression at a path of the task."""
        inner = self.transform.scope_at(path) if self.transform is not None else None
        return inner or self.scope


def analyse_task(workspace: Workspace, source: SourceDocument) -> TaskAnalysis | None:
    """The analysis of a document, None where it is no task."""
    return TaskAnalysis(workspace, source, source.model) if isinstance(source.model, TaskDocument) else None
