"""What a step looks like to the others: `tasks.ID` (language §5)."""

from dataclasses import dataclass
from functools import cached_property

from wf_engine.types import INTEGER, NULL, Type, literal, nullable, object_of, union

_RESPONSE = object_of({"status": INTEGER, "headers": object_of({}, closed=False)})
RESPONSES = {"always": _RESPONSE, "perhaps": nullable(_RESPONSE), "never": NULL}
"""Types of `response` by whether the step makes exactly one http call."""


@dataclass(frozen=True)
class StepView:
    """A step as `tasks.ID` shows it."""

    id: str
    output: Type
    skippable: bool
    response: str = "perhaps"
    """A key of `RESPONSES`, for where the step runs."""
    conditions: frozenset[str] = frozenset()
    """What must be true for a skippable step to run: where all of it is known to be, the step is not skipped."""
    conditions_loop: bool = False
    """Whether the conditions read `forEach`, and so mean something else in another loop."""
    inside: frozenset[str] = frozenset()
    """Ids of the steps in its blocks, at any depth; nobody outside sees them."""

    @cached_property
    def ran(self) -> Type:
        """The type of `tasks.ID` where the step is known to have run."""
        return object_of({"output": self.output, "status": _SUCCEEDED, "response": RESPONSES[self.response]})

    @cached_property
    def type(self) -> Type:
        """The type of `tasks.ID`: a test of its status tells the alternatives apart."""
        return union(self.ran, _SKIPPED) if self.skippable else self.ran

    @cached_property
    def value(self) -> Type:
        """The type of its output in a map of outputs: null where it was skipped."""
        return nullable(self.output) if self.skippable else self.output

    def seen(self, holding: frozenset[str]) -> Type:
        """The type of `tasks.ID` where these conditions hold."""
        known = self.skippable and bool(self.conditions) and self.conditions <= holding
        return self.ran if known else self.type


_SUCCEEDED = literal("succeeded")
_SKIPPED = object_of({"output": NULL, "status": literal("skipped"), "response": NULL})
