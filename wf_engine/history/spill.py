"""A file for events that the database cannot take for longer than memory lasts.

Each line is a write; half a line, as a process leaves that dies, is no write. The file is locked while its process lives.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from uuid import uuid4

import msgspec

from wf_engine.history.database import Database, Write
from wf_engine.history.locks import try_lock
from wf_engine.text import WfError

LARGEST = 1024 * 1024 * 1024
"""Bytes of the largest file."""
_BATCH = 500


class Spill:
    """A file that is there only while something is in it."""

    def __init__(self, folder: Path, limit: int = LARGEST) -> None:
        self._path = folder / f"{uuid4()}.jsonl"
        self._limit = limit
        self._descriptor: int | None = None
        self._size = 0
        self._read = 0
        self.lost = 0
        """Events that found no room."""

    @property
    def empty(self) -> bool:
        """Whether everything was read back."""
        return self._descriptor is None

    def append(self, writes: Iterable[Write]) -> None:
        """Keeps writes on the disk, as many as find room. Raises WfError where there is no writing."""
        try:
            descriptor = self._descriptor = self._opened() if self._descriptor is None else self._descriptor
            for write in writes:
                self._append(descriptor, write)
            os.fsync(descriptor)
        except OSError as error:
            message = (
                f"The events that wait for the history's database cannot be kept in {self._path}: {error.strerror}."
            )
            raise WfError(
                message, hint="Make room there, or set XDG_STATE_HOME to a folder that can be written."
            ) from error

    def _opened(self) -> int:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try_lock(descriptor)
        return descriptor

    def _append(self, descriptor: int, write: Write) -> None:
        line = msgspec.json.encode(write) + b"\n"
        if self._size + len(line) > self._limit:
            self.lost += sum(each.last_seq - each.first_seq + 1 for each in write.segments)
            return
        os.write(descriptor, line)
        self._size += len(line)

    def next(self) -> tuple[list[Write], int]:
        """The next writes, and where in the file they end."""
        with self._path.open("rb") as file:
            file.seek(self._read)
            return [write for write, _ in zip(_lines(file), range(_BATCH), strict=False)], file.tell()

    def taken(self, end: int) -> None:
        """What stands before `end` is in the database."""
        self._read = end
        if self._read >= self._size and self._descriptor is not None:
            self._path.unlink(missing_ok=True)
            os.close(self._descriptor)
            self._descriptor, self._size, self._read = None, 0, 0

    def close(self) -> None:
        """Leaves what is there to a later process."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def replay(database: Database, folder: Path) -> None:
    """Commits what processes that are gone have left. Raises WfError where the database is away again."""
    for path in sorted(folder.glob("*.jsonl")) if folder.is_dir() else ():
        descriptor = os.open(path, os.O_RDWR)
        try:
            if try_lock(descriptor) and path.exists():
                with path.open("rb") as file:
                    _commit(database, list(_lines(file)))
                path.unlink()
        finally:
            os.close(descriptor)


def _commit(database: Database, writes: Sequence[Write]) -> None:
    for write in writes:
        try:
            database.write([write])
        except WfError as error:
            if database.place.is_away(error):
                raise
            # it was committed, and its process died before the file said so


def _lines(file: Iterable[bytes]) -> Iterator[Write]:
    for line in file:
        if line.endswith(b"\n"):
            yield msgspec.json.decode(line, type=Write)
