"""SQLite as the place of a history: one file, private to the user, that several processes use at once."""

import os
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event
from sqlalchemy.exc import DBAPIError

from wf_engine.history.locks import LockFolder
from wf_engine.history.revisions import ELSEWHERE, known_revision, migrate
from wf_engine.history.schema import REVISIONS, Rows, executions, segments
from wf_engine.text import WfError

_APPLICATION = 0x57464831
"""Marks a file as ours (SQLite's `application_id`), so that no other program's database is ever changed."""

_BUSY_S = 20.0
"""How long a process waits for another to finish its commit, which takes milliseconds."""

_CHECKPOINT = 8 * 1024 * 1024
"""Characters of events after which what stands in the write-ahead log is copied into the file."""
_TRIES = 5
"""How often a copy is made that finds more to do when it ends; the log begins anew only where one does not."""
_FAR_BEHIND = 32_000
"""Pages in the log (128 MB) at which a commit copies them itself."""

_ROWS = 64
"""Rows a statement at most. It is half of that, a quarter and so on for the rest, so that the driver knows each of them."""

_REASONS = (
    ("file is not a database", "is not a history database", f"{ELSEWHERE}, or move the file away."),
    ("malformed", "is damaged", "Move the file away to begin a new history, or restore it from a copy."),
    ("readonly database", "cannot be written", f"Make it writable. {ELSEWHERE} otherwise."),
    ("unable to open", "cannot be opened", f"{ELSEWHERE}."),
    ("disk is full", "cannot grow: the disk is full", "Make room on the disk."),
    ("locked", "is kept busy by another process", "Try again when that process has finished."),
)


class SqlitePlace:
    """A file, given as a path or `sqlite:///path`. Raises WfError for what is no SQLite file."""

    def __init__(self, url_or_path: str) -> None:
        path = url_or_path.removeprefix("sqlite:///")
        if "://" in path or not path or path == ":memory:":
            message = f"A history cannot be kept in `{url_or_path}`."
            raise WfError(message, hint="Give a file, as a path or `sqlite:///path`, or a `postgresql://` address.")
        self.path = Path(path).absolute()
        self.name = str(self.path)
        self._uncopied = 0
        self._copying = threading.Lock()

    spill = None
    """A file is always there."""

    @property
    def exists(self) -> bool:
        """Whether anything was ever recorded here."""
        return self.path.exists()

    def open(self) -> tuple[Engine, LockFolder]:
        """An engine over the file, made and brought to the newest schema where need be, and the executions' locks."""
        _prepare(self.path)
        engine = create_engine(
            URL.create("sqlite", database=self.name), connect_args={"timeout": _BUSY_S, "isolation_level": None}
        )
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
        locks = LockFolder(self.path.with_name(self.path.name + ".locks"))
        try:
            with self.explained():
                _bring_up_to_date(engine, self.path, locks)
        except BaseException:
            engine.dispose()
            raise
        return engine, locks

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turns the driver's errors into a WfError that names the file and says what to do."""
        try:
            yield
        except DBAPIError as error:
            raise _explanation(self.path, error) from error

    inserts_alone = False

    @staticmethod
    def insert(connection: Connection, begun: Rows, added: Rows) -> None:
        """Inserts rows of `executions` and of `segments`."""
        _insert(connection, executions, begun)
        _insert(connection, segments, added)

    def written(self, characters: int) -> None:
        """Has the log copied into the file now and then, beside the commits, which need not wait for the disk."""
        self._uncopied += characters
        if self._uncopied >= _CHECKPOINT and self._copying.acquire(blocking=False):
            self._uncopied = 0
            threading.Thread(target=self._copy_log, name="wf-history-copy", daemon=True).start()

    def _copy_log(self) -> None:
        # A failure is no loss: all is in the log, and a commit copies it in the end, or the last one that closes the file.
        try:
            with suppress(sqlite3.Error), closing(sqlite3.connect(f"{self.path.as_uri()}?mode=rw", uri=True)) as file:
                for _ in range(_TRIES):
                    busy, there, copied = file.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
                    if busy or there == copied:
                        break
        finally:
            self._copying.release()

    @staticmethod
    def is_busy(error: WfError) -> bool:
        """Whether the same could succeed a moment later."""
        return isinstance(error.__cause__, DBAPIError) and "locked" in str(error.__cause__.orig)

    @staticmethod
    def is_away(_: WfError) -> bool:
        """Whether the database cannot be reached at present: a file always can."""
        return False


def _explanation(path: Path, error: DBAPIError) -> WfError:
    reason = str(error.orig)
    for part, message, hint in _REASONS:
        if part in reason:
            return WfError(f"The history {path} {message}.", hint=hint)
    return WfError(f"The history {path} cannot be used: {reason}.", hint=f"{ELSEWHERE}.")


def _prepare(path: Path) -> None:
    """Makes the folders and the file that are missing, for the user alone, and closes the file to others."""
    try:
        for folder in reversed(path.parents):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            found = os.fstat(descriptor)
            if sys.platform != "win32" and found.st_mode & 0o077 and found.st_uid == os.geteuid():
                os.fchmod(descriptor, 0o600)
        finally:
            os.close(descriptor)
    except OSError as error:
        message = f"The history {path} cannot be opened for writing: {error.strerror}."
        raise WfError(message, hint=f"{ELSEWHERE}.") from error


def _on_connect(connection: Any, _: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    # In WAL mode a commit survives the death of the process without a sync of the disk; only a crash of the machine can
    # take the last ones back, never part of one.
    connection.execute("PRAGMA synchronous = NORMAL")
    # No commit waits for the disk: `SqlitePlace.written` sees to it, unless it falls far behind.
    connection.execute(f"PRAGMA wal_autocheckpoint = {_FAR_BEHIND}")


def _on_begin(connection: Connection) -> None:
    # The driver's own BEGIN comes too late for schema changes, and a write that begins as a read cannot wait its turn.
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _insert(connection: Connection, table: Table, rows: Rows) -> None:
    """Inserts rows by few statements: between two of them the driver gives the interpreter away and waits for it."""
    names = ", ".join(column.name for column in table.c)
    values = f"({', '.join('?' * len(table.c))})"
    size, start = _ROWS, 0
    while start < len(rows):
        while size > len(rows) - start:
            size //= 2
        sql = f"INSERT INTO {table.name} ({names}) VALUES {', '.join([values] * size)}"  # noqa: S608 - names of ours
        connection.exec_driver_sql(sql, tuple(chain(*rows[start : start + size])))
        start += size


def _bring_up_to_date(engine: Engine, path: Path, locks: LockFolder) -> None:
    if _revision(engine, path) == REVISIONS[-1]:
        return
    with locks.exclusive(), engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA journal_mode = WAL")
        with connection.execution_options(immediate=True).begin():
            # Another process may have done it while this one waited.
            if _revision_of(connection, path) != REVISIONS[-1]:
                connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION}")
                migrate(connection)


def _revision(engine: Engine, path: Path) -> str | None:
    with engine.connect() as connection:
        return _revision_of(connection, path)


def _revision_of(connection: Connection, path: Path) -> str | None:
    """The schema's revision, None for an empty file. Raises WfError for a file that is not ours or too new."""
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    if application == 0 and connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one() == 0:
        return None
    if application != _APPLICATION:
        message = f"The database {path} belongs to another program."
        raise WfError(message, hint=f"{ELSEWHERE}.")
    return known_revision(connection, str(path))
