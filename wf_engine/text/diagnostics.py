"""What can be said about a place in a text, and how to mend it."""

from dataclasses import dataclass, field
from enum import IntEnum

from wf_engine.text.spans import Edit, Span


class Severity(IntEnum):
    """How bad a finding is; the numbers are those of the Language Server Protocol."""

    ERROR = 1
    WARNING = 2
    HINT = 4

    @property
    def label(self) -> str:
        """The word for it: `error`, `warning` or `hint`."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Location:
    """A range in a file; `path` is the workspace's name for the file."""

    path: str
    span: Span


@dataclass(frozen=True, slots=True)
class FileEdit:
    """An edit in a file."""

    path: str
    edit: Edit


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that mends a diagnostic; `title` is an imperative sentence without a full stop."""

    title: str
    edits: tuple[FileEdit, ...]
    safe: bool = True
    """False where a person has to decide something, such as a value: it is offered, never applied unasked."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that helps to understand a diagnostic."""

    location: Location
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: what is wrong (`message`), where (`location`), what to do (`hint`), and ways to mend it."""

    code: str
    name: str
    severity: Severity
    location: Location
    message: str
    hint: str | None = None
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
    tags: tuple[str, ...] = field(default=())


class WfError(Exception):
    """Something that a user can mend. Says what, where and what to do; shown without a traceback."""

    def __init__(self, message: str, location: Location | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.location = location
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n  hint: {self.hint}" if self.hint else self.message
