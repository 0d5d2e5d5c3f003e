"""Characters and directives that YAML forbids wherever they stand."""

import re
from collections.abc import Iterator

from wf_engine.syntax.faults import Fault

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LONE_RETURN = re.compile(r"\r(?!\n)")
_VERSIONS = re.compile(
    r"(?:(?:[ \t]*+(?:#[^\n]*+)?|%(?!YAML\b)[^\n]*+)\n)*+%YAML\b[^\n]*+\n(?:[ %#][^\n]*+\n)*?(%YAML\b[^\r\n]*+)"
)


def readable(text: str) -> str:
    r"""The text as the parser may see it: a lone \r as \n, and a letter for each character that YAML forbids."""
    if _CONTROL.search(text):
        text = _CONTROL.sub("x", text)
    return _LONE_RETURN.sub("\n", text) if "\r" in text else text


def forbidden(text: str) -> Iterator[Fault]:
    """The first character that YAML forbids, and a version that is given twice."""
    control = _CONTROL.search(text)
    if control is not None:
        hint = "remove it, or write it as an escape in double quotes"
        message = f"the character U+{ord(control[0]):04X} is not allowed in YAML"
        yield Fault(message, hint, *control.span(), fix="", fix_title="Remove the character")
    versions = _VERSIONS.match(text) if "%YAML" in text else None
    if versions is not None:
        message = "`%YAML` stands here a second time"
        yield Fault(message, "remove it", *versions.span(1), fix="", fix_title="Remove it")
