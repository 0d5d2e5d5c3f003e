"""Document symbols: the outline that an editor shows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from wf_engine.analysis import blocks
from wf_engine.editing.segments import placed_segments
from wf_engine.language import Step, TaskDocument, WorkflowDocument
from wf_engine.syntax import Map, Node, Pair, Scalar
from wf_engine.text import Span
from wf_engine.workspace import SourceDocument, SourceFile, Workspace


@dataclass(frozen=True, eq=False, slots=True)
class Symbol:
    """A thing with a name; `span` is all of it, `name_span` what to point at. The same object while it only moves."""

    name: str
    detail: str
    kind: str
    """`workflow`, `task`, `step` or `input`."""
    span: Span
    name_span: Span
    children: "tuple[Symbol, ...]" = ()
    memo: dict[str, Any] = field(default_factory=dict)
    """What whoever shows it remembers about it."""


class PlacedSymbol(NamedTuple):
    """A symbol whose offsets count from `base`, the beginning of a line of the file; `line` is that line."""

    base: int
    line: int
    symbol: Symbol
    children: "tuple[PlacedSymbol, ...]" = ()


def symbols(workspace: Workspace, path: str) -> tuple[PlacedSymbol, ...]:
    """The symbols of a file."""
    file = workspace.files.get(path)
    found = (_document(file, source) for source in file.documents) if file else ()
    return tuple(symbol for symbol in found if symbol is not None)


def _document(file: SourceFile, source: SourceDocument) -> PlacedSymbol | None:
    model, root = source.model, source.tree.root
    if model is None or not isinstance(root, Map):
        return None
    start = file.file.starts[source.index]
    line = file.text.position(start).line
    node = model.metadata.node.get("name") if model.metadata and model.metadata.node else None
    whole = Span(0, source.tree.chars)
    name_span = source.tree.span(node.place) if node else Span(0, 0)
    name = (model.metadata.name if model.metadata else None) or "(no name)"
    if isinstance(model, TaskDocument):
        return PlacedSymbol(start, line, Symbol(name, "WorkflowTask", "task", whole, name_span))
    parts = (*_inputs(source, start, line, model), *_steps(file, source, model))
    return PlacedSymbol(start, line, Symbol(name, "Workflow", "workflow", whole, name_span), parts)


def _inputs(source: SourceDocument, start: int, line: int, model: WorkflowDocument) -> Iterator[PlacedSymbol]:
    inputs = model.spec.node.get("input") if model.spec and model.spec.node else None
    for pair in inputs.pairs if isinstance(inputs, Map) else ():
        yield PlacedSymbol(start, line, _input(source, pair))


def _steps(file: SourceFile, source: SourceDocument, model: WorkflowDocument) -> Iterator[PlacedSymbol]:
    """The steps: those of a large workflow stand in segments of their own."""
    start = file.file.starts[source.index]
    places = {id(segment): (base, line) for base, line, segment in placed_segments(file, source)}
    for step in (model.spec.tasks if model.spec else None) or ():
        if step.node is not None:
            base, line = places[id(step.node.segment)]
            yield PlacedSymbol(base, line, _step(source, base - start, step, step.node))


def _input(source: SourceDocument, pair: Pair) -> Symbol:
    name_span = source.tree.span(pair.key.place)
    end = source.tree.extent(pair.value).end
    return Symbol(pair.name or "", "input", "input", Span(name_span.start, max(end, name_span.end)), name_span)


def _step(source: SourceDocument, base: int, step: Step, node: Map) -> Symbol:
    """A step, with offsets from the beginning of its segment: they hold as long as the node is the same."""
    return node.remember("symbol", lambda: _symbol(source, base, step, node))


def _symbol(source: SourceDocument, base: int, step: Step, node: Map) -> Symbol:
    named = node.get("id")
    at = named if isinstance(named, Scalar) else node
    inner = [each for block in blocks(step) for each in block.steps if each.node is not None]
    return Symbol(
        step.id or "(no id)",
        step.task_ref or step.workflow_ref or ("block" if step.tasks is not None else ""),
        "step",
        _span(source, base, node, whole=True),
        _span(source, base, at, whole=False),
        tuple(_symbol(source, base, each, each.node) for each in inner if each.node is not None),
    )


def _span(source: SourceDocument, base: int, node: Node, *, whole: bool) -> Span:
    return (source.tree.extent(node) if whole else source.tree.span(node.place)).shift(-base)
