"""Strings with `{{ }}` in them, and whole strings that are one expression (language §5)."""

import re
from functools import cached_property

from msgspec import Struct

from wf_engine.expressions.compilation import Program, compile_expression, refusal
from wf_engine.expressions.nodes import Expr
from wf_engine.expressions.old_forms import OldForm
from wf_engine.expressions.parser import Parser
from wf_engine.expressions.plain_paths import plain_path, plain_template
from wf_engine.expressions.problems import Problem
from wf_engine.text import Span

_MARK = re.compile(r"""'(?:[^'\\]++|\\.)*+'|"(?:[^"\\]++|\\.)*+"|[(){}\[\]'"]""", re.DOTALL)
_OPENER_OF = {")": "(", "]": "[", "}": "{"}
_SCANS = 16
"""How often a text may be searched to its end in vain for the end of a template, before the nearest `}}` is taken."""


class _Text(Struct, frozen=True, eq=False):
    text: str

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, _Text) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


class Expression(_Text, frozen=True, eq=False, dict=True):
    """A text that is one expression, braces or not; its tree, and what is wrong with the text. Equal by text."""

    root: Expr
    problems: tuple[Problem, ...]
    old: tuple[OldForm, ...] = ()
    """Old spellings in it (language §10); the tree is in today's."""

    @cached_property
    def program(self) -> Program:
        """The expression made ready to run; where the text has a problem, it raises that."""
        return refusal(self.problems[0]) if self.problems else compile_expression(self.root)


class Embedded(Struct, frozen=True, eq=False):
    """A template's `{{ }}`: all of it is at `span`, what stands between the braces at `inner`."""

    expr: Expr
    span: Span
    inner: Span


class Template(_Text, frozen=True, eq=False, dict=True):
    r"""A text and its parts: literal text, with `\{{` already read, and expressions in braces. Equal by text."""

    parts: tuple[str | Embedded, ...]
    problems: tuple[Problem, ...]
    old: tuple[OldForm, ...] = ()
    """Old spellings in it (language §10); the tree is in today's."""

    @property
    def single(self) -> Expr | None:
        """The expression, where the text is exactly one template with no other character."""
        if len(self.parts) != 1 or isinstance(self.parts[0], str):
            return None
        return self.parts[0].expr

    @property
    def has_templates(self) -> bool:
        r"""Whether any part is an expression. Without one the text may still hold `\{{`, which `literal` has read."""
        return any(isinstance(part, Embedded) for part in self.parts)

    @property
    def literal(self) -> str | None:
        """The string that the text means, where it has no template in it."""
        return None if self.has_templates else "".join([str(part) for part in self.parts])

    @cached_property
    def programs(self) -> tuple[str | Program, ...]:
        """The parts made ready to run; where the text has a problem, running them raises it."""
        if self.problems:
            return (refusal(self.problems[0]),)
        return tuple([part if isinstance(part, str) else compile_expression(part.expr) for part in self.parts])


def parse_expression(text: str) -> Expression:
    """Reads a text that is an expression, such as a condition. Never raises; spans are offsets into the text."""
    path = plain_path(text, Span(0, len(text)))
    if path is not None:
        return Expression(text, path, ())
    parser = Parser(text, Span(0, len(text)))
    root = parser.parse()
    return Expression(text, root, () if parser.problem is None else (parser.problem,), tuple(parser.old))


def parse_template(text: str) -> Template:
    """Reads a text with any number of `{{ }}` in it. Never raises; spans are offsets into the text."""
    if "{{" not in text:
        return Template(text, (text,) if text else (), ())
    return _Reader(text).read()


class _Reader:
    """Cuts a text into its parts."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.parts: list[str | Embedded] = []
        self.problems: list[Problem] = []
        self.old: list[OldForm] = []
        self.scans = _SCANS

    def read(self) -> Template:
        """The whole text."""
        at, literal = 0, ""
        while (opening := self.text.find("{{", at)) >= 0:
            before, escaped = _backslashes(self.text[at:opening])
            literal += before
            at = opening + 2
            if escaped:
                literal += "{{"
                continue
            if literal:
                self.parts.append(literal)
                literal = ""
            at = self._embedded(opening)
        literal += self.text[at:]
        if literal:
            self.parts.append(literal)
        return Template(self.text, tuple(self.parts), tuple(self.problems), tuple(self.old))

    def _embedded(self, opening: int) -> int:
        """Reads the template that begins at `opening`; where it ends."""
        start = opening + 2
        path = plain_template(self.text, start)
        if path is not None:
            expr, closed = path
            self.parts.append(Embedded(expr, Span(opening, closed + 2), Span(start, closed)))
            return closed + 2
        closing = self._closing(start)
        inner = Span(start, len(self.text) if closing is None else closing)
        span = Span(opening, len(self.text) if closing is None else closing + 2)
        parser = Parser(self.text, inner)
        self.parts.append(Embedded(parser.parse(), span, inner))
        self.old += parser.old
        if closing is None:
            message = "This `{{` is never closed."
            hint = "Write `}}` behind the expression; for two literal braces write `\\{{`."
            self.problems.append(Problem(Span(opening, start), message, hint, "unclosed"))
        elif not self.text[start:closing].strip():
            self.problems.append(Problem(span, "Between `{{` and `}}` an expression is missing."))
        elif parser.problem is not None:
            self.problems.append(parser.problem)
        return span.end

    def _closing(self, start: int) -> int | None:
        """The first `}}` outside strings and brackets; where there is none, the first; where there is none, None."""
        if self.scans > 0:
            balanced = _balanced_end(self.text, start)
            if balanced is not None:
                return balanced
            self.scans -= 1
        nearest = self.text.find("}}", start)
        return nearest if nearest >= 0 else None


def _backslashes(before: str) -> tuple[str, bool]:
    """What the text in front of a `{{` means, and whether a backslash takes the braces' meaning away."""
    count = len(before) - len(before.rstrip("\\"))
    return before[: len(before) - (count + 1) // 2], count % 2 == 1


def _balanced_end(text: str, start: int) -> int | None:
    opened: list[str] = []
    for match in _MARK.finditer(text, start):
        mark = match.group()
        if mark in {"'", '"'}:
            return None
        if mark in "([{":
            opened.append(mark)
        elif opened and opened[-1] == _OPENER_OF.get(mark):
            opened.pop()
        elif not opened and text.startswith("}}", match.start()):
            return match.start()
    return None


def bare(expression: str) -> str:
    """An expression as it is written, without the braces around the whole."""
    text = expression.strip()
    inner = text.removeprefix("{{").removesuffix("}}")
    whole = len(text) - len(inner) == len("{{}}") and "{{" not in inner
    return inner.strip() if whole else text
