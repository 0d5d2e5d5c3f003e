"""Reading a whole document: its kind decides what it is read as."""

from typing import NamedTuple

from wf_engine.language import shapes
from wf_engine.language.documents import KINDS, OTHER_KINDS, TaskDocument, WorkflowDocument
from wf_engine.language.reading import Reader
from wf_engine.language.records import FieldSpec
from wf_engine.language.sites import Problem, Reading, Site
from wf_engine.syntax.nodes import Map, Node, Pair, Place, Scalar, Segment, Seq
from wf_engine.text import Span, did_you_mean

Model = WorkflowDocument | TaskDocument
_RECORDS: dict[str, type[WorkflowDocument] | type[TaskDocument]] = {
    "Workflow": WorkflowDocument,
    "WorkflowTask": TaskDocument,
}
_MEMO_DEPTH = 2
"""Fields of the document and of its spec are remembered each by itself, so that an edit reads one of them again."""


class _DocumentReader(Reader):
    """Reads a document field by field, each once in the life of its node."""

    def field(self, spec: FieldSpec, pair: Pair) -> object:
        if len(self.path) >= _MEMO_DEPTH or not isinstance(pair.value, Map | Seq) or isinstance(spec.shape, _ASSEMBLED):
            return super().field(spec, pair)
        # a problem may point at the key, which can be a segment of its own that was read again
        memo_key = ("field", self.path, spec.name)
        memo = pair.value.memo = {} if pair.value.memo is None else pair.value.memo
        part = memo.get(memo_key)
        if part is None or part.key is not pair.key.segment:
            part = memo[memo_key] = self._part(spec, pair)
        self.problems.extend(part.problems)
        self.sites.extend(part.sites)
        return part.value

    def _part(self, spec: FieldSpec, pair: Pair) -> "_Part":
        inner = Reader()
        inner.path = self.path
        value = inner.field(spec, pair)
        return _Part(pair.key.segment, value, tuple(inner.problems), tuple(inner.sites))


class _Part(NamedTuple):
    """A field that was read, and the segment in which its key stands."""

    key: Segment
    value: object
    problems: tuple[Problem, ...]
    sites: tuple[Site, ...]


_ASSEMBLED = (shapes.Obj, shapes.StepList)
"""Shapes whose parts are remembered one level further down."""


def read_document(root: Map) -> Model | Reading:
    """The model of a document of ours; where its kind is unknown, the problems alone."""
    kind = root.get("kind")
    record = _RECORDS.get(kind.text) if isinstance(kind, Scalar) else None
    if record is None:
        known = isinstance(kind, Scalar) and (kind.text in OTHER_KINDS or kind.broken)
        return Reading(() if known else (_kind_problem(root, kind),))
    reader = _DocumentReader()
    values = reader.fields(record, root, _first_line(root))
    return record(node=root, reading=reader.reading, **values)


def _kind_problem(root: Map, kind: Node | None) -> Problem:
    if not isinstance(kind, Scalar) or kind.style == "missing":
        hint = f"add `kind: Workflow`; the kinds are {', '.join(KINDS.names)}"
        return Problem("missing-field", _first_line(root), "`kind` is missing: it says what the document describes", hint, "kind")
    message = f"`{kind.text}` is not a kind of workflow.io/v1.{did_you_mean(kind.text, KINDS.names)}"
    return Problem("invalid-value", kind.place, message, f"the kinds are {', '.join(KINDS.names)}", kind.text, KINDS.names, kind)


def _first_line(root: Map) -> Place:
    key = root.pairs[0].key if root.pairs else root
    return Place(key.segment, Span(key.start, key.end))
