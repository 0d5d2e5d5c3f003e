"""Finding the end of a bracket, and saying what stands in its place."""

from wf_engine.expressions.lexer import Lexer
from wf_engine.text import Span

CLOSERS = {"(": ")", "[": "]", "{": "}", "{{": "}}"}
_OPENED = {"(": 1, "[": 1, "{": 1, "{{": 2, ")": -1, "]": -1, "}": -1}
"""By how much a token changes the number of closing brackets that are due."""
_TEXT_HINT = "A text stands in quotes: 'some text'."


class Brackets(Lexer):
    """Tokens, with brackets that are looked for until they close."""

    def text_of(self, span: Span) -> str:
        """The text of a range."""
        return self.text[span.start : span.end]

    def close(self, opener: Span) -> None:
        """Goes past the end of the bracket that began at `opener`, leaving out what stands before it."""
        bracket = self.text_of(opener)
        closer = CLOSERS[bracket]
        if self._closes(closer):
            return
        if self.kind == "end":
            self.report(opener, f"`{bracket}` is never closed.", f"`{closer}` is missing.", "unclosed")
        else:
            self.report_unexpected(f"`{closer}` should close the `{bracket}` here.")
        self._skip_past(closer)

    def report_unexpected(self, wanted: str | None = None) -> None:
        """Says that the current token cannot stand where it does; `wanted` is the advice where there is no better."""
        word = self.word
        if self.kind in {")", "]", "}"}:
            message = f"`{word}` closes nothing." if wanted is None else f"`{word}` is unexpected."
            self.report(self.span, message, wanted)
        elif self.at_operand:
            hint = "Write `!x` for `not x`." if self.text_of(self.last) == "not" else _TEXT_HINT
            self.report(self.span, f"An operator is missing before `{word}`.", hint)
        else:
            hint = "What a function gives is used further in parentheses: `(x | f) + 1`."
            self.report(self.span, f"`{word}` is unexpected.", wanted or hint)

    def _closes(self, closer: str) -> bool:
        if self.kind != "}" or closer == "}":
            found = self.kind == closer
        else:
            found = closer == "}}" and self.text.startswith("}", self.stop, self.limit)
        if found:
            for _ in closer:
                self.advance()
        return found

    def _skip_past(self, closer: str) -> None:
        due = 0
        while self.kind != "end":
            if due == 0 and self._closes(closer):
                return
            due = max(0, due + _OPENED.get(self.kind, 0))
            self.advance()
