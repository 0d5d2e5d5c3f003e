"""Tokens into a tree, whatever the text.

Precedence climbing with a stack of its own: brackets, unary operators and branches recurse, at most 100 deep
(language §5); operators and chains do not, so that their length is bounded by nothing but the text's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from wf_engine.expressions.brackets import CLOSERS, Brackets
from wf_engine.expressions.errors import MisuseError
from wf_engine.expressions.grammar import COMPARISON, LEVELS, SLIPS, WORDS
from wf_engine.expressions.nodes import (
    Binary,
    Call,
    Coalesce,
    Conditional,
    Entry,
    Expr,
    Index,
    ListExpr,
    Literal,
    Member,
    Missing,
    Name,
    ObjectExpr,
    Unary,
)
from wf_engine.expressions.old_forms import OLD_NAMES, OldForm, link_key, modernised
from wf_engine.expressions.strings import unescape
from wf_engine.expressions.values import read_number
from wf_engine.text import Span

MAX_NESTING = 100
MAX_LENGTH = 100_000
"""Characters of one expression. No person writes as many, and an editor reads it anew with every key."""
_LENGTH_HINT = "Compute parts of it in steps of their own."
_MAX_HEIGHT = 200
"""How high a tree may grow: a level of brackets can add six nodes, one for each operator that waits for its right side.
Twice the nesting, so that nobody meets it before the other, and few enough for what goes through trees by recursion."""


@dataclass(frozen=True, slots=True)
class _Pending:
    """A left operand, which began at `start`, and the operator that waits for the right one."""

    start: int
    left: Expr
    op: str

    def join(self, right: Expr, end: int) -> Expr:
        """The operation, once its right operand is known."""
        span = Span(self.start, end)
        if self.op == "??":
            return Coalesce(span, self.left, right)
        return Binary(span, self.op, self.left, right)


class Parser(Brackets):
    """Reads one expression from a range of a text. Its nodes' spans are offsets into the whole text."""

    def __init__(self, text: str, span: Span) -> None:
        self._nesting = 0
        self._height = 0
        self.old: list[OldForm] = []
        """Old spellings that were read (language §10)."""
        too_long = span.end - span.start > MAX_LENGTH
        super().__init__(text, Span(span.end, span.end) if too_long else span)
        if too_long:
            self.report(span, f"The expression is longer than {MAX_LENGTH:,} characters.", _LENGTH_HINT, "depth")

    def parse(self) -> Expr:
        """The tree; `problem` then holds what was wrong."""
        if self.kind == "end":
            span = Span(self.end, self.limit) if self.problem is None else Span(self.limit, self.limit)
            self.report(span, "An expression is missing here.")
            return Missing(span)
        root = self._expression()
        if self.kind != "end":
            self.report_unexpected()
        return root

    def _expression(self, *, pipes: bool = True) -> Expr:
        if self._too_deep():
            return self._missing()
        nesting, height = self._nesting, self._height
        self._nesting += 1
        self._height += 1
        pending: list[_Pending] = []
        start, node = self._operand()
        outermost = start
        while (op := self._infix()) is not None:
            while pending and LEVELS[pending[-1].op] >= LEVELS[op]:
                self._check_comparison(pending[-1].op, op)
                start, node = self._reduce(pending, node)
            pending.append(_Pending(start, node, op))
            self.advance()
            self._height = height + 1 + len(pending)
            start, node = self._operand()
        while pending:
            start, node = self._reduce(pending, node)
        self._height = height + 1
        if self.kind == "?":
            node = self._conditional(outermost, node)
        while pipes and self.kind == "|":
            node = self._pipe(outermost, node)
        self._nesting, self._height = nesting, height
        return node

    def _reduce(self, pending: list[_Pending], right: Expr) -> tuple[int, Expr]:
        waiting = pending.pop()
        return waiting.start, waiting.join(right, self.end)

    def _too_deep(self) -> bool:
        if self._nesting <= MAX_NESTING and self._height <= _MAX_HEIGHT:
            return False
        message = f"The expression is nested more than {MAX_NESTING} deep."
        self.report(self.span, message, "Compute a part of it in a step of its own.", "depth")
        self.skip_to_end()
        return True

    def _infix(self) -> str | None:
        """The operator at the current token, or the one that was meant; None where there is none."""
        if self.kind in LEVELS:
            return self.kind
        written = self.word if self.kind == "name" else self.kind
        if written == "in":
            return "in"
        meant = SLIPS.get(written)
        if meant is not None:
            self.report(self.span, f"`{written}` is no operator here.", f"Write `{meant}`.")
        return meant

    def _check_comparison(self, first: str, second: str) -> None:
        if LEVELS[first] == LEVELS[second] == COMPARISON:
            hint = "Join two comparisons with `&&`: `a < b && b < c`."
            self.report(self.span, "Comparisons cannot be chained.", hint)

    def _conditional(self, start: int, test: Expr) -> Expr:
        self.advance()
        then = self._expression(pipes=False)
        if self.kind == ":":
            self.advance()
            otherwise = self._expression(pipes=False)
        else:
            self.report(self.last, "`:` and a value for the other case are missing.", "Write `test ? value : other`.")
            otherwise = self._missing()
        return Conditional(Span(start, self.end), test, then, otherwise)

    def _pipe(self, start: int, value: Expr) -> Expr:
        self.advance()
        name, name_span = self._name_after("a function's name")
        args: list[Expr] = [value]
        if self.kind == "(":
            args += self._items(trailing=False)
        return Call(Span(start, self.end), name, name_span, tuple(args), piped=True)

    def _name_after(self, wanted: str) -> tuple[str, Span]:
        """The name at the current token, or an empty one right behind the token before it."""
        if self.kind == "name":
            found = self.word, self.span
            self.advance()
            return found
        self.report(self.last, f"After `{self.text_of(self.last)}`, {wanted} is missing.")
        return "", Span(self.end, self.end)

    def _operand(self) -> tuple[int, Expr]:
        """An operand, and where it begins, which is before the node itself where it stands in parentheses."""
        nesting, height = self._nesting, self._height
        prefixes = self._prefixes()
        start = self.start
        primary = self._primaries.get(self.kind)
        node = self._nothing() if primary is None else primary(self)
        start = min(start, node.span.start)
        while self.kind in {".", "?.", "[", "("}:
            node = self._postfix(start, node)
        for begin, op in reversed(prefixes):
            node = Unary(Span(begin, self.end), op, node)
        self._nesting, self._height = nesting, height
        return (prefixes[0][0] if prefixes else start), node

    def _prefixes(self) -> list[tuple[int, str]]:
        """The unary operators at the current token: where each stands, and which it is."""
        found = []
        while self.kind in {"!", "-"} and not self._too_deep():
            found.append((self.start, self.kind))
            self._nesting += 1
            self._height += 1
            self.advance()
        return found

    def _nothing(self) -> Expr:
        """Reports that an operand is missing; the token that stands in its place is left where it is."""
        before, word = self.text_of(self.last), self.word
        if self.kind in LEVELS or self.kind in {".", "?.", "?", "|"} or word == "in":
            self.report(self.span, f"Something is missing before `{word}`.")
        elif before:
            self.report(self.last, f"Something is missing after `{before}`.")
        else:
            self.report(self.span, f"An expression cannot begin with `{word}`.")
        return self._missing()

    def _missing(self) -> Missing:
        return Missing(Span(self.end, self.end))

    def _today(self, link: Member | Index) -> Expr:
        """A link in today's spelling; an old one is noted."""
        found = modernised(link, self.text) if link_key(link) in OLD_NAMES else None
        if found is None:
            return link
        expr, old = found
        self.old.append(old)
        return expr

    def _postfix(self, start: int, target: Expr) -> Expr:
        if self.kind == "(":
            return self._method(start, target)
        optional = self.kind == "?."
        if self.kind != "[":
            self.advance()
            if self.kind in {"number", "string"}:
                return self._dotted_index(start, target, optional=optional)
            if self.kind != "[" or not optional:
                name, name_span = self._name_after("a name")
                return self._today(Member(Span(start, self.end), target, name, name_span, optional))
        opener = self.span
        self.advance()
        index = self._expression()
        self.close(opener)
        return self._today(Index(Span(start, self.end), target, index, optional))

    def _dotted_index(self, start: int, target: Expr, *, optional: bool) -> Expr:
        hint = f"Write `{'?.' if optional else ''}[{self.word}]`."
        self.report(self.span, f"After a dot stands a name; `{self.word}` goes in brackets.", hint)
        index = self._primaries[self.kind](self)
        return Index(Span(start, self.end), target, index, optional)

    def _method(self, start: int, target: Expr) -> Expr:
        """`a.f(b)`, which is read as `a | f(b)`: the language has no methods."""
        if isinstance(target, Member):
            value, name, name_span = target.target, target.name, target.name_span
            self.report(name_span, f"There are no methods: `.{name}(…)` calls nothing.", f"Write `… | {name}(…)`.")
        else:
            value, name, name_span = target, "", Span(self.end, self.end)
            self.report(self.span, "Only a function can be called, by its name.")
        args = (value, *self._items(trailing=False))
        return Call(Span(start, self.end), name, name_span, args, piped=True)

    def _word(self) -> Expr:
        span, word = self.span, self.word
        if word == "in":
            return self._nothing()
        self.advance()
        if word in WORDS:
            return Literal(span, WORDS[word])
        if self.kind == "(":
            args = self._items(trailing=False)
            return Call(Span(span.start, self.end), word, span, tuple(args), piped=False)
        return Name(span, word)

    def _number(self) -> Expr:
        span, word = self.span, self.word
        self.advance()
        try:
            return Literal(span, read_number(word))
        except MisuseError as error:
            self.report(span, error.message)
            return Literal(span, 0)

    def _string(self) -> Expr:
        span = self.span
        self.advance()
        return Literal(span, self._unescaped(span))

    def _unescaped(self, span: Span) -> str:
        """What the string that stands at `span` in its quotes means."""
        raw = self.text[span.start + 1 : span.end - 1]
        base = span.start + 1
        return unescape(raw, lambda start, end, message: self.report(Span(base + start, base + end), message))

    def _open_string(self) -> Expr:
        span = self.span
        self.report(Span(span.start, span.start + 1), "This quote is never closed.", kind="unclosed")
        self.advance()
        return Literal(span, self.text[span.start + 1 : span.end])

    def _group(self) -> Expr:
        opener = self.span
        self.advance()
        self._height -= 1  # parentheses leave no node
        node = self._expression()
        self._height += 1
        self.close(opener)
        return node

    def _list(self) -> Expr:
        start = self.start
        items = self._items(trailing=True)
        return ListExpr(Span(start, self.end), tuple(items))

    def _items(self, *, trailing: bool) -> list[Expr]:
        """What stands in the bracket that begins at the current token; `trailing`: a comma may stand at its end."""
        opener, closer = self.span, CLOSERS[self.kind]
        items: list[Expr] = []
        self.advance()
        while self.kind not in {closer, "end"}:
            items.append(self._expression())
            if not self._next_item():
                break
            if self.kind == "end" or (self.kind == closer and not trailing):
                items.append(self._missing())
        if self.kind == closer and items and isinstance(items[-1], Missing):
            self.report(self.last, "After `,`, an argument is missing.")
        self.close(opener)
        return items

    def _next_item(self) -> bool:
        """Goes past the comma between two items; where one was forgotten, as if it were there."""
        if self.kind == ",":
            self.advance()
            return True
        if self.at_operand:
            self.report(self.span, f"`,` is missing before `{self.word}`.")
        return self.at_operand

    def _object(self) -> Expr:
        opener = self.span
        entries: list[Entry] = []
        self.advance()
        while self.kind not in {"}", "end"}:
            entry = self._entry()
            if entry is None:
                break
            entries.append(entry)
            if not self._next_item():
                break
        self.close(opener)
        return ObjectExpr(Span(opener.start, self.end), tuple(entries))

    def _entry(self) -> Entry | None:
        span = self.span
        if self.kind not in {"name", "string"}:
            message = f"`{self.word}` is no key: a key is a name or a string in quotes."
            self.report(span, message)
            return None
        key = self.word if self.kind == "name" else self._unescaped(span)
        self.advance()
        if self.kind == ":":
            self.advance()
            return Entry(key, span, self._expression())
        self.report(span, f"After the key `{key}`, `:` and a value are missing.")
        return Entry(key, span, self._expression() if self.at_operand else self._missing())

    _primaries: ClassVar[Mapping[str, Callable[["Parser"], Expr]]] = {
        "name": _word,
        "number": _number,
        "string": _string,
        "open": _open_string,
        "(": _group,
        "{{": _group,
        "[": _list,
        "{": _object,
    }
