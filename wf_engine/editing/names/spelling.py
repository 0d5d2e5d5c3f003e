"""How a name is spelt in its place: as YAML text in its style, behind a dot or in brackets, with the quotes it needs."""

import json
import re

from wf_engine.editing.names.model import Occurrence, Subject
from wf_engine.expressions.grammar import is_name
from wf_engine.expressions.strings import quote
from wf_engine.syntax import Place, Scalar
from wf_engine.text import Span

Written = list[tuple[Place, str]]

_PLAIN = re.compile(r"[A-Za-z_][\w./@-]*+(?: [\w./@-]++)*+|[0-9]++\.[0-9]++\.[\w.+-]++")
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])


def rewritten(occurrence: Occurrence, subject: Subject, name: str) -> Written | None:
    """What to write so that an occurrence has another name; None where it cannot be written there."""
    node, span = occurrence.node, occurrence.span
    if occurrence.form == "text":
        whole = span == Span(0, len(node.text))
        if node.style == "plain" and whole:
            return [(node.place, plain_or_quoted(name))]
        return inside(node, span, name)
    if occurrence.form == "member" and is_name(name):
        return inside(node, span, name)
    if occurrence.form == "entry":
        return inside(node, occurrence.outer, name if is_name(name) else quote(name))
    before = node.text[occurrence.outer.start : span.start]
    if occurrence.form == "member":
        optional = before.rstrip().endswith("?.")
        start = occurrence.outer.start + before.rindex("?." if optional else ".")
        return inside(node, Span(start, span.end), ("?." if optional else "") + f"[{quote(name)}]")
    bracket = occurrence.outer.start + before.rindex("[")
    optional = before[: before.rindex("[")].rstrip().endswith("?.")
    if is_name(name) and not is_name(subject.name):
        return inside(node, Span(bracket, occurrence.outer.end), name if optional else f".{name}")
    return inside(node, Span(span.start - 1, span.end + 1), quote(name))


def inside(node: Scalar, span: Span, text: str) -> Written | None:
    """A part of the text that a scalar means, in the scalar's own style."""
    place = node.place_of(span)
    if node.style == "single":
        return [(place, text.replace("'", "''"))]
    if node.style == "double":
        return [(place, json.dumps(text, ensure_ascii=False)[1:-1])]
    if "\n" in text:
        return None
    if node.style != "plain" or not set(text) & set("[]{},:#'\""):
        return [(place, text)]
    if "\\" in node.text or '"' in node.text + text:
        return None
    ends = Span(node.start, node.start), Span(node.end, node.end)
    return [(Place(node.segment, ends[0]), '"'), (place, text), (Place(node.segment, ends[1]), '"')]


def plain_or_quoted(text: str) -> str:
    """A text as YAML on one line: plain where it is read back as the same text anywhere."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)
