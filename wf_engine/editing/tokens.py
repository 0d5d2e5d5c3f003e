"""Semantic tokens: what no highlighter of YAML can know, the expressions inside strings and the names that refer."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from wf_engine.analysis import blocks, expressions_of, uses
from wf_engine.editing.segments import PlacedSegment, placed_segments
from wf_engine.expressions import Call, Expr, Index, Literal, Member, Name, ObjectExpr, Template, walk
from wf_engine.expressions.lexer import Lexer
from wf_engine.language import Site, Step, TaskDocument, WorkflowDocument
from wf_engine.syntax import Map, Scalar, Segment, Seq
from wf_engine.text import Span
from wf_engine.workspace import SourceDocument, Workspace

TOKEN_KINDS = (
    "brace", "root", "step", "property", "function", "operator", "string", "number", "keyword", "task", "workflow",
)  # fmt: skip
"""All kinds. `step` is the id of a step wherever it stands, `task` and `workflow` are references."""

_PUNCTUATION = frozenset(".,()[]{}")
_NO_OPERATORS = _PUNCTUATION | {"?.", "{{", ":"}
_LEXED = {"string": "string", "open": "string", "number": "number", "name": "keyword"}


class Token(NamedTuple):
    """A range of a segment; `declares`: the name is not used here but made."""

    start: int
    end: int
    kind: str
    declares: bool = False


class TokenRun(NamedTuple):
    """The tokens of a segment, in order; the same tuple as before while the segment only moves."""

    place: PlacedSegment
    tokens: tuple[Token, ...]


def tokens(workspace: Workspace, path: str, span: Span | None = None) -> Iterator[TokenRun]:
    """The tokens of a file, segment by segment; with a span, of the segments that it touches."""
    file = workspace.files.get(path)
    for source in file.documents if file else ():
        if file is None or not source.ours:
            continue
        found = _by_segment(source)
        for place in placed_segments(file, source):
            end = place.offset + len(place.segment.text)
            if span is not None and (end < span.start or place.offset > span.end):
                continue
            parts = found.get(id(place.segment))
            if parts:
                yield TokenRun(place, parts[0] if len(parts) == 1 else tuple(sorted(set().union(*parts))))


def _by_segment(source: SourceDocument) -> Mapping[int, Sequence[tuple[Token, ...]]]:
    """Groups of tokens by segment; what a step says of itself is one group."""
    model = source.model
    found: dict[int, list[tuple[Token, ...]]] = {}
    groups: list[Mapping[Segment, tuple[Token, ...]]] = []
    if isinstance(model, WorkflowDocument | TaskDocument):
        groups.append(_grouped(_of_sites(model.reading.sites)))
    steps = (model.spec.tasks if model.spec else None) or () if isinstance(model, WorkflowDocument) else ()
    groups.extend(_of_step(step) for step in steps)
    for group in groups:
        for segment, items in group.items():
            found.setdefault(id(segment), []).append(items)
    return found


Placed = tuple[Segment, Token]


def _grouped(placed: Iterator[Placed]) -> Mapping[Segment, tuple[Token, ...]]:
    found: dict[Segment, list[Token]] = {}
    for segment, token in placed:
        found.setdefault(segment, []).append(token)
    return {segment: tuple(sorted(items)) for segment, items in found.items()}


def _of_step(step: Step) -> Mapping[Segment, tuple[Token, ...]]:
    """Worked out once in the life of the step's node."""
    if step.node is None:
        return {}
    return step.node.remember("tokens", lambda: _grouped(_in_step(step)))


def _in_step(step: Step) -> Iterator[Placed]:
    yield from _of_sites(step.reading.sites)
    for use in uses(step):
        if use.node is not None:
            yield _whole(use.node, "task" if use.kind == "WorkflowTask" else "workflow")
    if step.node is not None:
        yield from _names(step.node)
    for block in blocks(step):
        for inner in block.steps:
            yield from _in_step(inner)


def _names(node: Map) -> Iterator[Placed]:
    """The id of the step, and those that it says it depends on."""
    own, others = node.get("id"), node.get("dependsOn")
    if isinstance(own, Scalar):
        yield _whole(own, "step", declares=True)
    for item in others.items if isinstance(others, Seq) else ():
        if isinstance(item, Scalar):
            yield _whole(item, "step")


def _whole(node: Scalar, kind: str, *, declares: bool = False) -> Placed:
    span = node.source_span(Span(0, len(node.text)))
    return node.segment, Token(span.start, span.end, kind, declares)


def _of_sites(sites: Sequence[Site]) -> Iterator[Placed]:
    for site in sites:
        for span, kind in _of_site(site):
            source = site.node.source_span(span)
            if source.end > source.start:
                yield site.node.segment, Token(source.start, source.end, kind)


def _of_site(site: Site) -> Iterator[tuple[Span, str]]:
    """Tokens in offsets of the scalar's text."""
    parsed, names = site.parsed, _named(site)
    if not isinstance(parsed, Template):
        yield from _lexed(parsed.text, Span(0, len(parsed.text)), names)
        return
    for part in parsed.parts:
        if isinstance(part, str):
            continue
        yield Span(part.span.start, part.inner.start), "brace"
        yield from _lexed(parsed.text, part.inner, names)
        if part.span.end > part.inner.end:
            yield Span(part.inner.end, part.span.end), "brace"


def _lexed(text: str, span: Span, names: Mapping[int, tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
    """What the tree names is what it says; the rest is what the token is by itself."""
    lexer = Lexer(text, span)
    while lexer.kind != "end":
        named = names.get(lexer.start)
        if named is not None:
            yield named
        elif lexer.kind == "{{":
            yield lexer.span, "brace"
        elif lexer.kind in _LEXED:
            yield lexer.span, _LEXED[lexer.kind]
        elif lexer.kind not in _NO_OPERATORS:
            yield lexer.span, "operator"
        lexer.advance()


def _named(site: Site) -> Mapping[int, tuple[Span, str]]:
    """The names of an expression by where they begin."""
    found = {}
    for root in expressions_of(site):
        for node in walk(root):
            for span, kind in _names_of(node):
                if span.end > span.start:
                    found[span.start] = (span, kind)
    return found


def _names_of(node: Expr) -> Iterator[tuple[Span, str]]:
    match node:
        case Name():
            yield node.span, "root"
        case Member(target=Name(name="tasks")):
            yield node.name_span, "step"
        case Index(target=Name(name="tasks"), index=Literal(value=str()) as key):
            yield key.span, "step"
        case Member():
            yield node.name_span, "property"
        case Call():
            yield node.name_span, "function"
        case ObjectExpr():
            yield from ((entry.key_span, "property") for entry in node.entries)
