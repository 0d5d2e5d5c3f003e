"""The layout of one document, told from its tokens: what is to stand between each and the next."""

from collections.abc import Iterator
from itertools import takewhile

from wf_engine.editing.block_layout import Block, Blocks, comment_column, is_key
from wf_engine.editing.scalar_layout import moved_lines
from wf_engine.syntax import Scalar, Token
from wf_engine.text import Edit, Span
from wf_engine.workspace import Format

_OPENERS, _CLOSERS = ("[", "{"), ("]", "}")


class Unformattable(Exception):  # noqa: N818 - it is no error: such a text is left alone
    """A document that is not laid out, and where the reason stands."""

    def __init__(self, reason: str, span: Span) -> None:
        super().__init__(reason)
        self.span = span


class DocumentLayout:
    """Goes through the tokens of a document once. `first` and `last`: the document is that of its file."""

    def __init__(
        self, text: str, span: Span, tokens: list[Token], settings: Format, *, first: bool, last: bool
    ) -> None:
        self.text = text
        self.span = span
        self.settings = settings
        self.first, self.last = first, last
        self.tokens = [token for token in tokens if token.kind != "newline"]
        self.blocks = Blocks(settings, [])
        self.brackets: list[str] = []
        self.base = 0
        """Where the flow collection that is open belongs."""
        self.line: tuple[int, int] = (0, 0)
        """The old and the new column at which the current line begins."""

    def edits(self) -> Iterator[Edit]:
        """The edits in the order of the text."""
        at, comments = self.span.start, []
        before: Token | None = None
        for number, token in enumerate(self.tokens):
            gap = Span(at, token.span.start)
            if token.kind == "comment" and before is not None and before.span.end > token.span.start:
                continue  # behind the header of a block scalar
            if self._begins_line(before, gap):
                if token.kind == "comment" and not self.brackets:
                    comments.append((gap, token))
                else:
                    yield from self._line(gap, number, comments)
                    comments = []
            else:
                self._same_line(number, token)
                yield from self._changed(gap, self._space(before, token, gap))
            yield from self._inside(token)
            before, at = token, token.span.end
        yield from self._comments(comments, list(self.blocks.stack), None)
        yield from self._end(at)

    def _begins_line(self, before: Token | None, gap: Span) -> bool:
        return before is None or "\n" in self.text[gap.start : gap.end] or "\r" in self.text[gap.start : gap.end]

    def _line(self, gap: Span, number: int, comments: list[tuple[Span, Token]]) -> Iterator[Edit]:
        """A line that begins with a token, and the comments right above it."""
        above = list(self.blocks.stack)
        old = self._column(self.tokens[number])
        new = self._line_column(number, old)
        self.line = (old, new)
        yield from self._comments(comments, above, (old, new))
        yield from self._changed(gap, self._breaks(gap) + " " * new)

    def _comments(
        self, comments: list[tuple[Span, Token]], blocks: list[Block], following: tuple[int, int] | None
    ) -> Iterator[Edit]:
        for gap, comment in comments:
            column = comment_column(self._column(comment), blocks, following)
            yield from self._changed(gap, self._breaks(gap) + " " * column)

    def _column(self, token: Token) -> int:
        start = token.span.start
        line = self.text.rfind("\n", 0, start) + 1
        line = max(line, self.text.rfind("\r", line, start) + 1)
        return start - line - self.text.startswith("\ufeff", line)

    def _line_column(self, number: int, old: int) -> int:
        """The column at which a line is to begin. Opens and closes blocks."""
        token = self.tokens[number]
        if token.kind in ("marker", "directive"):
            self.blocks.stack.clear()
            return 0
        if self.brackets:
            return self.base + self.settings.indent * (len(self.brackets) - (token.kind in _CLOSERS))
        if self._entry(number, token, behind_dash=False):
            return self.blocks.stack[-1].new
        column = self.blocks.value_column(old)
        self.base = column
        return column

    def _same_line(self, number: int, token: Token) -> None:
        """Takes in a token that stands behind another on its line."""
        if self.brackets or token.kind in (*_OPENERS, *_CLOSERS, ",", ":", "comment"):
            return
        if self.tokens[number - 1].kind == "-":
            self._entry(number, token, behind_dash=True)

    def _entry(self, number: int, token: Token, *, behind_dash: bool) -> bool:
        """Whether a dash or a key of a block begins at a token."""
        if token.kind in ("?", ":", "other"):
            raise Unformattable("it has keys that are no plain texts", token.span)
        kind = "seq" if token.kind == "-" else "map" if is_key(self.tokens, number) else None
        if kind is None:
            if not behind_dash:
                return False
        else:
            self.blocks.enter(kind, self._column(token), behind_dash=behind_dash)
        self.base = self.blocks.inner
        return kind is not None

    def _inside(self, token: Token) -> Iterator[Edit]:
        """Brackets that a token opens or closes, and the lines of a scalar."""
        if token.kind in _OPENERS:
            self.brackets.append(token.kind)
        elif token.kind in _CLOSERS and self.brackets:
            self.brackets.pop()
        elif isinstance(token.node, Scalar) and ("\n" in token.text or "\r" in token.text) and self.blocks.stack:
            top, inner = self.blocks.stack[-1], self.blocks.inner
            if self.brackets:
                inner = self.base + self.settings.indent * len(self.brackets)
            yield from moved_lines(self.text, token.span, token.node, top.old, top.new, inner)

    def _space(self, before: Token | None, token: Token, gap: Span) -> str:
        """What stands between two tokens of a line."""
        kinds = (before.kind if before else "", token.kind)
        written = self.text[gap.start : gap.end]
        if token.kind == "comment":
            return written
        padding = " " if self.settings.brace_spacing else ""
        if kinds[0] in _OPENERS:
            return "" if kinds[1] in _CLOSERS or kinds[0] == "[" else padding
        if kinds[1] in _CLOSERS:
            if kinds[0] == ":":
                return " "
            return padding if kinds[1] == "}" else ""
        if kinds[1] == ",":
            return " " if kinds[0] == ":" else ""
        if kinds[1] == ":":
            return " " if kinds[0] in ("alias", "anchor", "tag") else ""
        return " "

    def _breaks(self, gap: Span) -> str:
        """The line ends in front of a line, with as many blank lines as are kept."""
        found = _line_ends(self.text[gap.start : gap.end])
        if gap.start == 0 or self.text[: gap.start] == "\ufeff":
            return ""
        most = self.settings.blank_lines + (gap.start != self.span.start)
        return "".join(found[:most])

    def _end(self, at: int) -> Iterator[Edit]:
        """The end of the document, which is a line end, and that of the file no more than one."""
        rest = self.text[at : self.span.end]
        found = _line_ends(rest)
        kept = found[:1] if self.last else found[: self.settings.blank_lines + 1]
        wanted = "".join(kept) or (_line_ends(self.text) or ["\n"])[0]
        if self.tokens:
            yield from self._changed(Span(at, self.span.end), wanted)

    def _changed(self, gap: Span, wanted: str) -> Iterator[Edit]:
        written = self.text[gap.start : gap.end]
        if written == wanted:
            return
        same = _same_length(written, wanted)
        same_end = _same_length(written[same:][::-1], wanted[same:][::-1])
        yield Edit(Span(gap.start + same, gap.end - same_end), wanted[same : len(wanted) - same_end])


def _same_length(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _line_ends(text: str) -> list[str]:
    """The line ends of a text, in order."""
    return [line[len(line.rstrip("\r\n")) :] for line in text.splitlines(keepends=True) if line.endswith(("\n", "\r"))]
