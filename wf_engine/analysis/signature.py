"""All that a step can see of its workflow and of the workspace, and what of it changes from one snapshot to the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from wf_engine.analysis.present import present
from wf_engine.analysis.step_view import StepView
from wf_engine.types import Type, of_schema


@dataclass(frozen=True, eq=False)
class Signature:
    """What steps can see. The same object as long as none of it changes."""

    contracts: object
    settings: object
    namespace: str
    complete: bool
    input_schema: Any
    """None where no input is written."""
    views: tuple[StepView | None, ...]
    _since: "WeakKeyDictionary[Signature, Changes]" = field(default_factory=WeakKeyDictionary)
    """By signatures that somebody still remembers something under: they may not keep one another, one for each edit."""

    def same(self, other: "Signature") -> bool:
        """Whether the other says the same."""
        return (
            self.contracts is other.contracts
            and self.settings is other.settings
            and self.namespace == other.namespace
            and self.complete == other.complete
            and self.views == other.views
            and (self.input_schema is other.input_schema or self.input_schema == other.input_schema)
        )

    @cached_property
    def input_type(self) -> Type:
        """Type of the root `input`: inputs with a default are there, other names are not."""
        schema = _NO_INPUT if self.input_schema is None else present(self.input_schema)
        return of_schema(schema)

    def take_input(self, other: "Signature") -> None:
        """Takes over the type of the input of a signature that has the same."""
        if "input_type" in other.__dict__:
            self.__dict__["input_type"] = other.input_type

    def with_views(self, views: tuple[StepView | None, ...]) -> "Signature":
        """The signature with the views that were worked out under it."""
        made = replace(self, views=views, _since=WeakKeyDictionary())
        made.take_input(self)
        return made

    @cached_property
    def by_id(self) -> Mapping[str, StepView]:
        """The steps by id as others see them; of two equal ids the first counts."""
        found: dict[str, StepView] = {}
        for view in self.views:
            if view is not None:
                found.setdefault(view.id, view)
        return found

    def since(self, before: "Signature") -> "Changes":
        """What has changed since another signature of the same workflow."""
        known = self._since.get(before)
        if known is None:
            known = self._since[before] = _changes(before, self)
        return known


@dataclass(frozen=True, eq=False)
class Changes:
    """What a signature says otherwise than the one before."""

    everything: bool
    """The namespace or the settings, which anything may rest on."""
    names: frozenset[str]
    """Ids of steps that are new, gone or look different."""
    ids: bool
    """Which ids there are, in which order, and which inside blocks: what is said of a name that is unknown."""
    input: bool
    contracts: bool


_NO_INPUT: Mapping[str, Any] = {"type": "object", "additionalProperties": False}


def _changes(before: Signature, now: Signature) -> Changes:
    old, new = before.by_id, now.by_id
    names = {name for name, view in new.items() if old.get(name) is not view and old.get(name) != view}
    gone = old.keys() - new.keys()
    return Changes(
        everything=before.namespace != now.namespace or before.settings is not now.settings,
        names=frozenset(names | gone),
        ids=bool(gone) or tuple(old) != tuple(new) or any(old[name].inside != new[name].inside for name in names),
        input=before.input_schema != now.input_schema,
        contracts=before.contracts is not now.contracts or before.complete != now.complete,
    )
