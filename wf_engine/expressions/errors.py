"""The error of evaluating an expression."""

from wf_engine.text import Span, WfError


class ExpressionError(WfError):
    """An expression has no value: what is wrong (`message`), where in its text (`span`), what to do (`hint`).

    `path` says where in a tree of values the failing template stands; it is empty outside `resolve`.
    """

    def __init__(self, message: str, span: Span, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.span = span
        self.path: tuple[str | int, ...] = ()


class MisuseError(Exception):
    """Values that an operator or function cannot take; whoever called it knows where they stand in the text.

    `argument` is the number of the argument to blame, counted from 0, or None for the whole.
    """

    def __init__(self, message: str, hint: str | None = None, argument: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.argument = argument


class LimitError(MisuseError):
    """Something would be larger than it may be."""
