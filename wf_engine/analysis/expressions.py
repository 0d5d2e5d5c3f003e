"""An expression in its place: its scope, its inferred type, and what inference found."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from wf_engine.analysis.hidden import explained
from wf_engine.analysis.scopes import StepScope
from wf_engine.expressions import (
    Expr,
    Expression,
    Finding,
    Inference,
    Template,
    Unary,
    conjuncts,
    infer,
    infer_template,
    references,
)
from wf_engine.language import Site
from wf_engine.syntax import Alias, Map, Node, Scalar, Seq, resolved, value_of
from wf_engine.types import ANY, Type, array_of, is_any, literal, object_of, union


class SiteAnalysis(Struct, frozen=True, eq=False, dict=True):
    """A site with the scope that it sees and the conditions that hold around it."""

    site: Site
    scope: StepScope
    assuming: tuple[Expr, ...] = ()

    @cached_property
    def inference(self) -> Inference:
        """Types and findings."""
        return inferred(self.site.parsed, self.scope, self.assuming)

    @property
    def type(self) -> Type:
        """Type of the value that stands here once it is evaluated."""
        faulty = self.site.parsed.problems or any(each.kind not in _PRESENT for each in self.inference.findings)
        return ANY if faulty else self.inference.type

    @property
    def findings(self) -> Sequence[Finding]:
        """What inference found, none where the text itself is faulty."""
        if self.site.parsed.problems or not self.inference.findings:
            return ()
        return [explained(each, self.scope) for each in self.inference.findings]


_PRESENT = {"optional_read", "nullable_read", "possible_operand"}
"""Findings after which the value counts as present."""


def inferred(parsed: Template | Expression, scope: StepScope, assuming: tuple[Expr, ...] = ()) -> Inference:
    """What inference says of an expression or a template."""
    if isinstance(parsed, Template):
        return infer_template(parsed, scope, assuming)
    return infer(parsed, scope, assuming)


def node_type(node: Node, type_of: Callable[[Scalar], Type | None]) -> Type:
    """The type of a value that may hold templates; what holds none is the value that it is.

    `type_of` gives the type of a scalar that is an expression or holds templates, None for any other.
    """
    node = resolved(node)
    if isinstance(node, Alias):
        return ANY
    if isinstance(node, Scalar):
        found = type_of(node)
        return found if found is not None else ANY if node.broken else literal(node.value)
    if not any(scalar.broken or type_of(scalar) is not None for scalar in scalars_of(node)):
        return literal(value_of(node))
    if isinstance(node, Map):
        return object_of({pair.name: node_type(pair.value, type_of) for pair in node.pairs if pair.name is not None})
    items = [node_type(item, type_of) for item in node.items] if isinstance(node, Seq) else []
    return array_of(ANY if any(map(is_any, items)) else union(*items)) if items else literal([])


def scalars_of(node: Node) -> Iterator[Scalar]:
    """The scalars of a value, aliases followed."""
    node = resolved(node)
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Map):
        for pair in node.pairs:
            yield from scalars_of(pair.value)
    elif isinstance(node, Seq):
        for item in node.items:
            yield from scalars_of(item)


def conditions(value: object) -> tuple[Expr, ...]:
    """The parts of a condition that all hold where it does; none of one that cannot be read."""
    return conjuncts(value.root) if isinstance(value, Expression) and not value.problems else ()


def refuted(value: object) -> tuple[Expr, ...]:
    """What holds where a condition does not; nothing is known of one that cannot be read."""
    if not isinstance(value, Expression) or value.problems:
        return ()
    if isinstance(value.root, Unary) and value.root.op == "!":
        return conjuncts(value.root.operand)
    return (Unary(value.root.span, "!", value.root),)


def reads_loop(condition: Expr) -> bool:
    """Whether a condition reads `forEach`, which means something else in another loop."""
    return any(root == "forEach" for root, _ in references(condition))


def outside_loops(held: Iterable[Expr]) -> tuple[Expr, ...]:
    """The conditions that mean the same in every loop."""
    return tuple([condition for condition in held if not reads_loop(condition)])
