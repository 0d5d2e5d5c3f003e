"""Old spellings in expressions, as problems at their place in the text."""

from collections.abc import Iterator

from wf_engine.expressions import Expression, Template
from wf_engine.language.sites import Problem
from wf_engine.language.spellings.model import old
from wf_engine.syntax.nodes import Scalar


def old_forms(node: Scalar, parsed: Template | Expression) -> Iterator[Problem]:
    """What there is to say of the old spellings in an expression or a template that stands at `node`."""
    for form in parsed.old:
        place = node.place_of(form.span)
        yield old(form.kind, place, form.was, form.new, ((place, form.new),))
