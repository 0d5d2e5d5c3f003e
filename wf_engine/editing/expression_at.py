"""The part of an expression at a cursor."""

from wf_engine.analysis import expressions_of
from wf_engine.expressions import Expr, walk
from wf_engine.language import Site
from wf_engine.syntax import Scalar


def text_offset(scalar: Scalar, source: int) -> int:
    """The offset in a scalar's text that was read from a segment offset."""
    best = 0
    for text, start in scalar.offsets:
        if start <= source:
            best = text + source - start
    return min(best, len(scalar.text))


def chain_at(site: Site, offset: int) -> tuple[Expr, ...]:
    """The nodes whose span holds an offset of the site's text, the innermost first."""
    found = [node for root in expressions_of(site) for node in walk(root) if node.span.start <= offset <= node.span.end]
    return tuple(sorted(found, key=lambda node: node.span.end - node.span.start))
