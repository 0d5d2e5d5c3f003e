"""What one inference gathers while it goes through an expression."""

from collections.abc import Collection, Iterable, Mapping

from wf_engine.expressions.findings import Finding, FindingKind, Scope, candidates
from wf_engine.expressions.narrowing import Fact, Knowledge, Path, path_of, step_of_output
from wf_engine.expressions.nodes import Expr
from wf_engine.expressions.printing import shown
from wf_engine.expressions.values import nouns
from wf_engine.text import Span
from wf_engine.types import (
    ANY,
    BOOLEAN,
    NULL,
    NUMBER,
    STRING,
    Type,
    array_of,
    describe,
    kinds,
    may_be_null,
    of_schema,
    stated_kinds,
    union,
)

_MOST_FINDINGS = 50
"""In one expression. No person writes as many, and looking for what was meant takes its time."""
_MOST_PARTS = 32
KIND_HINT = "Turn it into the kind that is wanted, or let its schema name that kind alone."
_WHOLE_KINDS = {
    "null": NULL,
    "boolean": BOOLEAN,
    "number": NUMBER,
    "string": STRING,
    "array": array_of(ANY),
    "object": of_schema({"type": "object"}),
}


class Session:
    """The scope, what has been found in it so far, and what is known at the present place."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.findings: list[Finding] = []
        self.types: dict[Span, Type] = {}
        self.knowledge = Knowledge()

    def report(
        self,
        kind: FindingKind,
        span: Span,
        message: str,
        *,
        name: str = "",
        known: Iterable[str] = (),
        hint: str | None = None,
        data: Mapping[str, str] | None = None,
    ) -> Type:
        """Notes a finding; `known` are the names among which `name` was not found. The type afterwards: any."""
        if len(self.findings) < _MOST_FINDINGS:
            meant = candidates(name, known) if name else ()
            self.findings.append(Finding(kind, span, message, name, meant, hint, data or {}))
        return ANY

    def require(self, node: Expr, type_: Type, wanted: Collection[str], who: str) -> bool:
        """Whether an operand can be one of the wanted kinds; finds it where it cannot, or need not be."""
        found = value_kinds(type_)
        if found and found.isdisjoint(wanted):
            self.report("operand", node.span, f"{who} wants {nouns(list(wanted))}; this is {in_words(type_)}.")
            return False
        if "null" not in wanted:
            self.require_filled(node, type_)
        self.doubt(node, other_kinds(type_, wanted), f"{who} wants {nouns(list(wanted))}")
        return True

    def doubt(self, node: Expr, others: Collection[str], wanted: str) -> None:
        """Finds a value that is of another kind in some runs; `wanted` says what should be there."""
        if others:
            message = f"`{shown(node)}` may be {nouns(sorted(others))}; {wanted}."
            self.report("possible_operand", node.span, message, hint=KIND_HINT, data={"target": shown(node)})

    def require_filled(self, node: Expr, type_: Type) -> None:
        """Finds an operand that may be null. Once it has been used it is known not to be."""
        path = path_of(node)
        if may_be_null(self.knowledge.narrowed(type_, path)):
            self.report_nullable(node, path, "Add `?? other`")
        if path is not None:
            self.knowledge.learn((Fact("filled", path),))

    def report_nullable(self, node: Expr, path: Path | None, advice: str) -> None:
        """Finds that a value which may be null is used as if it were not."""
        target = shown(node)
        step = step_of_output(path)
        if step is not None:
            message = f"`{target}` is null where step `{step}` was skipped."
            hint = f"{advice}, or test `tasks.{step}.status == 'succeeded'`."
        else:
            message = f"`{target}` may be null."
            hint = f"{advice}, or test `{target} != null`."
        self.report("nullable_read", node.span, message, hint=hint, data={"target": target, "step": step or ""})


def value_kinds(type_: Type) -> frozenset[str]:
    """The kinds that values may have, integers being numbers."""
    found = kinds(type_)
    return found - {"integer"} | {"number"} if "integer" in found else found


def other_kinds(type_: Type, wanted: Collection[str]) -> frozenset[str]:
    """The kinds that a type names beside the wanted ones and null, integers being numbers."""
    found = {"number" if name == "integer" else name for name in stated_kinds(type_)}
    return frozenset(found - set(wanted) - {"null"})


def any_of(types: Iterable[Type]) -> Type:
    """The union of types; of very many only the kinds are kept."""
    parts = list(dict.fromkeys(types))
    if len(parts) <= _MOST_PARTS:
        return union(*parts)
    return union(*[_WHOLE_KINDS[name] for name in sorted({name for part in parts for name in value_kinds(part)})])


def in_words(type_: Type) -> str:
    """A type for a sentence."""
    return describe(type_, 1)
