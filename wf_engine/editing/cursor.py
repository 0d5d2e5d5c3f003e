"""What a cursor stands on, in the language's terms: which record and field, which step, which expression."""

from dataclasses import dataclass, replace
from functools import cached_property

from wf_engine.analysis import StepAnalysis, WorkflowAnalysis, analyse_step, analyse_task, analyse_workflow
from wf_engine.analysis.expressions import SiteAnalysis
from wf_engine.editing.pipeline_shapes import ArgumentsOf, OneOperation, shape_below
from wf_engine.editing.placeholder import WORD
from wf_engine.language import (
    FieldSpec,
    Metadata,
    Record,
    Step,
    TaskDocument,
    TestDocument,
    WorkflowDocument,
    default,
    fields_of,
    shapes,
)
from wf_engine.language.reading import read_step
from wf_engine.language.spellings import modern_name
from wf_engine.syntax import Map, Node, Scalar, Trail, resolved, trail
from wf_engine.text import Span
from wf_engine.workspace import SourceDocument, SourceFile, Workspace

_RECORDS: dict[str, type[Record]] = {
    "Workflow": WorkflowDocument,
    "WorkflowTask": TaskDocument,
    "WorkflowTest": TestDocument,
}

Path = tuple[str | int | None, ...]


@dataclass(frozen=True)
class Field:
    """Where a path leads: the record whose fields may stand there, and the shape of the value."""

    record: type[Record] | None
    spec: FieldSpec | None
    shape: shapes.Shape | None
    inside: Path = ()
    """The way on inside a value whose parts are no fields: a schema, a tree."""


@dataclass(frozen=True)
class Cursor:
    """A place in a document. `trail` leads to it in `tree`, which may be a patched version of `source`."""

    workspace: Workspace
    file: SourceFile
    source: SourceDocument
    tree: SourceDocument
    trail: Trail
    offset: int
    """Offset in the tree."""
    start: int
    """Where the document begins in the file."""

    @property
    def node(self) -> Node | None:
        """The innermost node."""
        return self.trail.node

    def span(self, node: Node) -> Span:
        """The range in the file of a node of the cursor's own segment."""
        return self.trail.span(node).shift(self.start)

    @cached_property
    def field(self) -> Field:
        """The field that the trail leads to."""
        return self.at(self.trail.path)

    @cached_property
    def container(self) -> Field:
        """The record or map in which the innermost key stands."""
        return self.at(self.trail.path[:-1])

    def at(self, path: Path) -> Field:
        """Follows names and indices from the document's record down."""
        root = self.trail.crumbs[0].container if self.trail.crumbs else None
        kind = root.get("kind") if isinstance(root, Map) else None
        named = isinstance(kind, Scalar) and kind.text not in ("", WORD)
        record = _RECORDS.get(kind.text) if isinstance(kind, Scalar) and named else self._record_by_name
        field = Field(record, None, shapes.Obj(record) if record else None)
        for key in path:
            field = _below(field, key)
        return field

    @property
    def _record_by_name(self) -> type[Record]:
        return TaskDocument if self.source.path.endswith(".task.yaml") else WorkflowDocument

    @cached_property
    def steps(self) -> tuple[Map, ...]:
        """The maps of the steps around the cursor, the outermost first."""
        path = self.trail.path
        nodes = ((index, _node_after(self.trail, index)) for index in range(len(path)) if isinstance(path[index], int))
        return tuple(n for index, n in nodes if isinstance(n, Map) and self.at(path[: index + 1]).record is Step)

    @cached_property
    def workflow(self) -> WorkflowAnalysis | None:
        """The analysis of the workflow around the cursor, as the text is; as it is patched, where it is none yet."""
        found = analyse_workflow(self.workspace, self.source)
        return found or analyse_workflow(replace(self.workspace, memo={}), self.tree)

    @property
    def namespace(self) -> str:
        """The namespace in which references of the document are looked up."""
        return self.workflow.namespace if self.workflow else str(default(Metadata, "namespace"))

    @cached_property
    def step(self) -> StepAnalysis | None:
        """The analysis of the innermost step around the cursor."""
        steps, workflow = self.steps, self.workflow
        if not steps or workflow is None:
            return None
        top = analyse_step(read_step(steps[0]), workflow.surroundings)
        step = read_step(steps[-1])
        return next((each for each in top.walk() if each.step is step), top)

    @cached_property
    def site(self) -> SiteAnalysis | None:
        """The expression at the cursor."""
        if not isinstance(self.node, Scalar):
            return None
        if self.step is not None:
            return self.step.site_of(self.node)
        task = analyse_task(self.workspace, self.tree)
        sites = task.sites if task else (self.workflow.own_sites() if self.workflow else ())
        return next((site for site in sites if site.site.node is self.node), None)


def cursor_at(workspace: Workspace, path: str, offset: int) -> Cursor | None:
    """The cursor at an offset of a file; None where the document there is not ours."""
    file = workspace.files.get(path)
    if file is None:
        return None
    index = file.file.document_at(offset)
    source, start = file.documents[index], file.file.starts[index]
    if not source.ours:
        return None
    way = trail(source.tree, offset - start)
    return Cursor(workspace, file, source, source, way, offset - start, start)


def _node_after(way: Trail, index: int) -> Node | None:
    crumb = way.crumbs[index]
    if crumb.pair is not None:
        return resolved(crumb.pair.value)
    if index + 1 < len(way.crumbs):
        return way.crumbs[index + 1].container
    return way.node


def _below(field: Field, key: str | int | None) -> Field:
    shape = field.shape
    if field.record is not None and isinstance(key, str):
        spec = fields_of(field.record).get(modern_name(field.record, key))
        return Field(_record_of(spec.shape), spec, spec.shape) if spec else Field(None, None, None)
    if isinstance(shape, shapes.StepList) and isinstance(key, int):
        return Field(Step, field.spec, shapes.Obj(Step))
    if isinstance(shape, shapes.Operations) and isinstance(key, int):
        return Field(None, field.spec, OneOperation())
    if isinstance(shape, OneOperation | ArgumentsOf) and isinstance(key, str):
        return Field(None, field.spec, shape_below(shape, key))
    if isinstance(shape, shapes.ListOf | shapes.OneOrMany) and isinstance(key, int):
        return Field(_record_of(shape.item), field.spec, shape.item)
    if isinstance(shape, shapes.MapOf) and isinstance(key, str):
        inner = shape.shape_of(key)
        return Field(_record_of(inner), field.spec, inner)
    if isinstance(shape, shapes.Tree | shapes.JsonSchema | shapes.Parameters) or type(shape) is shapes.Shape:
        return Field(None, field.spec, shape, (*field.inside, key))
    return Field(None, None, None)


def _record_of(shape: shapes.Shape) -> type[Record] | None:
    inner = shape.item if isinstance(shape, shapes.OneOrMany) else shape
    return inner.record if isinstance(inner, shapes.Obj | shapes.WordOrObj) else None
