"""YAML as refactorings write it, in the style of what stands around it."""

import json
from collections.abc import Iterable
from typing import Any

from wf_engine.checks.fixes import appended_entry, column
from wf_engine.editing.names.spelling import plain_or_quoted
from wf_engine.editing.refactoring.model import Selection
from wf_engine.syntax import Map, Pair, Seq, resolved
from wf_engine.text import FileEdit, Span

INDENT = 2


def flow(value: Any) -> str:
    """A JSON value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{plain_or_quoted(str(key))}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    return plain_or_quoted(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def template(expression: str) -> str:
    """A template in double quotes."""
    return json.dumps("{{" + expression + "}}", ensure_ascii=False)


def shifted(text: str, by: int) -> str:
    """Lines further right, or left where `by` is negative; blank lines stay blank."""
    lines = text.split("\n")
    if by >= 0:
        return "\n".join(" " * by + line if line.strip() else line for line in lines)
    return "\n".join(line[min(-by, len(line) - len(line.lstrip(" "))) :] for line in lines)


def lines_of(selection: Selection, span: Span) -> Span:
    """The whole lines of a range, without the last line end."""
    text = selection.file.text
    end = max(span.end - 1, span.start) if text.slice(span).endswith("\n") else span.end
    return Span(text.line_start(text.position(span.start).line), text.line_span(text.position(end).line).end)


def written(selection: Selection, node: Map | Seq) -> Span:
    """The range of a node without the space behind it."""
    span = selection.extent(node)
    return Span(span.start, span.start + len(selection.file.text.slice(span).rstrip()))


def entry_added(selection: Selection, node: Map, entries: Iterable[str]) -> list[FileEdit] | None:
    """Entries behind those of a map; each may have further lines, indented from its own first."""
    made = list(entries)
    if not node.flow:
        own = [pair for pair in node.pairs if not pair.merged]
        if not own:
            return None
        indent = "\n" + " " * column(own[0].key)
        end = line_end(selection, written(selection, node).end)
        return [selection.edit(Span(end, end), "".join(indent + entry.replace("\n", indent) for entry in made))]
    fix = appended_entry("", node, made)
    return selection.edits(*fix.edits) if fix else None


def entry_before(selection: Selection, pair: Pair, entry: str) -> list[FileEdit]:
    """An entry of a block map in front of another."""
    start = selection.place(pair.key.place).start
    indent = "\n" + " " * column(pair.key)
    return [selection.edit(Span(start, start), entry.replace("\n", indent) + indent)]


def written_end(selection: Selection, pair: Pair) -> int:
    """Where the value of an entry ends, without the space behind it."""
    node = resolved(pair.value)
    return written(selection, node).end if isinstance(node, Map | Seq) else selection.place(node.place).end


def entry_removed(selection: Selection, pair: Pair) -> list[FileEdit]:
    """An entry taken out of a map, with its lines where it has them for itself; a list among others is emptied."""
    key, end, text = selection.place(pair.key.place).start, written_end(selection, pair), selection.file.text
    lines = lines_of(selection, Span(key, end))
    before, behind = text.slice(Span(lines.start, key)), text.slice(Span(end, lines.end))
    if lines.start > 0 and not before.strip() and behind.lstrip()[:1] in ("", "#"):
        return [selection.edit(Span(text.line_span(text.position(lines.start).line - 1).end, lines.end), "")]
    return [selection.edit(Span(end - len(text.slice(selection.extent(pair.value)).rstrip()), end), "[]")]


def line_end(selection: Selection, offset: int) -> int:
    """The end of the line of an offset."""
    text = selection.file.text
    return text.line_span(text.position(offset).line).end


def free_name(wanted: str, taken: Iterable[str | None]) -> str:
    """A name that is not taken yet."""
    names, number, name = set(taken), 2, wanted
    while name in names:
        name, number = f"{wanted}{number}", number + 1
    return name
