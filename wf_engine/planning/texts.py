"""Values as the text that a template inserts (language §5)."""

from typing import Any, Final

from wf_engine.expressions import evaluate, parse_expression

_TO_STRING: Final = parse_expression("input | toString")


def inserted(value: Any) -> str:
    """The text that a template puts in a string for a JSON value. Raises ExpressionError where it is too long."""
    if type(value) is str:
        return value
    if type(value) is int:
        return str(value)
    text: str = evaluate(_TO_STRING, {"input": value})
    return text
