"""Errors as people see them."""


class StageError(Exception):
    """A request that cannot be done: what is wrong, and in `hint` what to do. The command exits with 2."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint
