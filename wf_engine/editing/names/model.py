"""Names and their occurrences: what a name means, and every place where it is written."""

from dataclasses import dataclass, field
from typing import Any, Literal

from wf_engine.syntax import Place, Scalar
from wf_engine.text import Location, Span
from wf_engine.workspace import SourceDocument

Kind = Literal["task", "workflow", "version", "step", "input", "property", "loop", "env", "secret"]
Role = Literal["definition", "write", "read"]
Form = Literal["text", "member", "index", "entry"]
"""How a name is written: as YAML text or a part of it, as `.name`, as `['name']`, as a key of an object in an expression."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a name means. Equal subjects are the same thing, whatever the file that speaks of it."""

    kind: Kind
    name: str
    owner: tuple[str, ...] = ()
    """The namespace of a task or workflow, and for a version the name of the workflow."""
    place: Location | None = None
    """Where it is declared; None for what several documents define together and for what none does."""
    implied: bool = False
    """A loop variable that has its name by default; its place is the loop's."""

    @property
    def spoken(self) -> str:
        """The kind in a person's words."""
        return _SPOKEN.get(self.kind, self.kind)


_SPOKEN = {"loop": "loop variable", "env": "variable", "property": "property", "input": "input"}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A name where it is written. `span` and `outer` are ranges of the text that `node` means."""

    subjects: tuple[Subject, ...]
    """What it means; several where it is read from one of several things."""
    source: SourceDocument
    node: Scalar
    span: Span
    role: Role
    form: Form
    outer: Span
    """The whole link of a `member` or `index`, the whole key of an `entry`, else the span itself."""
    certain: bool = True
    """False where it may mean another thing too."""
    value: tuple[Any, ...] = field(default=(), compare=False)
    """Where the shape of what it names is written."""

    @property
    def place(self) -> Place:
        """The range of the name alone."""
        return self.node.place_of(self.span)
