"""What a check is, and what it says.

A check is a function from one unit of the analysis to drafts. Its places are relative to segments, so that what was
found in a step stays true while the step only moves.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from msgspec import Struct

from wf_engine.syntax import Place
from wf_engine.text import Location, Severity

DOCS = "docs/diagnostics"


class DraftFix(Struct, frozen=True):
    """A way to mend a draft: each place gets the text beside it."""

    title: str
    edits: tuple[tuple[Place, str], ...]
    safe: bool = True
    """False where a person has to decide something, such as a value: it is offered, never applied unasked."""


class Draft(Struct, frozen=True):
    """A diagnostic before its places are made absolute."""

    place: Place
    message: str
    hint: str | None = None
    related: tuple[tuple[Place | Location, str], ...] = ()
    """Other places of the same document, or of any file."""
    fixes: tuple[DraftFix, ...] = ()
    yields_to: str = ""
    """As of a check, where it goes for some of what it finds."""
    explains: tuple[str, ...] = ()
    """Names of what follows from it, such as `skipped:ID`."""
    due_to: tuple[str, ...] = ()
    """Names of what it follows from: where a draft explains one of them, that alone is said."""


@dataclass(frozen=True, slots=True)
class Check:
    """An entry of the catalogue. `unit` is what `run` takes."""

    code: str
    name: str
    severity: Severity
    summary: str
    unit: str
    """`issue`, `problem`, `fault`, `finding`, `transform`, `site`, `step`, `workflow`, `task` or `workspace`."""
    run: Callable[..., Iterable[Draft]]
    kinds: tuple[str, ...] = ()
    """Of an issue, a problem or a finding: the kinds that it reports."""
    tags: tuple[str, ...] = ()
    yields_to: str = ""
    """What may be the cause of such a finding, and is then said in its stead: a break of the text in front of it
    (`breaks`), any part of the text that could not be read (`text`), that or a misspelt field (`fields`), that or a
    step without a valid id (`steps`), any error of the document (`errors`)."""
    further: tuple[tuple[str, "Run"], ...] = ()
    """Other units that it looks at, each with what it does there."""

    @property
    def page(self) -> str:
        """Where its documentation stands, from the root of the project."""
        return f"{DOCS}/{self.code}.md"

    def also(self, unit: str, run: "Run") -> "Check":
        """The check that looks at another unit too."""
        return replace(self, further=(*self.further, (unit, run)))

    def of(self, unit: str) -> "tuple[Check, ...]":
        """The check as it looks at a unit; nothing where it does not."""
        if unit == self.unit:
            return (self,)
        return tuple(replace(self, unit=unit, run=run) for other, run in self.further if other == unit)


Run = Callable[..., Iterable[Draft]]


def check(
    unit: str,
    code: str,
    name: str,
    severity: Severity,
    summary: str,
    *,
    kinds: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
    yields_to: str = "",
) -> Callable[[Run], Check]:
    """Declares a check. `summary` is a sentence for the catalogue."""

    def declare(run: Run) -> Check:
        return Check(code, name, severity, summary, unit, run, kinds or (name,), tags, yields_to)

    return declare


class Found(Struct, frozen=True):
    """A draft with the check that it comes from."""

    check: Check
    draft: Draft
    inside: bool = True
    """Whether it was found in a step, and not in the document around the steps."""

    @property
    def yields_to(self) -> str:
        """What may be the cause, and is then said in its stead."""
        return self.draft.yields_to or self.check.yields_to


Results = tuple[Found, ...]
Unit = Any
