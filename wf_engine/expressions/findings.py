"""What inference finds, and what it is told of the world."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal as OneOf
from typing import Protocol

from msgspec import Struct

from wf_engine.expressions.paths import subtraction
from wf_engine.text import Span, closest
from wf_engine.types import Type

FindingKind = OneOf[
    "unknown_root",
    "unknown_function",
    "unknown_member",
    "unknown_property",
    "forbidden_root_use",
    "arity",
    "operand",
    "possible_operand",
    "optional_read",
    "nullable_read",
    "undeclared_property",
]
_MOST_CANDIDATES = 3


class Scope(Protocol):
    """What an expression may see, for typing."""

    def roots(self) -> Collection[str]:
        """The names of all roots that can be read here."""

    def root(self, name: str) -> Type | None:
        """The type of a plain root; None where it is unknown here or has to be followed by a name."""

    def keyed(self, name: str) -> bool:
        """Whether it is a root that has to be followed by a name: `tasks`, `env`, `secrets`, `forEach`."""

    def member(self, root: str, name: str) -> Type | None:
        """The type of `root.name` for such a root; None where there is none.

        For a step that may be skipped, best a union of `{status: "succeeded", output, response}` and
        `{status: "skipped", output: null, response: null}`: a test of the status then picks the right one.
        """

    def members(self, root: str) -> Collection[str]:
        """The names that such a root has."""


class Finding(Struct, frozen=True):
    """Something wrong with what an expression reads or does.

    `name` is the word it is about, `candidates` what may have been meant in its place, best first. `data["root"]` is
    the root that a member or property was looked for in, `data["target"]` the expression it was looked for in.
    """

    kind: FindingKind
    span: Span
    message: str
    name: str = ""
    candidates: tuple[str, ...] = ()
    hint: str | None = None
    data: Mapping[str, str] = {}


class Inference(Struct, frozen=True):
    """The type of an expression, what is wrong with it, and the type of each of its nodes by its span."""

    type: Type
    findings: tuple[Finding, ...]
    types: Mapping[Span, Type]


def candidates(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """What may have been meant by a name that is not known: a subtraction, then the nearest names."""
    rest: Sequence[str] = list(known)
    difference = subtraction(name, rest)
    found = [difference] if difference is not None else []
    while len(found) < _MOST_CANDIDATES and (near := closest(name, rest)) is not None:
        found.append(near)
        rest = [other for other in rest if other != near]
    return tuple(found)
