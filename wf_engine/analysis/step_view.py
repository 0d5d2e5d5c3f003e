"""What a step looks like to the others: `tasks.ID` (language §5)."""

from functools import lru_cache

from msgspec import Struct

from wf_engine.types import INTEGER, NULL, Type, literal, nullable, object_of, of_schema, union

_HEADERS = of_schema(
    {"type": "object", "patternProperties": {"^[^A-Z]*$": {"type": "string"}}, "additionalProperties": False}
)
"""Their names are in lower case, whatever the service writes."""
_RESPONSE = object_of({"status": INTEGER, "headers": _HEADERS})
RESPONSES = {"always": _RESPONSE, "perhaps": nullable(_RESPONSE), "never": NULL}
"""Types of `response` by whether the step makes exactly one http call."""


class StepView(Struct, frozen=True):
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

    @property
    def ran(self) -> Type:
        """The type of `tasks.ID` where the step is known to have run."""
        return _seen(self.output, self.response, skippable=False)

    @property
    def type(self) -> Type:
        """The type of `tasks.ID`: a test of its status tells the alternatives apart."""
        return _seen(self.output, self.response, skippable=self.skippable)

    @property
    def value(self) -> Type:
        """The type of its output in a map of outputs: null where it was skipped."""
        return nullable(self.output) if self.skippable else self.output

    def seen(self, holding: frozenset[str]) -> Type:
        """The type of `tasks.ID` where these conditions hold."""
        known = self.skippable and bool(self.conditions) and self.conditions <= holding
        return self.ran if known else self.type


@lru_cache(maxsize=4096)
def _seen(output: Type, response: str, *, skippable: bool) -> Type:
    """One type for all steps that look the same: what is found out about it holds for each."""
    ran = object_of({"output": output, "status": _SUCCEEDED, "response": RESPONSES[response]})
    return union(ran, _SKIPPED) if skippable else ran


_SUCCEEDED = literal("succeeded")
_SKIPPED = object_of({"output": NULL, "status": literal("skipped"), "response": NULL})
