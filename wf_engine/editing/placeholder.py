"""The document as it would be if a word stood at the cursor.

While someone types, the line at the cursor is seldom whole: a key without its colon, a value that is not there yet. A
word put in its place makes it whole, and the cost is that of a keystroke.
"""

import re
from dataclasses import dataclass

from wf_engine.syntax import Document
from wf_engine.text import Edit, Span
from wf_engine.workspace import SourceDocument, SourceFile

WORD = "wfcursor"

_LINE = re.compile(
    r"""(?P<lead>[ ]*(?:-[ ]+)*)(?P<key>"[^"]*"|'[^']*'|[^\s:#'"\[\]{},&*!|>%@`-][^:\r\n]*?)?(?:(?P<colon>[ ]*:(?:[ ]+|\Z))(?P<value>.*))?""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Placed:
    """The patched document and where the word stands in it."""

    source: SourceDocument
    offset: int
    """Offset of the word in the document."""
    role: str
    """`key` or `value`."""
    prefix: str
    """What is typed before the cursor of the word that is being completed."""
    replaces: Span
    """The range in the file that a completion replaces."""
    fresh: bool
    """The word stands alone on its line: a key that is chosen brings its colon."""


def with_word(file: SourceFile, source: SourceDocument, start: int, offset: int) -> Placed:
    """The document with a word at an offset of the file; `start` is where the document begins there."""
    position = file.text.position(offset)
    span = file.text.line_span(position.line)
    line = file.text.slice(span)
    before, after = line[: position.column], line[position.column :]
    match = _LINE.match(line)
    colon_at = match.start("colon") if match and match["colon"] is not None else None
    flow = _flow_start(before)
    if flow is not None:
        return _in_flow(source, start, span, before, after, flow)
    if match is not None and colon_at is not None and position.column > colon_at:
        return _value(source, start, span, line, match, before)
    return _key(source, start, span, line, before, after, has_colon=colon_at is not None)


def _patched(source: SourceDocument, start: int, span: Span, text: str) -> SourceDocument:
    edit = Edit(span.shift(-start), text)
    return SourceDocument(source.path, source.index, _edited(source.tree, edit))


def _edited(document: Document, edit: Edit) -> Document:
    return document.edited(edit)


def _key(
    source: SourceDocument, start: int, span: Span, line: str, before: str, after: str, *, has_colon: bool
) -> Placed:
    lead = re.match(r" *(?:- +|-$)*", before)
    head = before[: lead.end()] if lead else before
    head = head if head.endswith(" ") or not head else head + " "
    prefix = before[len(head) :] if len(head) <= len(before) else ""
    rest = line[len(before) :].lstrip() if has_colon else ""
    tail = rest[rest.index(":") :] if has_colon and ":" in rest else ":"
    patched = _patched(source, start, span, head + WORD + tail)
    word = re.match(r"[\w.$/-]*", after)
    replaces = Span(span.start + len(before) - len(prefix), span.start + len(before) + (word.end() if word else 0))
    return Placed(patched, span.start - start + len(head), "key", prefix, replaces, fresh=not has_colon)


def _value(source: SourceDocument, start: int, span: Span, line: str, match: re.Match[str], before: str) -> Placed:
    begin = match.start("value")
    head = line[:begin] if line[:begin].endswith(" ") else line[:begin] + " "
    prefix = before[begin:] if len(before) > begin else ""
    value = line[begin:]
    comment = re.search(r"\s+#.*$", value)
    end = begin + (comment.start() if comment else len(value.rstrip()))
    patched = _patched(source, start, span, head + WORD)
    replaces = Span(span.start + begin, span.start + max(end, len(before)))
    return Placed(patched, span.start - start + len(head), "value", prefix.lstrip("\"'"), replaces, fresh=False)


def _flow_start(before: str) -> int | None:
    """Where the innermost open flow collection begins in the text before the cursor; None outside of one."""
    stack: list[int] = []
    quote = ""
    for index, char in enumerate(before):
        if quote:
            quote = "" if char == quote and before[index - 1] != "\\" else quote
        elif char in "\"'" and (index == 0 or before[index - 1] in " [{,:"):
            quote = char
        elif char in "[{" and (index == 0 or before[index - 1] in " [{,:" or stack):
            stack.append(index)
        elif char in "]}" and stack:
            stack.pop()
    return stack[-1] if stack and not quote else None


def _in_flow(source: SourceDocument, start: int, span: Span, before: str, after: str, flow: int) -> Placed:
    entry = max(before.rfind(",", flow), flow) + 1
    typed = before[entry:]
    colon = typed.find(": ")
    role = "value" if colon >= 0 or before[flow] == "[" else "key"
    word_start = entry + (colon + 2 if colon >= 0 else len(typed) - len(typed.lstrip()))
    prefix = before[word_start:]
    rest = re.sub(r"^[^,\]}]*", "", after)
    closed = rest if rest else {"[": "]", "{": "}"}[before[flow]]
    tail = ": x" if role == "key" and before[flow] == "{" else ""
    patched = _patched(source, start, span, before[:word_start] + WORD + tail + closed)
    word = re.match(r"[\w.$/@-]*", after)
    replaces = Span(span.start + word_start, span.start + len(before) + (word.end() if word else 0))
    return Placed(patched, span.start - start + word_start, role, prefix, replaces, fresh=role == "key")
