"""An expression in its place: its scope, its inferred type, and what inference found."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from wf_engine.analysis.scopes import StepScope
from wf_engine.expressions import (
    Expr,
    Expression,
    Finding,
    Inference,
    Template,
    conjuncts,
    infer,
    infer_template,
)
from wf_engine.language import Site
from wf_engine.types import Type


@dataclass(frozen=True, eq=False)
class SiteAnalysis:
    """A site with the scope that it sees and the conditions that hold around it."""

    site: Site
    scope: StepScope
    assuming: tuple[Expr, ...] = ()

    @cached_property
    def inference(self) -> Inference:
        """Types and findings."""
        parsed = self.site.parsed
        if isinstance(parsed, Template):
            return infer_template(parsed, self.scope, self.assuming)
        return infer(parsed, self.scope, self.assuming)

    @property
    def type(self) -> Type:
        """Type of the value that stands here once it is evaluated."""
        return self.inference.type

    @property
    def findings(self) -> Sequence[Finding]:
        """What inference found, none where the text itself is faulty."""
        return () if self.site.parsed.problems else self.inference.findings


def conditions(value: object) -> tuple[Expr, ...]:
    """The parts of a condition that all hold where it does; none of one that cannot be read."""
    return conjuncts(value.root) if isinstance(value, Expression) and not value.problems else ()
