"""PostgreSQL as the place of a history, which many processes on many machines use at once. All is in the schema `wf`."""

import hashlib
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from wf_engine.history.arrays import INSERTION, columns, register
from wf_engine.history.revisions import ELSEWHERE, known_revision, migrate
from wf_engine.history.schema import REVISIONS, Rows, executions, segments
from wf_engine.text import WfError

_SCHEMA = "wf"
_CONNECT_S = 5
_SCHEMA_KEY = 0x57464831
"""The advisory lock under which the schema changes."""

_REASONS = (
    ("password authentication failed", "refuses the user or the password", "Look at the address in `[history] url`."),
    ("does not exist", "is not there", "Create the database (`createdb`), or look at the address."),
    ("permission denied", "cannot be written by this user", "Grant the user CREATE on the database."),
    ("disk full", "cannot grow: the disk is full", "Make room on the server's disk."),
)
_AWAY = ("08", "57P", "53300")
"""SQLSTATEs of a server that cannot be reached, shuts down or has no connection left."""


class PostgresPlace:
    """A database, given as `postgresql://user:password@host:port/name`. Raises WfError for what is no such address."""

    exists = True
    """Whether anything was recorded here is known only by asking."""

    def __init__(self, url: str) -> None:
        self._url = _url_of(url)
        self.name = self._url.set(drivername="postgresql").render_as_string(hide_password=True)

    @property
    def spill(self) -> Path:
        """The folder for events that wait for it while it cannot be reached."""
        known = hashlib.sha256(self.name.encode()).hexdigest()[:16]
        state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
        return Path(state) / "wf" / "spill" / known

    def open(self) -> tuple[Engine, "AdvisoryLocks"]:
        """An engine over the database, its schema made and brought to the newest revision where need be."""
        try:
            engine = create_engine(
                self._url,
                connect_args={"connect_timeout": _CONNECT_S, "application_name": "wf"},
                pool_pre_ping=True,
                pool_size=2,
                paramstyle="format",
            )
        except (NoSuchModuleError, ImportError) as error:
            message = "A history in PostgreSQL needs the driver, which is not installed."
            raise WfError(message, hint="Install it: pip install 'wf[postgres]'.") from error
        event.listen(engine, "connect", _on_connect)
        # that a connection broke is told by what we raise; the driver would write it to standard error as well
        logging.getLogger("psycopg").setLevel(logging.ERROR)
        try:
            with self.explained():
                _bring_up_to_date(engine, self.name)
        except BaseException:
            engine.dispose()
            raise
        return engine, AdvisoryLocks(engine, self)

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turns the driver's errors into a WfError that names the database and says what to do."""
        try:
            yield
        except DBAPIError as error:
            raise _explanation(self.name, error) from error

    inserts_alone = True

    @staticmethod
    def insert(connection: Connection, begun: Rows, added: Rows) -> None:
        """Inserts rows of `executions` and of `segments` by one statement: there and back once, for all of them."""
        connection.exec_driver_sql(INSERTION, (*columns(executions, begun), *columns(segments, added)))

    def written(self, _: int) -> None:
        """The server looks after its files itself."""

    @staticmethod
    def is_busy(error: WfError) -> bool:
        """Whether the same could succeed a moment later: the server ended a transaction for the sake of another."""
        return _state(error) in {"40001", "40P01"}

    @staticmethod
    def is_away(error: WfError) -> bool:
        """Whether the server cannot be reached at present."""
        cause = error.__cause__
        if not isinstance(cause, DBAPIError):
            return False
        state = _state(error)
        # without a connection there is no state either
        return cause.connection_invalidated or (state.startswith(_AWAY) if state else _is_lost(cause))


def _url_of(text_: str) -> URL:
    try:
        url = make_url(text_).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError) as error:
        hint = "Give it as postgresql://user:password@host:port/name."
        raise WfError("The address of the history's PostgreSQL database cannot be read.", hint=hint) from error
    if not url.database:
        raise WfError("The address of the history names no database.", hint="Write it behind the host: …@host:5432/wf.")
    return url


