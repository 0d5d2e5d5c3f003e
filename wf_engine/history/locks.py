"""Locks that the kernel gives back when their holder dies, however it dies."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from wf_engine.text import WfError

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int, *, wait: bool) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int, *, wait: bool) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)


def try_lock(descriptor: int) -> bool:
    """Locks an open file, unless somebody else has."""
    try:
        _lock(descriptor, wait=False)
    except OSError:
        return False
    return True


class FileLock:
    """A lock that is held until `release`, or until the process ends."""

    __slots__ = ("_descriptor", "_path")

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor

    def release(self) -> None:
        """Gives the lock back and removes its file. Whoever opened the file meanwhile looks at the database again."""
        with suppress(OSError):
            self._path.unlink()
        os.close(self._descriptor)


class LockFolder:
    """The locks beside a database: a file for each execution that somebody runs. Raises WfError where it has no access."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def acquire(self, execution_id: str) -> FileLock | None:
        """The lock of an execution, or None while another process, or another holder in this one, has it."""
        path = self._folder / f"{execution_id}.lock"
        descriptor = self._open(path)
        if not try_lock(descriptor):
            os.close(descriptor)
            return None
        return FileLock(path, descriptor)

    def close(self) -> None:
        """Whoever holds a lock of a file releases it."""

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Waits until nobody else changes the schema, and keeps others from it."""
        descriptor = self._open(self._folder / "schema")
        try:
            _lock(descriptor, wait=True)
            yield
        finally:
            os.close(descriptor)

    def _open(self, path: Path) -> int:
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            message = f"The locks of the history in {self._folder} cannot be used: {error.strerror}."
            raise WfError(message, hint="Make the folder yours and writable, or remove it.") from error
