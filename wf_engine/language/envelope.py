"""Reading a whole document: its kind decides what it is read as."""

from typing import NamedTuple

from wf_engine.language import shapes
from wf_engine.language.documents import API_VERSION, KINDS, TaskDocument, TestDocument, WorkflowDocument
from wf_engine.language.reading import Reader
from wf_engine.language.records import FieldSpec
from wf_engine.language.sites import Problem, Reading, Site
from wf_engine.language.values import first_line
from wf_engine.syntax.nodes import Map, Node, Pair, Place, Scalar, Segment, Seq
from wf_engine.text import closest, did_you_mean

Model = WorkflowDocument | TaskDocument | TestDocument
_RECORDS: dict[str, type[Model]] = {
    "Workflow": WorkflowDocument,
    "WorkflowTask": TaskDocument,
    "WorkflowTest": TestDocument,
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


def record_of(root: Map) -> type[Model] | None:
    """What a document of ours is read as, None where its kind is unknown."""
    kind = root.get("kind")
    return _RECORDS.get(kind.text) if isinstance(kind, Scalar) else None


def read_document(root: Map) -> Model | Reading:
    """The model of a document of ours; where its kind is unknown, the problems alone."""
    kind, record = root.get("kind"), record_of(root)
    if record is None:
        known = isinstance(kind, Scalar) and kind.broken
        return Reading(() if known else (_kind_problem(root, kind),))
    reader = _DocumentReader()
    values = reader.fields(record, root, _first_key(root))
    return record(reading=reader.reading, **values)


def read_unnamed(root: Node | None, start: Place) -> Reading:
    """What to say of a document that stands where one of ours is expected, and names no API group."""
    if isinstance(root, Map):
        return Reading(
            (_missing_head(root, "apiVersion", API_VERSION, "it says which language the document is written in"),)
        )
    if root is not None:
        message = "this is no workflow document: it begins with `apiVersion: workflow.io/v1`"
        return Reading((Problem("wrong-type", first_line(root), message, node=root),))
    message = "this document is empty: it begins with `apiVersion: workflow.io/v1` and a `kind`"
    return Reading(
        (
            Problem(
                "missing-field", start, message, "the kinds are Workflow, WorkflowTask and WorkflowTest", "apiVersion"
            ),
        )
    )


def _kind_problem(root: Map, kind: Node | None) -> Problem:
    if kind is None or (isinstance(kind, Scalar) and kind.style == "missing"):
        return _missing_head(root, "kind", "Workflow", "it says what the document describes")
    hint = f"the kinds are {', '.join(KINDS.names)}"
    if not isinstance(kind, Scalar):
        return Problem("wrong-type", first_line(kind), "`kind` is one word", hint, node=kind)
    message = f"`{kind.text}` is not a kind of workflow.io/v1.{did_you_mean(kind.text, KINDS.names)}"
    return Problem("invalid-value", kind.place, message, hint, kind.text, KINDS.names, kind)


def _missing_head(root: Map, name: str, example: str, reason: str) -> Problem:
    """A document without `apiVersion` or `kind`; one that is there under a misspelt name is not missing."""
    for pair in root.pairs:
        if pair.name and pair.name not in _HEAD and closest(pair.name, (name,)):
            message = f"`{pair.name}` is not a field of a document. Did you mean `{name}`?"
            return Problem("unknown-field", pair.key.place, message, None, pair.name, (name,))
    if root.pair(name):
        return Problem("wrong-type", _first_key(root, name), f"`{name}` has no value", f"write `{name}: {example}`")
    entry = f"{name}: {example}"
    return Problem(
        "missing-field",
        _first_key(root),
        f"`{name}` is missing: {reason}",
        f"add `{entry}`",
        name,
        node=root,
        entry=entry,
    )


_HEAD = ("apiVersion", "kind", "metadata", "spec")


def _first_key(root: Map, name: str | None = None) -> Place:
    pair = root.pair(name) if name else None
    own = [pair] if pair else [each for each in root.pairs if not each.merged]
    return own[0].key.place if own else first_line(root)
