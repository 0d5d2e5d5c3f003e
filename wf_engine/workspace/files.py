"""Files of a workspace: their documents, and what each defines."""

from dataclasses import dataclass
from functools import cached_property

from wf_engine.language import (
    GROUPS,
    DefinitionKey,
    Metadata,
    Reading,
    TaskDocument,
    TestDocument,
    WorkflowDocument,
    group_of,
)
from wf_engine.language.envelope import read_document, read_unnamed, record_of
from wf_engine.syntax import Document, File, Map, Node, Place, Scalar
from wf_engine.text import Edit, Location, Span, Text
from wf_engine.workspace.contracts import Contract, contract_of

OURS = (".workflow.yaml", ".task.yaml", ".wf.yaml", ".wftest.yaml")
"""Endings of files that are ours even while they are empty."""


class SourceDocument:
    """A YAML document at its place in a file, with the model it holds if it is of ours."""

    def __init__(self, path: str, index: int, tree: Document, *, alone: bool = False) -> None:
        self.path = path
        self.index = index
        self.tree = tree
        self.alone = alone
        """Whether it is the only document of its file."""

    @cached_property
    def ours(self) -> bool:
        """Whether the document names one of our API groups."""
        return group_of(self.tree.root) in GROUPS

    @cached_property
    def expected(self) -> bool:
        """Whether it names no API group in a file whose name says that it is ours."""
        root = self.tree.root
        return self.path.endswith(OURS) and group_of(root) is None and (root is not None or self.alone)

    @cached_property
    def _read(self) -> WorkflowDocument | TaskDocument | TestDocument | Reading:
        root = self.tree.root
        if self.ours and isinstance(root, Map):
            return read_document(root)
        if self.expected and self.tree.issues and isinstance(root, Map) and record_of(root) is not None:
            return read_document(root)  # what is lost may well be its first line
        if self.expected and not self.tree.issues:
            return read_unnamed(root, Place(next(segment for _, segment in self.tree.segments()), Span(0, 0)))
        return Reading()

    @property
    def model(self) -> WorkflowDocument | TaskDocument | None:
        """What the document describes, None where it is not ours or of no known kind."""
        return self._read if isinstance(self._read, WorkflowDocument | TaskDocument) else None

    @property
    def test(self) -> TestDocument | None:
        """The tests that the document holds, None where it is none of these."""
        return self._read if isinstance(self._read, TestDocument) else None

    @property
    def reading(self) -> Reading:
        """Problems and expressions of the document itself; those of its steps are with the steps."""
        return self._read if isinstance(self._read, Reading) else self._read.reading

    @cached_property
    def definition(self) -> "Definition | None":
        """What the document defines, None where its name cannot be told."""
        model = self.model
        name = _name(model.metadata) if model and model.metadata else None
        if model is None or model.metadata is None or not name:
            return None
        version = _annotation(model.metadata, "workflow.io/version") if isinstance(model, WorkflowDocument) else None
        kind = "Workflow" if isinstance(model, WorkflowDocument) else "WorkflowTask"
        key = DefinitionKey(kind, model.metadata.namespace or "default", name, version or "")
        return Definition(key, self.path, model, self)


def _name(metadata: Metadata) -> str | None:
    return _annotation(metadata, "workflow.io/name") or metadata.name


def _annotation(metadata: Metadata, name: str) -> str | None:
    value = (metadata.annotations or {}).get(name)
    return value if isinstance(value, str) else None


@dataclass(frozen=True, eq=False)
class Definition:
    """A workflow or a task that can be referred to."""

    key: DefinitionKey
    path: str
    model: WorkflowDocument | TaskDocument
    source: SourceDocument

    @cached_property
    def contract(self) -> Contract:
        """What its users may rely on."""
        return contract_of(self.key, self.model)

    @property
    def name_place(self) -> Place | None:
        """Where its name stands: the annotation `workflow.io/name`, else `metadata.name`."""
        node = self._annotation("workflow.io/name")
        if node is None and self.model.metadata and self.model.metadata.node:
            node = self.model.metadata.node.get("name")
        return node.place if node is not None else None

    @property
    def version_place(self) -> Place | None:
        """Where its version stands."""
        node = self._annotation("workflow.io/version")
        return node.place if node is not None else None

    def _annotation(self, name: str) -> Node | None:
        metadata = self.model.metadata.node if self.model.metadata else None
        annotations = metadata.get("annotations") if metadata else None
        node = annotations.get(name) if isinstance(annotations, Map) else None
        return node if isinstance(node, Scalar) and node.text else None


class SourceFile:
    """A file as a value: its text and its documents."""

    def __init__(self, path: str, file: File, before: "SourceFile | None" = None) -> None:
        self.path = path
        self.file = file
        kept = {id(document.tree): document for document in before.documents} if before else {}
        alone = len(file.documents) == 1
        self.documents: tuple[SourceDocument, ...] = tuple(
            known
            if (known := kept.get(id(tree))) is not None and (known.index, known.alone) == (index, alone)
            else SourceDocument(path, index, tree, alone=alone)
            for index, tree in enumerate(file.documents)
        )

    @classmethod
    def parse(cls, path: str, text: Text | str) -> "SourceFile":
        """The file that a text holds."""
        return cls(path, File.parse(text))

    @property
    def text(self) -> Text:
        """The file's text."""
        return self.file.text

    def edited(self, edit: Edit) -> "SourceFile":
        """The file after an edit; documents that it leaves alone are the same objects."""
        return SourceFile(self.path, self.file.edited(edit), self)

    @property
    def ours(self) -> bool:
        """Whether anything in it is our business."""
        return self.path.endswith(OURS) or any(document.ours for document in self.documents)

    def definitions(self) -> tuple[Definition, ...]:
        """What the file defines."""
        return tuple(document.definition for document in self.documents if document.definition is not None)

    def span(self, index: int, place: Place) -> Span:
        """The range in the file of a place in one of its documents."""
        return self.file.span(index, place)

    def location(self, index: int, place: Place) -> Location:
        """The location of a place in one of its documents."""
        return Location(self.path, self.span(index, place))