def _state(error: WfError) -> str:
    cause = error.__cause__
    return str(getattr(getattr(cause, "orig", None), "sqlstate", None) or "")


def _is_lost(error: DBAPIError) -> bool:
    return type(error.orig).__name__ in {"OperationalError", "ConnectionTimeout", "InterfaceError"}


def _explanation(name: str, error: DBAPIError) -> WfError:
    reason = str(error.orig).strip()
    for part, message, hint in _REASONS:
        if part in reason:
            return WfError(f"The history {name} {message}.", hint=f"{hint} {ELSEWHERE}.")
    first = reason.splitlines()[0] if reason else type(error.orig).__name__
    return WfError(f"The history {name} cannot be used: {first}.", hint=f"Is the server running? {ELSEWHERE}.")


def _on_connect(connection: Any, _: object) -> None:
    register(connection)
    # Of its own, so that a database of other tables can be shared with them.
    connection.execute(f"SET search_path TO {_SCHEMA}")
    connection.commit()


def _bring_up_to_date(engine: Engine, name: str) -> None:
    with engine.connect() as connection:
        if _revision_of(connection, name) == REVISIONS[-1]:
            return
    with engine.begin() as connection:
        # Another process may do the same; the lock is given back with the transaction.
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _SCHEMA_KEY})
        if _revision_of(connection, name) != REVISIONS[-1]:
            connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {_SCHEMA}")
            migrate(connection)


def _revision_of(connection: Connection, name: str) -> str | None:
    """The schema's revision, None where there is none yet. Raises WfError for one that is too new."""
    if connection.scalar(text("SELECT to_regclass(:table)"), {"table": f"{_SCHEMA}.alembic_version"}) is None:
        return None
    return known_revision(connection, name)


class AdvisoryLocks:
    """Advisory locks, held by one connection of the process: the server gives them back when the process is gone."""

    def __init__(self, engine: Engine, place: PostgresPlace) -> None:
        self._engine = engine
        self._place = place
        self._guard = threading.Lock()
        self._connection: Connection | None = None
        self._held: dict[str, int] = {}

    def acquire(self, execution_id: str) -> "AdvisoryLock | None":
        """The lock of an execution, or None while another process, or another holder in this one, has it."""
        key = _key(execution_id)
        with self._guard:
            if execution_id in self._held or not self._ask("SELECT pg_try_advisory_lock(:key)", key):
                return None
            self._held[execution_id] = key
        return AdvisoryLock(self, execution_id)

    def release(self, execution_id: str) -> None:
        """Gives a lock back."""
        with self._guard:
            key = self._held.pop(execution_id, None)
            if key is not None:
                with suppress(WfError):  # a server that is gone has given it back
                    self._ask("SELECT pg_advisory_unlock(:key)", key)

    def close(self) -> None:
        """Gives all locks back."""
        with self._guard:
            if self._connection is not None:
                self._connection.invalidate()
                self._connection.close()
                self._connection = None

    def _ask(self, question: str, key: int) -> bool:
        try:
            with self._place.explained():
                return bool(self._connected().scalar(text(question), {"key": key}))
        except WfError:
            self._lose()
            raise

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            for key in self._held.values():  # the server took them back when it lost the connection
                self._connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": key})
        return self._connection

    def _lose(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None


class AdvisoryLock:
    """The lock of one execution."""

    __slots__ = ("_execution_id", "_locks")

    def __init__(self, locks: AdvisoryLocks, execution_id: str) -> None:
        self._locks = locks
        self._execution_id = execution_id

    def release(self) -> None:
        """Gives the lock back."""
        self._locks.release(self._execution_id)


def _key(execution_id: str) -> int:
    """The number of an execution's lock: the server knows locks by 64 bits."""
    return int.from_bytes(hashlib.blake2b(execution_id.encode(), digest_size=8).digest(), signed=True)
