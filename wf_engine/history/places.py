"""Where a history can be kept. What differs between databases stands in the places; all else is portable SQL."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine

from wf_engine.history.schema import Rows
from wf_engine.history.sqlite import SqlitePlace
from wf_engine.text import WfError


class Lock(Protocol):
    """A lock that is held until `release`, or until the process ends."""

    def release(self) -> None:
        """Gives the lock back."""


class Locks(Protocol):
    """The locks of the executions that somebody runs."""

    def acquire(self, execution_id: str) -> Lock | None:
        """The lock of an execution, or None while another process, or another holder in this one, has it."""

    def close(self) -> None:
        """Ends the use of them."""


class Place(Protocol):
    """A database that may hold a history."""

    name: str
    """What messages call it; without a password."""

    @property
    def spill(self) -> Path | None:
        """The folder for events that wait for it while it cannot be reached; None where that cannot be."""

    @property
    def exists(self) -> bool:
        """Whether anything may have been recorded here; answered without opening it."""

    def open(self) -> tuple[Engine, Locks]:
        """An engine over it, made and brought to the newest schema where need be, and the executions' locks."""

    def explained(self) -> AbstractContextManager[None]:
        """Turns the driver's errors into a WfError that names the place and says what to do."""

    inserts_alone: bool
    """Whether an `insert` is whole or nothing without a transaction around it."""

    def insert(self, connection: Connection, begun: Rows, added: Rows) -> None:
        """Inserts rows of `executions` and of `segments`, their values in the order of the columns."""

    def written(self, characters: int) -> None:
        """Told after each commit how many characters of events it has written."""

    def is_busy(self, error: WfError) -> bool:
        """Whether the same could succeed a moment later."""

    def is_away(self, error: WfError) -> bool:
        """Whether the database cannot be reached at present."""


def place_of(url_or_path: str) -> Place:
    """The place that a URL or a path names. Raises WfError for what is none."""
    if url_or_path.startswith(("postgresql://", "postgres://")):
        from wf_engine.history.postgresql import PostgresPlace  # the driver is an extra

        return PostgresPlace(url_or_path)
    return SqlitePlace(url_or_path)
