"""What stands in a document besides its values: comments, punctuation, anchors, tags, line ends.

The tree knows where the scalars are; whatever lies between them is read here, so that a `#` in a text is no comment.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from wf_engine.syntax.document import Document
from wf_engine.syntax.nodes import Alias, Map, Node, Scalar, Seq, children
from wf_engine.text import Span

_GAP = re.compile(
    r"""(?P<space>[ \t]++)|(?P<newline>\r\n|\n|\r)|(?P<marker>^(?:---|\.\.\.)(?=[ \t\r\n]|\Z))|(?P<directive>^%[^\r\n]*+)
    |(?P<comment>\#[^\r\n]*+)|(?P<anchor>&[^\s,\[\]{}]++)|(?P<tag>!<[^>\s]*+>|![^\s,\[\]{}]*+)|(?P<other>.)""",
    re.VERBOSE | re.MULTILINE,
)
_HEADER = re.compile(r"[|>][-+0-9]*+[ \t]*+")
_BLANK_LINES = re.compile(r"(?:\r\n|\n|\r)([ \t]*+(?=[\r\n])|[ \t]++\Z)")
_PUNCTUATION = frozenset("-?:,[]{}")


class Token(NamedTuple):
    """A piece of a document's text. Spaces make none; of a block scalar a comment behind its header makes one too."""

    kind: str
    """`scalar`, `alias`, `comment`, `anchor`, `tag`, `newline`, `marker`, `directive`, `other`, or the sign itself."""
    span: Span
    text: str
    node: Scalar | Alias | None = None


def tokens(document: Document) -> Iterator[Token]:
    """The tokens of a document in the order of the text; offsets are the document's."""
    text, at = document.text, 0
    for node, start, end in _leaves(document):
        if start < at:
            continue
        yield from _between(text, at, start)
        at = _text_end(text, node, start, end)
        yield Token("alias" if isinstance(node, Alias) else "scalar", Span(start, at), text[start:at], node)
        if isinstance(node, Scalar) and node.style in ("literal", "folded"):
            yield from _header_comment(text, start, at)
    yield from _between(text, at, len(text))


def _leaves(document: Document) -> Iterator[tuple[Scalar | Alias, int, int]]:
    """The scalars and aliases that are written, with their ranges in the document."""
    for base, segment in document.segments():
        todo: list[Node] = [segment.node] if segment.node is not None else []
        while todo:
            node = todo.pop()
            if isinstance(node, Map | Seq):
                todo.extend(sorted(_written(node), key=lambda each: (each.start, each.end), reverse=True))
            elif isinstance(node, Alias) or (isinstance(node, Scalar) and node.end > node.start):
                yield node, base + node.start, base + node.end


def _written(node: Map | Seq) -> Iterator[Node]:
    """What is written directly inside a node, `<<` entries included."""
    yield from children(node)
    for pair in node.merges if isinstance(node, Map) else ():
        yield pair.key
        yield pair.value


def _text_end(text: str, node: Scalar | Alias, start: int, end: int) -> int:
    """Where a scalar ends: of a block scalar the lines that end it are its own where they are kept or hold spaces."""
    if not isinstance(node, Scalar) or node.style not in ("literal", "folded"):
        return end
    end = start + len(text[start:end].rstrip(" \t\r\n"))
    header = _HEADER.match(text, start)
    kept = header is not None and "+" in header[0]
    indent = _indent(text, start, end)
    at = end
    while (blank := _BLANK_LINES.match(text, at)) is not None:
        at = blank.end()
        if kept or len(blank[1]) > indent:
            end = at
    return end


def _indent(text: str, start: int, end: int) -> int:
    lines = text[start:end].splitlines()[1:]
    return min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)


def _header_comment(text: str, start: int, end: int) -> Iterator[Token]:
    header = _HEADER.match(text, start, end)
    if header is not None and text[header.end() : header.end() + 1] == "#":
        comment = re.compile(r"#[^\r\n]*+").match(text, header.end(), end)
        if comment is not None:
            yield Token("comment", Span(*comment.span()), comment[0])


def _between(text: str, start: int, end: int) -> Iterator[Token]:
    at = start
    while at < end and (found := _GAP.match(text, at, end)) is not None:
        at = found.end()
        kind = found.lastgroup or "other"
        if kind == "comment" and found.start() and text[found.start() - 1] not in " \t\r\n":
            kind = "other"
        if kind == "other" and found[0] in _PUNCTUATION:
            kind = found[0]
        if kind != "space":
            yield Token(kind, Span(*found.span()), found[0])
