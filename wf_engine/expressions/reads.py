"""The types of what is read: roots, and the keys and indexes that follow them (language §6)."""

from collections.abc import Callable, Sequence

from wf_engine.expressions.chains import forgiven, key_of
from wf_engine.expressions.grammar import KEYED_ROOTS, TASK_KEYS
from wf_engine.expressions.narrowing import Fact, Path, extended
from wf_engine.expressions.nodes import Expr, Index, Literal, Member, Name, Unary
from wf_engine.expressions.paths import listed, shown, suggestion
from wf_engine.expressions.session import Session, in_words, value_kinds
from wf_engine.text import Span
from wf_engine.types import (
    ANY,
    NEVER,
    NULL,
    Type,
    is_any,
    item_of,
    may_be_null,
    nullable,
    properties,
    property_of,
    union,
    without_null,
)

_NOUNS = {"tasks": "step", "env": "variable", "secrets": "secret", "forEach": "loop variable"}
_CONFIGURED = frozenset({"env", "secrets"})
"""Roots whose names stand in the configuration: an expression may say what is to be done where one is not there."""

Infer = Callable[[Expr], Type]


class Reads:
    """Types one run of `.name` and `[index]`."""

    def __init__(self, session: Session, links: Sequence[Member | Index], infer: Infer, *, lenient: bool) -> None:
        self.session = session
        self.links = links
        self.infer = infer
        self.pardons = forgiven(links, lenient=lenient)
        self.escapes = False
        """Whether the run may have ended in null before its end."""

    def from_root(self, node: Name) -> Type:
        """The type of the run that begins with a root."""
        if self.session.scope.keyed(node.name) or node.name in KEYED_ROOTS:
            return self._from_keyed(node)
        type_ = self.session.scope.root(node.name)
        if type_ is None:
            return self._follow_any(self._unknown_root(node))
        self.session.types[node.span] = type_
        return self.from_value(self.session.knowledge.narrowed(type_, (node.name,)), node, (node.name,))

    def from_value(self, type_: Type, target: Expr, path: Path | None, start: int = 0) -> Type:
        """The type of the run from its link number `start` on, where `type_` is that of what it starts from."""
        for number in range(start, len(self.links)):
            link = self.links[number]
            here = None if path is None else extended(path, link)
            filled = self._filled(type_, target, path, pardon=self.pardons[number])
            type_ = self._link(filled, link, here, pardon=self.pardons[number])
            type_ = self.session.knowledge.narrowed(type_, here)
            self.session.types[link.span] = type_
            if here is not None and not self.escapes:
                self.session.knowledge.learn((Fact("present", here),))
            target, path = link, here
        return self._end(type_)

    def _end(self, type_: Type) -> Type:
        if self.escapes and self.links:
            type_ = self.session.types[self.links[-1].span] = nullable(type_)
        return type_

    def _filled(self, type_: Type, target: Expr, path: Path | None, *, pardon: bool) -> Type:
        """The type of what is read from, which is not null, or the run ends here."""
        if "null" not in value_kinds(type_):
            return type_
        if pardon:
            self.escapes = True
        elif may_be_null(type_):
            self.session.report_nullable(target, path)
        filled = without_null(type_)
        return ANY if filled == NEVER and not pardon else filled

    def _link(self, type_: Type, link: Member | Index, path: Path | None, *, pardon: bool) -> Type:
        key = key_of(link)
        if isinstance(link, Index) and not isinstance(link.index, Literal):
            return self._computed(type_, link, pardon=pardon)
        if type_ in (ANY, NEVER) or key is None:
            self.escapes |= pardon
            return type_ if key is not None else ANY
        return self._key(type_, link, key, path, pardon=pardon) if isinstance(key, str) else self._item(type_, link, key, pardon=pardon)
