"""Text into tokens, one at a time."""

import re

from wf_engine.expressions.problems import Problem, ProblemKind
from wf_engine.text import Span

# Every repetition is possessive: nothing is tried twice, whatever the text.
_TOKEN = re.compile(
    r"""[ \t\r\n]*+(?:
      (?P<name>[A-Za-z_$][A-Za-z0-9_]*+(?:-++[A-Za-z0-9_]++)*+(?!\w))
    | (?P<word>(?:[^\W\d]|\$)\w*+(?:-++\w++)*+)
    | (?P<number>[0-9]++(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+)
    | (?P<string>'(?:[^'\\]++|\\.)*+'|"(?:[^"\\]++|\\.)*+")
    | (?P<open>['"])
    | (?P<operator>\{\{|\?\?|\?\.|&&|\|\||[=!<>]=|[-+*/%<>!?:.,|()\[\]{}=&])
    | (?P<end>\Z)
    | (?P<bad>.)
    )""",
    re.VERBOSE | re.DOTALL,
)
_GROUPS = {number: name for name, number in _TOKEN.groupindex.items()}
_CURLY_QUOTES = "‘’“”„‚«»`´"
_OPERAND_KINDS = frozenset({"name", "number", "string", "open", "(", "[", "{", "{{", "!", "-"})


class Lexer:
    """The current token of a range of a text, and the first problem found in it.

    `kind` is `name`, `number`, `string`, `open` (a string without an end), `end`, or the operator itself. The token
    stands at `start` to `stop`, and the token before it ended at `end`. Only the first problem is kept: what a
    confused reader says after it is noise.
    """

    def __init__(self, text: str, span: Span) -> None:
        self.text = text
        self.limit = span.end
        self.problem: Problem | None = None
        self.kind = ""
        self.start = self.stop = self.end = self._last_start = span.start
        self.advance()

    @property
    def last(self) -> Span:
        """Where the token before the current one stands."""
        return Span(self._last_start, self.end)

    @property
    def span(self) -> Span:
        """Where the current token stands."""
        return Span(self.start, self.stop)

    @property
    def word(self) -> str:
        """The text of the current token."""
        return self.text[self.start : self.stop]

    @property
    def at_operand(self) -> bool:
        """Whether the current token can begin an operand."""
        return self.kind in _OPERAND_KINDS

    def report(self, span: Span, message: str, hint: str | None = None, kind: ProblemKind = "syntax") -> None:
        """Notes a problem, unless there is one already."""
        if self.problem is None:
            self.problem = Problem(span, message, hint, kind)

    def advance(self) -> None:
        """Goes to the next token; characters that no token begins with are reported and left out."""
        self._last_start, self.end = self.start, self.stop
        self._read()
        while self.kind == "bad":
            self._report_character()
            self._read()

    def skip_to_end(self) -> None:
        """Leaves out the rest of the text."""
        self.start = self.stop = self.end = self._last_start = self.limit
        self.kind = "end"

    def _read(self) -> None:
        match = _TOKEN.match(self.text, self.stop, self.limit)
        if match is None or match.lastindex is None:  # cannot be: the last two alternatives match anything
            self.skip_to_end()
            return
        self.start, self.stop = match.span(match.lastindex)
        kind = _GROUPS[match.lastindex]
        if kind == "operator":
            kind = match.group(match.lastindex)
        elif kind == "open":
            self.stop = self.limit
        elif kind == "word":
            self._report_letters()
            kind = "name"
        self.kind = kind

    def _report_letters(self) -> None:
        quoted = f'"{self.word}"'
        self.report(
            self.span,
            f"`{self.word}` is no name: names are made of the letters a to z, digits, `_` and `-`.",
            f"For a text, quote it: {quoted}; for a key, write it in brackets: [{quoted}].",
        )

    def _report_character(self) -> None:
        character = self.word
        shown = f"`{character}`" if character.isprintable() else f"The character U+{ord(character):04X}"
        hint = "Strings stand in straight quotes: 'text' or \"text\"." if character in _CURLY_QUOTES else None
        self.report(self.span, f"{shown} has no meaning in an expression.", hint)
