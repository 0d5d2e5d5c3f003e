"""The input of a workflow, completed with its defaults and checked before anything runs (language §3)."""

from collections.abc import Mapping
from typing import Any

import msgspec

from wf_engine.text import WfError, did_you_mean
from wf_engine.types import Violation, apply_defaults, of_schema, properties, validator


class InvalidInput(WfError):  # noqa: N818 - named for what the user sees
    """An input that a workflow does not take; `violations` has all that is wrong with it."""

    def __init__(self, workflow: str, violations: tuple[Violation, ...], known: tuple[str, ...]) -> None:
        lines = [f"  {_sentence(violation, known)}" for violation in violations]
        hint = f"It takes {', '.join(f'`{name}`' for name in known)}." if known else "It takes no input."
        super().__init__("\n".join([f"This is no input for the workflow `{workflow}`:", *lines]), hint=hint)
        self.violations = violations


class InputGate:
    """What a workflow takes, made ready to check many inputs."""

    __slots__ = ("_has_defaults", "_type", "_violations", "_workflow")

    def __init__(self, workflow: str, schema: Any) -> None:
        self._workflow = workflow
        self._type = of_schema(schema)
        self._violations = validator(self._type)
        self._has_defaults = mentions_default(schema)

    def checked(self, given: Any) -> Any:
        """The input with its defaults, valid against the schema. Raises InvalidInput, WfError for what is no JSON."""
        value = {} if given is None else given
        _require_json(value)
        if self._has_defaults:
            value = apply_defaults(self._type, value)
        violations = self._violations(value)
        if violations:
            raise InvalidInput(self._workflow, tuple(violations), tuple(properties(self._type)))
        return value

    @property
    def defaults(self) -> Mapping[str, Any]:
        """The input as far as its defaults give it."""
        value = apply_defaults(self._type, {})
        return value if isinstance(value, Mapping) else {}


def _require_json(value: Any) -> None:
    try:
        msgspec.json.encode(value)
    except UnicodeEncodeError:
        message = "The input holds half of a character (a lone surrogate), which no text in UTF-8 can hold."
        raise WfError(message, hint="Correct the text; a pair such as `\\ud83d\\ude00` makes one character.") from None
    except TypeError as error:
        raise WfError(f"The input is no JSON value: {error}.") from None
    except RecursionError:
        pass  # how deep it may be is for whoever runs it to say


def mentions_default(schema: Any) -> bool:
    """Whether `default` is written anywhere in a schema; where it is not, filling them in can be left out."""
    if isinstance(schema, Mapping):
        return "default" in schema or any(map(mentions_default, schema.values()))
    return isinstance(schema, list | tuple) and any(map(mentions_default, schema))


def _sentence(violation: Violation, known: tuple[str, ...]) -> str:
    if violation.keyword in ("additionalProperties", "unevaluatedProperties") and len(violation.path) == 1:
        name = str(violation.path[0])
        return f"There is no input `{name}`.{did_you_mean(name, known)}"
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in violation.path)
    subject = f"`{place.removeprefix('.')}`" if place else "It"
    return f"{subject} {violation.message}."
