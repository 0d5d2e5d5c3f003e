"""The entries of a step's `dependsOn` in the text, and how to take one out."""

from wf_engine.checks.base import DraftFix
from wf_engine.checks.fixes import line_start, written_end
from wf_engine.language import Step
from wf_engine.syntax import Place, Scalar, Seq
from wf_engine.text import Span


def entry(step: Step, number: int) -> Scalar | None:
    """The entry of that number."""
    node = step.node.get("dependsOn") if step.node else None
    item = node.items[number] if isinstance(node, Seq) and number < len(node.items) else None
    return item if isinstance(item, Scalar) else None


def without(step: Step, number: int, *, safe: bool = True) -> tuple[DraftFix, ...]:
    """Takes an entry out, and with the last one the field."""
    pair = step.node.pair("dependsOn") if step.node else None
    if step.node is None or pair is None or not isinstance(pair.value, Seq):
        return ()
    node, items = pair.value, pair.value.items
    if items[number].segment is not node.segment or pair.key.segment is not node.segment:
        return ()
    title = f"Remove `{getattr(items[number], 'text', '')}`"
    text = node.segment.text
    if len(items) == 1:
        span = _field_span(step, pair.key.start, written_end(node), text)
    elif node.flow:
        first = number == 0
        span = Span(
            items[0].start if first else written_end(items[number - 1]),
            items[1].start if first else written_end(items[number]),
        )
    else:
        start = line_start(text, items[number].start)
        end = _next_line(text, written_end(items[number]))
        if text[start : items[number].start].strip() != "-":
            return ()
        span = Span(start, end)
    return (DraftFix(title, ((Place(node.segment, span), ""),), safe),) if span is not None else ()


def _field_span(step: Step, start: int, end: int, text: str) -> Span | None:
    """The field with its line, or in a map in braces with its comma."""
    node = step.node
    if node is None:
        return None
    if not node.flow:
        begin = line_start(text, start)
        return Span(begin, _next_line(text, end)) if not text[begin:start].strip() else None
    own = [pair for pair in node.pairs if not pair.merged]
    place = next(number for number, pair in enumerate(own) if pair.key.start == start)
    if place:
        return Span(written_end(own[place - 1].value), end)
    return Span(start, own[1].key.start) if len(own) > 1 else None


def _next_line(text: str, offset: int) -> int:
    """Where the line behind an offset begins."""
    ends = [found + 1 for mark in "\n\r" if (found := text.find(mark, offset)) >= 0]
    end = min(ends, default=len(text))
    return end + 1 if text[end - 1 : end + 1] == "\r\n" else end
