"""The input of a workflow, completed with its defaults and checked before anything runs (language §3)."""

from typing import Any

from wf_engine.text import WfError, did_you_mean
from wf_engine.types import Violation, apply_defaults, of_schema, properties, validate


class InvalidInput(WfError):  # noqa: N818 - named for what the user sees
    """An input that a workflow does not take; `violations` has all that is wrong with it."""

    def __init__(self, workflow: str, violations: tuple[Violation, ...], known: tuple[str, ...]) -> None:
        lines = [f"  {_sentence(violation, known)}" for violation in violations]
        hint = f"It takes {', '.join(f'`{name}`' for name in known)}." if known else "It takes no input."
        super().__init__("\n".join([f"This is no input for the workflow `{workflow}`:", *lines]), hint=hint)
        self.violations = violations


def checked_input(workflow: str, schema: Any, given: Any) -> Any:
    """The input with its defaults, valid against the schema. Raises InvalidInput."""
    value = apply_defaults(schema, {} if given is None else given)
    type_ = of_schema(schema)
    violations = validate(type_, value)
    if violations:
        raise InvalidInput(workflow, tuple(violations), tuple(properties(type_)))
    return value


def _sentence(violation: Violation, known: tuple[str, ...]) -> str:
    if violation.keyword == "additionalProperties" and len(violation.path) == 1:
        name = str(violation.path[0])
        return f"There is no input `{name}`.{did_you_mean(name, known)}"
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in violation.path)
    subject = f"`{place.removeprefix('.')}`" if place else "It"
    return f"{subject} {violation.message}."
