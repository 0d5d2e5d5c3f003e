"""The types of what is read: roots, and the keys and indexes that follow them (language §6)."""

from collections.abc import Callable, Sequence

from wf_engine.expressions.chains import forgiven, key_of
from wf_engine.expressions.findings import FindingKind
from wf_engine.expressions.functions import FUNCTIONS
from wf_engine.expressions.grammar import KEYED_ROOTS, ROOTS
from wf_engine.expressions.narrowing import Fact, Path, extended
from wf_engine.expressions.nodes import Expr, Index, Literal, Member, Missing, Name, Unary
from wf_engine.expressions.paths import listed, suggestion
from wf_engine.expressions.printing import shown
from wf_engine.expressions.session import Session, in_words, other_kinds, value_kinds
from wf_engine.expressions.values import noun
from wf_engine.text import Span
from wf_engine.types import ANY, NEVER, Type, item_of, may_be_null, nullable, properties, property_of, without_null

_NOUNS = {"tasks": "step", "env": "variable", "secrets": "secret", "forEach": "loop variable"}
_CONFIGURED = frozenset({"env", "secrets"})
"""Roots whose names stand in the configuration: an expression may say what is to be done where one is not there."""


class Reads:
    """Types one run of `.name` and `[index]`; `infer` types the expressions inside brackets."""

    def __init__(
        self, session: Session, links: Sequence[Member | Index], infer: Callable[[Expr], Type], *, lenient: bool
    ) -> None:
        self.session = session
        self.links = links
        self.infer = infer
        self.pardons = forgiven(links, lenient=lenient)
        self.escapes = False
        """Whether the run may have ended in null before its end."""

    def from_root(self, node: Name) -> Type:
        """The type of the run that begins with a root."""
        scope = self.session.scope
        if scope.keyed(node.name):
            return self._from_keyed(node)
        type_ = scope.root(node.name)
        if type_ is None:
            return self._from_unknown(node)
        type_ = self.session.types[node.span] = self.session.knowledge.narrowed(type_, (node.name,))
        return self.from_value(type_, node, (node.name,))

    def from_value(self, type_: Type, target: Expr, path: Path | None, start: int = 0) -> Type:
        """The type of the run from its link number `start` on, where `type_` is that of what it starts from."""
        for link, pardon in zip(self.links[start:], self.pardons[start:], strict=True):
            here = None if path is None else extended(path, link)
            filled = self._filled(type_, target, path, pardon=pardon)
            type_ = self.session.knowledge.narrowed(self._link(filled, link, here, pardon=pardon), here)
            self.session.types[link.span] = type_
            if here is not None and not self.escapes:
                self.session.knowledge.learn((Fact("present", here),))
            target, path = link, here
        if self.escapes:
            type_ = self.session.types[self.links[-1].span] = nullable(type_)
        return type_

    def _filled(self, type_: Type, target: Expr, path: Path | None, *, pardon: bool) -> Type:
        """The type of what is read from: it is not null, or the run ends here."""
        if "null" not in value_kinds(type_):
            return type_
        if pardon:
            self.escapes = True
        elif may_be_null(type_) and not _never_holds(type_):  # else that is what is said of it
            self.session.report_nullable(target, path, "Write `?.` or `?? other` behind it")
        filled = without_null(type_)
        return ANY if filled == NEVER and not pardon else filled

    def _link(self, type_: Type, link: Member | Index, path: Path | None, *, pardon: bool) -> Type:
        if isinstance(link, Member):
            return self._key(type_, link, link.name, path, pardon=pardon)
        index = self.infer(link.index)
        if isinstance(link.index, Literal) and isinstance(link.index.value, str):
            return self._key(type_, link, link.index.value, path, pardon=pardon)
        return self._index(type_, link, index, pardon=pardon)

    def _key(self, type_: Type, link: Member | Index, key: str, path: Path | None, *, pardon: bool) -> Type:
        if not key and isinstance(link, Member):
            return ANY
        if type_ == NEVER:
            return NEVER
        look = property_of(type_, key)
        if look.status == "none":
            return self._no_keys(type_, link, key)
        self.session.doubt(link.target, other_kinds(type_, ["object"]), f"only a map has a key such as `{key}`")
        if look.status in {"forbidden", "undeclared"}:
            return self._unknown_key(type_, link, key, path, forbidden=look.status == "forbidden")
        if look.status != "required" and not self.session.knowledge.is_present(path):
            if pardon:
                self.escapes = True
            elif look.status == "optional":
                self._report_optional(link, key)
        return look.type

    def _no_keys(self, type_: Type, link: Member | Index, key: str) -> Type:
        target = shown(link.target)
        message = f"`{target}` is {in_words(type_)}; only maps and lists have something inside."
        hint = None
        if "array" in value_kinds(type_):
            message = f"`{key}` is no index: `{target}` is a list."
            hint = "Take one item, such as `[0]` or `first(list)`."
        return self.session.report("operand", _key_span(link), message, name=key, hint=hint)

    def _unknown_key(self, type_: Type, link: Member | Index, key: str, path: Path | None, *, forbidden: bool) -> Type:
        target, known = shown(link.target), tuple(properties(type_))
        lower = key.lower()
        if not known and lower != key and property_of(type_, lower).status == "allowed":  # a header
            known = (lower,)
        data = {"root": str(path[0]) if path else "", "target": target}
        if target == "input":
            message = f"There is no input `{key}`; {listed('the inputs are', known)}"
        elif forbidden:
            message = f"There is no `{key}` in `{target}`; {listed('the keys are', known)}"
        else:
            message = f"The schema of `{target}` does not declare `{key}`; {listed('it declares', known)}"
        message += suggestion(key, known)
        kind: FindingKind = "unknown_property" if forbidden else "undeclared_property"
        return self.session.report(kind, _key_span(link), message, name=key, known=known, data=data)

    def _report_optional(self, link: Member | Index, key: str) -> None:
        message = f"`{key}` may be missing from `{shown(link.target)}`: its schema does not require it."
        hint = f"Write `{'?.' + key if isinstance(link, Member) else '?.[…]'}`, or add `?? other`."
        data = {"target": shown(link.target)}
        self.session.report("optional_read", _key_span(link), message, name=key, hint=hint, data=data)

    def _index(self, type_: Type, link: Index, index: Type, *, pardon: bool) -> Type:
        """`target[index]`, where the index is not a string that stands in the text."""
        target, keys = value_kinds(type_), value_kinds(index)
        self.escapes |= pardon
        if isinstance(link.index, Missing) or not target or not keys:
            return ANY if isinstance(link.index, Missing) else NEVER
        if "array" in target and _is_no_index(link.index):
            message = f"An index is a whole number from 0 up, not {shown(link.index)}."
            return self.session.report("operand", link.index.span, message, hint="The last item is `last(list)`.")
        item = item_of(type_) if "array" in target and "number" in keys else NEVER
        if "object" in target and "string" in keys:
            item = ANY
        elif "array" not in target or "number" not in keys:
            return self._wrong_index(type_, link, index)
        self.session.require_filled(link.index, index)
        if len(target) == 1:
            wanted = "number" if "array" in target else "string"
            self.session.doubt(link.index, other_kinds(index, [wanted]), f"what stands here has to be {noun(wanted)}")
        else:
            others = other_kinds(type_, ["array", "object"])
            self.session.doubt(link.target, others, "only maps and lists have something inside")
        return ANY if item == NEVER and not pardon else item

    def _wrong_index(self, type_: Type, link: Index, index: Type) -> Type:
        found = value_kinds(type_)
        if "array" in found:
            message = f"An index of a list is a number; this is {in_words(index)}."
        elif "object" in found:
            message = f"A key of a map is a string; this is {in_words(index)}."
        else:
            message = f"`{shown(link.target)}` is {in_words(type_)}; only maps and lists have something inside."
        return self.session.report("operand", link.index.span, message)

    def _from_keyed(self, node: Name) -> Type:
        """A root such as `tasks`, and the name that has to follow it."""
        first = self.links[0] if self.links else None
        key = key_of(first) if first is not None else None
        if first is None or not isinstance(key, str):
            return self._from_whole(node, first)
        type_ = self.session.scope.member(node.name, key)
        if type_ is None and node.name in _CONFIGURED and self.pardons[0]:
            self.escapes, type_ = True, NEVER
        if type_ is None:
            return self._unknown_member(node.name, key, first)
        self._note_key(first)
        if node.name == "tasks" and not self._reads_part_of_step(key, first):
            return self._rest_is_any()
        type_ = self.session.types[first.span] = self.session.knowledge.narrowed(type_, (node.name, key))
        return self.from_value(type_, first, (node.name, key), start=1)

    def _note_key(self, link: Member | Index) -> None:
        if isinstance(link, Index):
            self.infer(link.index)

    def _from_whole(self, node: Name, first: Member | Index | None) -> Type:
        wanted = KEYED_ROOTS.get(node.name, "a name")
        if isinstance(first, Index) and not isinstance(first.index, Missing):
            message = f"What is read of `{node.name}` cannot be computed: it has to be followed by {wanted}."
            self.session.report("forbidden_root_use", first.index.span, message, name=node.name)
        elif first is None:
            message = f"`{node.name}` has to be followed by {wanted}."
            self.session.report("forbidden_root_use", node.span, message, name=node.name)
        return self._rest_is_any()

    def _reads_part_of_step(self, step: str, first: Member | Index) -> bool:
        """Whether `tasks.ID` is followed by a name, as it has to be."""
        following = self.links[1] if len(self.links) > 1 else None
        if following is not None and key_of(following) is not None:
            return True
        if following is None or (isinstance(following, Index) and not isinstance(following.index, Missing)):
            message = f"`{shown(first)}` has to be followed by `.output`, `.status` or `.response`."
            span = _key_span(first) if following is None else _key_span(following)
            self.session.report("forbidden_root_use", span, message, name=step)
        return False

    def _unknown_member(self, root: str, name: str, link: Member | Index) -> Type:
        known = self.session.scope.members(root)
        message = f"There is no {_NOUNS.get(root, 'name')} `{name}` here; {listed('there are', known)}"
        message += suggestion(name, known)
        self.session.report("unknown_member", _key_span(link), message, name=name, known=known, data={"root": root})
        return self._rest_is_any()

    def _from_unknown(self, node: Name) -> Type:
        known = self.session.scope.roots()
        message = f"`{node.name}` is not known here; {listed('there are', known)}{suggestion(node.name, known)}"
        hint: str | None = f"If the text is meant, quote it: '{node.name}'."
        if node.name in FUNCTIONS:
            hint = f"`{node.name}` is a function: write `{node.name}(…)`."
        elif node.name in ROOTS:
            message, hint = f"`{node.name}` cannot be read in this place; {listed('there are', known)}", None
        self.session.report("unknown_root", node.span, message, name=node.name, known=known, hint=hint)
        return self._rest_is_any()

    def _rest_is_any(self) -> Type:
        """The type after an error: any, though what stands in brackets is still looked at."""
        for link in self.links:
            self._note_key(link)
            self.session.types[link.span] = ANY
        return ANY


def _never_holds(type_: Type) -> bool:
    """Whether no value of a type but null has anything inside."""
    inside = value_kinds(type_) - {"null"}
    return bool(inside) and inside.isdisjoint({"object", "array"})


def _key_span(link: Member | Index) -> Span:
    return link.name_span if isinstance(link, Member) else link.index.span


def _is_no_index(index: Expr) -> bool:
    """Whether it is a number in the text that is negative or has a fraction."""
    if isinstance(index, Unary):
        return index.op == "-" and isinstance(index.operand, Literal) and index.operand.value != 0
    return isinstance(index, Literal) and isinstance(index.value, float) and not index.value.is_integer()
