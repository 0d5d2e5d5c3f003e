"""Values against the schemas of tasks: inputs completed and checked, outputs checked (language §3, §4)."""

from functools import lru_cache
from typing import Any

from wf_engine.execution.errors import Failure, StepError
from wf_engine.execution.failures import http_of, shown
from wf_engine.execution.transport import Request, Response
from wf_engine.planning import mentions_default
from wf_engine.types import Violation, apply_defaults, is_any, of_schema, property_of, validate, validator

_MOST_SHOWN = 5


class InputContract:
    """What a task or a workflow takes, and what that says of inputs that are null or left out.

    Messages call it `owner`, and `field` is where its schema is written.
    """

    __slots__ = ("_droppable", "_field", "_has_defaults", "_owner", "_type", "_violations")

    def __init__(self, schema: Any, owner: str, field: str) -> None:
        self._owner = owner
        self._field = field
        self._type = None if is_any(of_schema(schema)) else of_schema(schema)
        self._violations = None if self._type is None else validator(self._type)
        self._has_defaults = mentions_default(schema)
        self._droppable = lru_cache(maxsize=256)(self._may_drop)

    def completed(self, given: dict[str, Any]) -> dict[str, Any]:
        """The input with the nulls dropped that mean nothing, and its defaults added."""
        value = given
        if None in given.values():
            value = {name: item for name, item in given.items() if item is not None or not self._droppable(name)}
        if self._type is not None and self._has_defaults:
            value = apply_defaults(self._type, value)
        return value

    def check(self, value: dict[str, Any]) -> None:
        """Raises StepError where a completed input is not valid."""
        if self._violations is not None:
            violations = self._violations(value)
            if violations:
                raise StepError(self._invalid(violations))

    def _invalid(self, violations: list[Violation]) -> Failure:
        return Failure(
            code="VALIDATION_ERROR",
            message=f"The input is not what {self._owner} takes: {in_words(violations, 'the input')}.",
            suggestion=f"Correct the step's `input`, or {self._field} of {self._owner}.",
            sent=False,
        )

    def _may_drop(self, name: str) -> bool:
        """Whether an entry is left out where it is null: the schema does not require it and refuses null."""
        if self._type is None:
            return False
        lookup = property_of(self._type, name)
        if lookup.status == "required":
            return False
        return lookup.status == "forbidden" or bool(validate(lookup.type, None))


class OutputContract:
    """A task's `outputSchema`."""

    __slots__ = ("_violations",)

    def __init__(self, schema: Any) -> None:
        self._violations = None if is_any(of_schema(schema)) else validator(of_schema(schema))

    def mismatch(self, output: Any, request: Request, response: Response, task: str) -> Failure | None:
        """The failure of an output that breaks the schema, None where it does not."""
        violations = None if self._violations is None else self._violations(output)
        if not violations:
            return None
        return Failure(
            code="SCHEMA_MISMATCH",
            message=f"{shown(request)} answered with something else than the task `{task}` promises: "
            f"{in_words(violations, 'the output')}.",
            suggestion=f"Correct `outputSchema` of `{task}` or the service; `responseValidation: warn` lets it pass.",
            http=http_of(request, response),
        )


def in_words(violations: list[Violation], whole: str) -> str:
    """Violations as a phrase; `whole` is what the value itself is called."""
    said = [f"{_place(violation.path) or whole} {violation.message}" for violation in violations[:_MOST_SHOWN]]
    more = len(violations) - len(said)
    return "; ".join(said) + (f"; and {more} more" if more else "")


def _place(path: tuple[str | int, ...]) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return f"`{text.removeprefix('.')}`" if text else ""
