"""Tokens into a tree, whatever the text.

Precedence climbing with a stack of its own: brackets, unary operators and branches recurse, at most 100 deep
(language §5); operators and chains do not, so that their length is bounded by nothing but the text's.
"""

import math
from dataclasses import dataclass

from wf_engine.expressions.lexer import Lexer
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
from wf_engine.expressions.printing import COMPARISON, LEVELS
from wf_engine.expressions.strings import unescape
from wf_engine.text import Span

MAX_NESTING = 100
_MAX_HEIGHT = 250
"""How high a tree may grow: a level of brackets adds up to six, one for each operator that waits for its right side."""

_WORDS: dict[str, None | bool] = {"null": None, "true": True, "false": False}
_SLIPS = {"=": "==", "&": "&&", "and": "&&", "or": "||"}
"""What people write for an operator who come from another language."""
_CLOSERS = {"(": ")", "[": "]", "{": "}", "{{": "}"}


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


class Parser(Lexer):
    """Reads one expression from a range of a text. Its nodes' spans are offsets into the whole text."""

    def __init__(self, text: str, span: Span) -> None:
        self._nesting = 0
        self._height = 0
        super().__init__(text, span)

    def parse(self) -> Expr:
        """The tree; `problem` then holds what was wrong."""
        if self.kind == "end":
            span = Span(self.end, self.limit) if self.problem is None else Span(self.limit, self.limit)
            self.report(span, "An expression is missing here.")
            return Missing(span)
        root = self._expression()
        if self.kind != "end":
            self._report_rest()
        return root

    def _expression(self, *, pipes: bool = True) -> Expr:
        if self._too_deep():
            return self._missing()
        nesting, height = self._nesting, self._height
        self._nesting += 1
        self._height += 1
        outermost = start = self.start
        pending: list[_Pending] = []
        node = self._operand()
        while (op := self._infix()) is not None:
            while pending and LEVELS[pending[-1].op] >= LEVELS[op]:
                self._check_comparison(pending[-1].op, op)
                start, node = self._reduce(pending, node)
            pending.append(_Pending(start, node, op))
            self.advance()
            self._height = height + 1 + len(pending)
            start = self.start
            node = self._operand()
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
        meant = _SLIPS.get(written)
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
            args += self._arguments()
        return Call(Span(start, self.end), name, name_span, tuple(args), piped=True)

    def _name_after(self, wanted: str) -> tuple[str, Span]:
        """The name at the current token, or an empty one right behind the token before it."""
        if self.kind == "name":
            found = self.word, self.span
            self.advance()
            return found
        self.report(self.last, f"After `{self.text[slice(*self.last)]}`, {wanted} is missing.")
        return "", Span(self.end, self.end)

    def _operand(self) -> Expr:
        prefixes: list[tuple[int, str]] = []
        while self.kind in {"!", "-"}:
            prefixes.append((self.start, self.kind))
            self.advance()
        self._nesting += len(prefixes)
        self._height += len(prefixes)
        if self._too_deep():
            del prefixes[MAX_NESTING:]
        start = self.start
        primary = _PRIMARIES.get(self.kind)
        node = self._nothing() if primary is None else primary(self)
        while self.kind in {".", "?.", "[", "("} and self.kind != "end":
            node = self._postfix(start, node)
        for begin, op in reversed(prefixes):
            node = Unary(Span(begin, self.end), op, node)
        self._nesting -= len(prefixes)
        self._height -= len(prefixes)
        return node

    def _nothing(self) -> Expr:
        """Reports that an operand is missing; the token that stands in its place is left where it is."""
        before, word = self.text[slice(*self.last)], self.word
        if self.kind in LEVELS or self.kind in {".", "?.", "?", "|"}:
            self.report(self.span, f"Something is missing before `{word}`.")
        elif before:
            self.report(self.last, f"Something is missing after `{before}`.")
        else:
            self.report(self.span, f"`{word}` cannot stand at the beginning of an expression.")
        return self._missing()

    def _missing(self) -> Missing:
        return Missing(Span(self.end, self.end))

    def _postfix(self, start: int, target: Expr) -> Expr:
        if self.kind == "(":
            return self._method(start, target)
        optional = self.kind == "?."
        if self.kind != "[":
            self.advance()
            if self.kind == "[" and not optional:
                self.report(self.last, "Between `.` and `[` a name is missing.", "Write `list[0]`, without the dot.")
            if self.kind in {"number", "string"}:
                return self._dotted_index(start, target, optional=optional)
            if self.kind != "[":
                name, name_span = self._name_after("a name")
                return Member(Span(start, self.end), target, name, name_span, optional)
        opener = self.span
        self.advance()
        index = self._expression()
        self._close(opener)
        return Index(Span(start, self.end), target, index, optional)

    def _dotted_index(self, start: int, target: Expr, *, optional: bool) -> Expr:
        hint = f"Write `{'?.' if optional else ''}[{self.word}]`."
        self.report(self.span, f"After `.` a name stands, `{self.word}` goes in brackets.", hint)
        index = _PRIMARIES[self.kind](self)
        return Index(Span(start, self.end), target, index, optional)

    def _method(self, start: int, target: Expr) -> Expr:
        """`a.f(b)`, which is read as `a | f(b)`; the language has no methods."""
        if isinstance(target, Member):
            hint = f"Write `… | {target.name}(…)`."
            self.report(target.name_span, f"There are no methods, so `.{target.name}(…)` cannot be called.", hint)
            args = (target.target, *self._arguments())
            return Call(Span(start, self.end), target.name, target.name_span, args, piped=True)
        self.report(self.span, "Only a function can be called, by its name.")
        return Call(Span(start, self.end), "", Span(self.end, self.end), (target, *self._arguments()), piped=True)

    def _word(self) -> Expr:
        span, word = self.span, self.word
        if word == "in":
            return self._nothing_before_in()
        self.advance()
        if self.kind == "(" and word not in _WORDS:
            args = self._arguments()
            return Call(Span(span.start, self.end), word, span, tuple(args), piped=False)
        return Literal(span, _WORDS[word]) if word in _WORDS else Name(span, word)

    def _nothing_before_in(self) -> Expr:
        self.report(self.span, "Something is missing before `in`.")
        return self._missing()

    def _number(self) -> Expr:
        span, word = self.span, self.word
        self.advance()
        whole = word.isdigit()
        value = float(word)
        if math.isinf(value):
            self.report(span, "The number is too large: numbers go up to 1.7976931348623157e308.")
            return Literal(span, 0)
        return Literal(span, int(word) if whole else value)

    def _string(self) -> Expr:
        span = self.span
        raw = self.text[span.start + 1 : span.end - 1]
        self.advance()
        return Literal(span, unescape(raw, self._report_escape(span.start + 1)))

    def _open_string(self) -> Expr:
        span = self.span
        self.report(Span(span.start, span.start + 1), "This quote is never closed.", kind="unclosed")
        self.advance()
        return Literal(span, self.text[span.start + 1 : span.end])

    def _group(self) -> Expr:
        opener = self.span
        self.advance()
        node = self._expression()
        self._close(opener)
        return node

    def _list(self) -> Expr:
        start = self.start
        items = self._items(trailing=True)
        return ListExpr(Span(start, self.end), tuple(items))

    def _arguments(self) -> list[Expr]:
        return self._items(trailing=False)

    def _items(self, *, trailing: bool) -> list[Expr]:
        """What stands between the bracket at the current token and its end; `trailing`: the last comma may be over."""
        opener = self.span
        closer = _CLOSERS[self.kind]
        items: list[Expr] = []
        self.advance()
        while self.kind not in {closer, "end"}:
            items.append(self._expression())
            if self.kind == "," and self._comma(closer, trailing=trailing):
                items.append(self._missing())
            elif self.last_is_no_comma and not self._comma_is_missing():
                break
        self._close(opener)
        return items
