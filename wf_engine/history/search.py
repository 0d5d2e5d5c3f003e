"""What executions are looked for by."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select

from wf_engine.history.schema import executions


@dataclass(frozen=True, slots=True)
class Search:
    """Executions: all, or those for which everything given holds."""

    workflow: str | None = None
    status: str | None = None
    source: str | None = None
    """The workspace's root."""
    since: datetime | None = None
    """Started then or later; with a zone."""
    until: datetime | None = None
    """Started before."""
    input: Mapping[str, Any] | None = None
    """Values that the input has, among others; a text stands for a number, true, false or null as well."""

    def narrowed(self, statement: Select[Any]) -> Select[Any]:
        """The statement with all conditions that columns can answer: all but those on the input."""
        column = executions.c
        for exact, value in (
            (column.workflow, self.workflow),
            (column.status, self.status),
            (column.source, self.source),
        ):
            if value is not None:
                statement = statement.where(exact == value)
        if self.since is not None:
            statement = statement.where(column.started_at >= written(self.since))
        if self.until is not None:
            statement = statement.where(column.started_at < written(self.until))
        return statement

    def takes(self, given: Any) -> bool:
        """Whether an input has the values."""
        if self.input is None:
            return True
        return isinstance(given, Mapping) and all(
            name in given and _is(given[name], value) for name, value in self.input.items()
        )


def _is(given: Any, wanted: Any) -> bool:
    """Whether a value is the one wanted; a text stands for the JSON value that it is the text of, too."""
    if isinstance(wanted, str) and not isinstance(given, str):
        return wanted == json.dumps(given, ensure_ascii=False)
    return type(given) is type(wanted) and bool(given == wanted)


def written(time: datetime) -> str:
    """A time as events have it."""
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
