"""Comments that silence findings: `# wf-ignore: WF301 (reason)` on the line or the line above, `# wf-ignore-file:` for all."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from wf_engine.syntax import Scalar, Token, tokens
from wf_engine.text import Diagnostic, Span, Text
from wf_engine.workspace import SourceFile

MARK = "wf-ignore"
_COMMENT = re.compile(r"#[ \t]*+wf-ignore(-file)?(?![\w-])[ \t]*+:?[ \t]*+([^(\r\n]*+)")
_CODE = re.compile(r"[^\s,]++")


class Code(NamedTuple):
    """A code, or the name of a check, as a comment has it."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment that silences findings. `line` is the line that it is about, None for the whole file."""

    span: Span
    codes: tuple[Code, ...]
    line: int | None

    def silences(self, found: Diagnostic) -> Code | None:
        """The code that silences a finding of its line."""
        return next((code for code in self.codes if code.text in (found.code, found.name)), None)


class Suppressions:
    """The comments of a file that silence findings, and the lines of its texts that run over several."""

    def __init__(self, file: SourceFile) -> None:
        self._text = file.text
        self._first_lines: dict[int, int] = {}
        found = []
        for document, start in zip(file.file.documents, file.file.starts, strict=True):
            pieces = [token._replace(span=token.span.shift(start)) for token in tokens(document)]
            self._note_texts(pieces)
            found += list(_suppressions(file.text, pieces))
        self.all: Sequence[Suppression] = tuple(found)
        self._by_line: dict[int | None, list[tuple[int, Suppression]]] = {}
        for number, each in enumerate(self.all):
            self._by_line.setdefault(each.line, []).append((number, each))

    def _note_texts(self, pieces: Sequence[Token]) -> None:
        for token in pieces:
            if isinstance(token.node, Scalar) and ("\n" in token.text or "\r" in token.text):
                first, last = (self._text.position(offset).line for offset in token.span)
                self._first_lines.update(dict.fromkeys(range(first + 1, last + 1), first))

    def first_line(self, offset: int) -> int:
        """The line of an offset; inside a text of several lines the one at which it begins."""
        line = self._text.position(offset).line
        while line in self._first_lines:
            line = self._first_lines[line]
        return line

    def lines(self, found: Diagnostic) -> tuple[int, ...]:
        """The lines whose comments are about a finding."""
        start = found.location.span.start
        return (self._text.position(start).line, self.first_line(start))

    def silence(self, found: Diagnostic) -> tuple[Suppression, Code] | None:
        """The comment, and the code in it, that silence a finding."""
        near = [pair for line in {*self.lines(found), None} for pair in self._by_line.get(line, ())]
        for _, each in sorted(near, key=itemgetter(0)):
            code = each.silences(found)
            if code is not None:
                return each, code
        return None


def _suppressions(text: Text, pieces: Sequence[Token]) -> Iterator[Suppression]:
    waiting: list[Token] = []
    line_begins = True
    for token in pieces:
        if token.kind == "comment" and (match := _COMMENT.match(token.text)):
            line = None if match[1] else text.position(token.span.start).line
            if line is not None and line_begins:
                waiting.append(token)
            else:
                yield _suppression(token, match, line)
        elif token.kind not in ("comment", "newline"):
            yield from _above(waiting, text.position(token.span.start).line)
            waiting = []
        line_begins = token.kind == "newline" or (line_begins and token.kind == "comment")
    yield from _above(waiting, -1)


def _above(waiting: Sequence[Token], line: int) -> Iterator[Suppression]:
    """Comments on lines of their own are about the line below them."""
    for token in waiting:
        match = _COMMENT.match(token.text)
        if match is not None:
            yield _suppression(token, match, line)


def _suppression(token: Token, match: "re.Match[str]", line: int | None) -> Suppression:
    start = token.span.start
    codes = (Code(each[0], Span(*each.span()).shift(start)) for each in _CODE.finditer(token.text, *match.span(2)))
    return Suppression(token.span, tuple(codes), line)


def silenced(
    file: SourceFile, found: Sequence[Diagnostic]
) -> tuple[list[Diagnostic], Mapping[Suppression, frozenset[Code]]]:
    """What is left of the findings of a file, and of each comment the codes that silenced something."""
    comments = Suppressions(file)
    used: dict[Suppression, set[Code]] = {each: set() for each in comments.all}
    left = []
    for each in found:
        by = comments.silence(each)
        if by is None:
            left.append(each)
        else:
            used[by[0]].add(by[1])
    return left, {each: frozenset(codes) for each, codes in used.items()}
