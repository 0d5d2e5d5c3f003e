"""Reading single values: each reader gives the value, or None and notes what is wrong with it."""

import re
from typing import TYPE_CHECKING, Any

from wf_engine.language import shapes
from wf_engine.language.durations import duration_ms
from wf_engine.language.sites import Owner
from wf_engine.syntax.nodes import Node, Place, Scalar, Seq
from wf_engine.text import Span, did_you_mean

if TYPE_CHECKING:
    from wf_engine.language.reading import Reader


def first_line(node: Node) -> Place:
    """Where the first line of a node stands: a long value is pointed at by that alone."""
    first = re.match(r"[^\r\n]*", node.segment.text[node.start : node.end])
    return Place(node.segment, Span(node.start, node.start + len(first[0].rstrip() if first else "")))


def given(node: Node) -> str:
    """What stands there, for a message."""
    if isinstance(node, Scalar):
        if node.value is None:
            return "this is null"
        kind = {bool: "true or false", int: "a number", float: "a number", str: "a text"}[type(node.value)]
        return f"`{short(node.text)}` is {kind}"
    return "this is a list" if isinstance(node, Seq) else "this is a map"


def named(text: str) -> str:
    """A text as messages name it."""
    return f"`{short(text)}`" if text else "an empty text"


def short(text: str) -> str:
    """A text for a message: its first line, cut where it is long."""
    first = text.split("\n", 1)[0]
    return first if first == text and len(text) <= _SHOWN else first[: _SHOWN - 1] + "…"


_SHOWN = 40


def is_template_key(name: str) -> bool:
    """Whether a key is written as if it were a template."""
    return "{{" in name


def read_string(reader: "Reader", shape: shapes.Shape, node: Node, _: Owner) -> Any:
    """A text, or None and a problem."""
    if not isinstance(node, Scalar) or not isinstance(node.value, str):
        better = _in_quotes(shape, node.text) if isinstance(node, Scalar) and node.value is not None else None
        quoted = better is not None and better.startswith('"')
        reader.wrong_type(node, shape.wanted, "put it in quotes" if quoted else None, better)
        return None
    if isinstance(shape, shapes.SecretName) and (name := _REFERENCE.fullmatch(node.value)):
        hint = "the name alone is written here, without `secrets.`"
        reader.invalid(node, f"{named(node.value)} is not {shape.wanted}", hint, better=name[1] or name[2])
        return None
    if isinstance(shape, shapes.Ref | shapes.SecretName) and not node.value:
        reader.invalid(node, f"an empty text is not {shape.wanted}")
        return None
    if isinstance(shape, shapes.Str):
        too_long = shape.max_length is not None and len(node.value) > shape.max_length
        if too_long or (shape.pattern is not None and re.match(shape.pattern + r"\Z", node.value) is None):
            reader.invalid(
                node, f"{named(node.value)} is not {shape.wanted}", shape.hint, better=_meant(shape, node.value)
            )
    return node.value


_REFERENCE = re.compile(r"\{\{\s*(?:secrets\.)?([\w-]*)\s*\}\}|secrets\.([\w-]+)")
"""How a secret is written where it is read, and not where it is named."""


def _in_quotes(shape: shapes.Shape, text: str) -> str | None:
    """What a number or a boolean was likely meant to be: itself as a text, where that may stand there."""
    pattern = shape.pattern if isinstance(shape, shapes.Str) else None
    if isinstance(shape, shapes.Str) and pattern and not re.match(pattern + r"\Z", text):
        return _meant(shape, text)
    return f'"{text}"'


def _meant(shape: shapes.Str, text: str) -> str | None:
    """The text as the name, or the version, that was likely meant, where it is one then."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")
    version = text.strip().removeprefix("v")
    candidates: list[str] = [name, name.lower()]
    if version[:1].isdigit():
        candidates += [version, f"{version}.0", f"{version}.0.0"]
    for better in candidates:
        if (
            better
            and shape.pattern
            and len(better) <= (shape.max_length or _SHOWN)
            and re.match(shape.pattern + r"\Z", better)
        ):
            return better
    return None


def read_enum(reader: "Reader", shape: shapes.Enum, node: Node, _: Owner) -> Any:
    """One of some words."""
    if isinstance(node, Scalar) and node.text in shape.names:
        return node.text
    if not isinstance(node, Scalar):
        reader.wrong_type(node, shape.wanted)
        return None
    near = did_you_mean(node.text, shape.names)
    reader.invalid(node, f"{named(node.text)} is not {shape.wanted}.{near}", candidates=shape.names)
    return None


def read_number(reader: "Reader", shape: shapes.Int | shapes.Number, node: Node, _: Owner) -> Any:
    """A number within its bounds."""
    value = node.value if isinstance(node, Scalar) else None
    whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    if isinstance(value, bool) or not isinstance(value, int | float) or (isinstance(shape, shapes.Int) and not whole):
        unquoted = value if isinstance(value, str) and _is_number(shape, value) else None
        reader.wrong_type(node, shape.wanted, "take it out of its quotes" if unquoted else None, unquoted)
        return None
    top = shape.maximum if isinstance(shape, shapes.Int) else None
    if (shape.minimum is not None and value < shape.minimum) or (top is not None and value > top):
        reader.invalid(node, f"`{short(node_text(node))}` is out of range: {shape.wanted} is wanted")
        return None
    return int(value) if isinstance(shape, shapes.Int) else value


def _is_number(shape: shapes.Int | shapes.Number, text: str) -> bool:
    """Whether a text would be such a number without its quotes."""
    whole = r"[1-9][0-9]{0,9}"
    return re.fullmatch(whole if isinstance(shape, shapes.Int) else rf"{whole}(\.[0-9]+)?", text) is not None


def node_text(node: Node) -> str:
    """What stands in the text for a node."""
    return node.segment.text[node.start : node.end]


def read_bool(reader: "Reader", shape: shapes.Shape, node: Node, _: Owner) -> Any:
    """True or false."""
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        return node.value
    unquoted = node.value if isinstance(node, Scalar) and node.value in ("true", "false") else None
    reader.wrong_type(node, shape.wanted, "take it out of its quotes" if unquoted else None, unquoted)
    return None


def read_duration(reader: "Reader", shape: shapes.Duration, node: Node, _: Owner) -> Any:
    """Milliseconds."""
    if not isinstance(node, Scalar):
        reader.wrong_type(node, shape.wanted)
        return None
    milliseconds = duration_ms(node.text)
    if milliseconds is None:
        better = re.sub(r"\s", "", node.text.lower())
        usable = better if duration_ms(better) is not None else None
        hint = "a duration is a whole number and a unit: ms, s, m or h"
        reader.invalid(node, f"{named(node.text)} is not {shape.wanted}", hint, better=usable)
    elif milliseconds < shape.minimum_ms:
        reader.invalid(node, f"`{node.text}` is no time at all: nothing could end in it")
        return None
    elif shape.maximum_ms is not None and milliseconds > shape.maximum_ms:
        reader.invalid(node, f"`{node.text}` is too long; at most {shape.maximum_ms // 60_000}m is allowed")
        return None
    return milliseconds


def read_status(reader: "Reader", shape: shapes.Shape, node: Node, _: Owner) -> Any:
    """A status code or a class of them, as text."""
    if isinstance(node, Scalar) and re.fullmatch(r"[1-5](xx|[0-9][0-9])", node.text):
        return node.text
    reader.wrong_type(node, shape.wanted)
    return None
