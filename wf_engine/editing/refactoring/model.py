"""What a refactoring is: cheap to offer, worked out when it is chosen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from wf_engine.analysis import StepAnalysis, WorkflowAnalysis, analyse_workflow, blocks
from wf_engine.editing.cursor import Cursor, cursor_at
from wf_engine.language import Step
from wf_engine.syntax import Map, Node, Place
from wf_engine.text import Edit, FileEdit, Span
from wf_engine.workspace import SourceDocument, SourceFile, Workspace


@dataclass(frozen=True)
class Selection:
    """A range of a file of the workspace; `new_files`: whether the editor can make files."""

    workspace: Workspace
    path: str
    span: Span
    new_files: bool = True

    @cached_property
    def file(self) -> SourceFile:
        """The file."""
        return self.workspace.files[self.path]

    @cached_property
    def cursor(self) -> Cursor | None:
        """What stands at the beginning of the range."""
        return cursor_at(self.workspace, self.path, self.span.start)

    @cached_property
    def source(self) -> SourceDocument:
        """The document."""
        return self.file.documents[self.file.file.document_at(self.span.start)]

    @cached_property
    def workflow(self) -> WorkflowAnalysis | None:
        """The workflow, None where the document is none, or says two steps by one id."""
        found = analyse_workflow(self.workspace, self.source)
        return found if found is not None and found.named and not found.layout.repeated else None

    def extent(self, node: Node) -> Span:
        """The whole range of a node in the file."""
        return self.source.tree.extent(node).shift(self.file.file.starts[self.source.index])

    def place(self, place: Place) -> Span:
        """The range of a place in the file."""
        return self.file.span(self.source.index, place)

    def edit(self, span: Span, text: str) -> FileEdit:
        """An edit of the file."""
        return FileEdit(self.path, Edit(span, text))

    def edits(self, *drafted: tuple[Place, str]) -> list[FileEdit]:
        """Edits of the file at places of the document."""
        return [self.edit(self.place(place), text) for place, text in drafted]

    @cached_property
    def analyses(self) -> tuple[StepAnalysis, ...]:
        """All steps of the workflow, those in blocks too."""
        workflow = self.workflow
        if workflow is None:
            return ()
        return tuple([each for step in workflow.steps for each in workflow.step_analysis(step).walk()])

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The neighbouring steps of one list that the range touches: the innermost for a cursor."""
        lists: list[Sequence[Step]] = [self.workflow.steps] if self.workflow else []
        best: tuple[Step, ...] = ()
        while lists:
            steps = lists.pop()
            touched = tuple([step for step in steps if step.node is not None and self._touches(step.node)])
            if touched:
                best = touched
                lists = [block.steps for block in blocks(touched[0])] if len(touched) == 1 else []
        return best

    def _touches(self, node: Map) -> bool:
        span, (first, last) = self.extent(node), self._lines
        text = self.file.text
        return text.position(span.start).line <= last and first <= text.position(max(span.end - 1, span.start)).line

    @cached_property
    def _lines(self) -> tuple[int, int]:
        """The first and the last line of the range."""
        return self.file.text.position(self.span.start).line, self.file.text.position(self.span.end).line


@dataclass(frozen=True)
class Change:
    """What a refactoring does: edits, and new files with their texts by path."""

    edits: tuple[FileEdit, ...]
    new_files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Refactoring:
    """A refactoring. `offer` gives the title where it may apply, `change` what it does, None where it cannot."""

    name: str
    kind: str
    """As editors have them: `refactor.extract`, `refactor.inline`, `refactor.rewrite`, `quickfix`."""
    offer: Callable[[Selection], str | None]
    change: Callable[[Selection], Change | None]
