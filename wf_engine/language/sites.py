"""What reading a record found besides its values: problems of structure, and the expressions in it."""

from msgspec import Struct

from wf_engine.expressions import Expression, Template
from wf_engine.syntax.nodes import Node, Place, Scalar

Owner = Node | Place
"""What something is said of that is not there: a key stands for the map behind it."""


def place_of(owner: Owner) -> Place:
    """Where it is said."""
    return owner if isinstance(owner, Place) else owner.place


class Problem(Struct, frozen=True):
    """A fault of structure. `kind` is the name of the check that reports it."""

    kind: str
    place: Place
    message: str
    hint: str | None = None
    name: str = ""
    candidates: tuple[str, ...] = ()
    node: Node | None = None
    entry: str | None = None
    """Of a missing field: the line that would do."""
    better: str | None = None
    """What would be right in the place of what is written."""
    edits: tuple[tuple[Place, str], ...] = ()
    """What mends it, where that is more than one place or another one."""
    title: str | None = None
    """Of the edits: what they do."""


class Site(Struct, frozen=True):
    """An expression or a template in the text. `path` leads to it from the record that is the unit."""

    path: tuple[str | int, ...]
    node: Scalar
    parsed: Template | Expression


class Reading(Struct, frozen=True):
    """What was found while a unit was read: its own part only, without the steps of its blocks."""

    problems: tuple[Problem, ...] = ()
    sites: tuple[Site, ...] = ()
