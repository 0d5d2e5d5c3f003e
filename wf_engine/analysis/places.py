"""Where in the text things stand that the analysis knows by name."""

from collections.abc import Iterator

from wf_engine.analysis.steps import blocks, expressions_of
from wf_engine.expressions import Member, Name, walk
from wf_engine.language import Site, Step
from wf_engine.syntax import Place, Scalar, Seq
from wf_engine.text import Span


def read_spans(site: Site, root: str, name: str) -> Iterator[Span]:
    """Spans of `root.name` in a site, as offsets into its text."""
    for expr in expressions_of(site):
        for node in walk(expr):
            if (
                isinstance(node, Member)
                and node.name == name
                and isinstance(node.target, Name)
                and node.target.name == root
            ):
                yield Span(node.span.start, node.name_span.end)


def dependency_place(step: Step, name: str) -> Place | None:
    """Where a step first says that it waits for another: in `dependsOn`, or in an expression of it or its blocks."""
    declared = step.node.get("dependsOn") if step.node else None
    for item in declared.items if isinstance(declared, Seq) else ():
        if isinstance(item, Scalar) and item.value == name:
            return item.place
    for site in step.reading.sites:
        for span in read_spans(site, "tasks", name):
            return site.node.place_of(span)
    for block in blocks(step):
        for inner in block.steps:
            place = dependency_place(inner, name)
            if place is not None:
                return place
    return None
