"""Document symbols: the outline that an editor shows."""

from dataclasses import dataclass

from wf_engine.analysis import blocks
from wf_engine.language import Step, TaskDocument, WorkflowDocument
from wf_engine.syntax import Map, Node, Pair, Scalar
from wf_engine.text import Span
from wf_engine.workspace import SourceDocument, SourceFile, Workspace


@dataclass(frozen=True)
class Symbol:
    """A thing with a name; `span` is all of it, `name_span` what to point at, both in offsets of the file."""

    name: str
    detail: str
    kind: str
    """`workflow`, `task`, `step` or `input`."""
    span: Span
    name_span: Span
    children: tuple["Symbol", ...] = ()


def symbols(workspace: Workspace, path: str) -> tuple[Symbol, ...]:
    """The symbols of a file."""
    file = workspace.files.get(path)
    found = (_document(file, source) for source in file.documents) if file else ()
    return tuple(symbol for symbol in found if symbol is not None)


def _document(file: SourceFile, source: SourceDocument) -> Symbol | None:
    model, root = source.model, source.tree.root
    if model is None or not isinstance(root, Map):
        return None
    start = file.file.starts[source.index]
    node = model.metadata.node.get("name") if model.metadata and model.metadata.node else None
    whole = Span(start, start + source.tree.chars)
    name_span = source.tree.span(node.place).shift(start) if node else Span(start, start)
    name = model.metadata.name if model.metadata and model.metadata.name else "(no name)"
    if isinstance(model, TaskDocument):
        return Symbol(name, "WorkflowTask", "task", whole, name_span)
    return Symbol(name, "Workflow", "workflow", whole, name_span, _workflow(source, start, model))


def _workflow(source: SourceDocument, start: int, model: WorkflowDocument) -> tuple[Symbol, ...]:
    spec = model.spec
    if spec is None or spec.node is None:
        return ()
    inputs = spec.node.get("input")
    found = [_input(source, start, pair) for pair in inputs.pairs] if isinstance(inputs, Map) else []
    bases = {id(segment): at for at, segment in source.tree.segments()}
    found.extend(_step(bases, start, step) for step in spec.tasks or ())
    return tuple(found)


def _input(source: SourceDocument, start: int, pair: Pair) -> Symbol:
    name_span = source.tree.span(pair.key.place).shift(start)
    end = source.tree.span(pair.value.place).shift(start).end
    return Symbol(pair.name or "", "input", "input", Span(name_span.start, max(end, name_span.end)), name_span)


def _step(bases: dict[int, int], start: int, step: Step) -> Symbol:
    node: Node | None = step.node
    if node is None:
        raise AssertionError("a step that was read from a text has a node")
    base = bases.get(id(node.segment), 0) + start
    name = step.node.get("id") if step.node else None
    at = name if isinstance(name, Scalar) else node
    detail = step.task_ref or step.workflow_ref or ("block" if step.tasks is not None else "")
    inner = tuple(_step(bases, start, each) for block in blocks(step) for each in block.steps)
    return Symbol(step.id or "(no id)", detail, "step", Span(node.start + base, node.end + base), Span(at.start + base, at.end + base), inner)
