"""The process that a client names as its own: where it dies without a word, the server leaves too."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

STARTED_BY = os.getppid()
"""The process that this one was started by, which may be gone before it says a word."""
_BETWEEN = 3.0
"""Seconds between two looks whether it still lives."""


class Conversation(Protocol):
    """What is ended with its parent."""

    @property
    def parent(self) -> int | None:
        """The process of the client, None where it named none that can be watched."""

    @property
    def goodbye(self) -> bool:
        """Whether the client has left as the protocol wants it."""

    def end(self) -> None:
        """Ends it, from another thread."""


class Parents:
    """The clients of this process: it is left once all that are connected are dead, or one that was there last is."""

    def __init__(self) -> None:
        self._connected: set[Conversation] = set()
        self._told: set[Conversation] = set()
        """Conversations that were ended and may still be closing what they began."""
        self._left: set[int] = set()
        """Processes whose clients went without a goodbye."""
        self._lock = threading.Lock()
        threading.Thread(target=self._watch, name="wf-lsp-parents", daemon=True).start()

    @contextmanager
    def watched(self, conversation: Conversation) -> Iterator[None]:
        """While a client is connected, and after it where it said no goodbye."""
        with self._lock:
            self._connected.add(conversation)
        try:
            yield
        finally:
            with self._lock:
                self._connected.discard(conversation)
                self._told.discard(conversation)
                if conversation.parent is not None and not conversation.goodbye:
                    self._left.add(conversation.parent)

    def _watch(self) -> None:
        while True:
            time.sleep(_BETWEEN)
            with self._lock:
                self._look()

    def _look(self) -> None:
        orphaned = bool(self._connected) or not all(map(alive, self._left))
        if orphaned and self._connected <= self._told:
            with suppress(OSError):
                sys.stderr.flush()
            os._exit(1)
        for each in self._connected - self._told:
            if each.parent is not None and not alive(each.parent):
                self._told.add(each)
                each.end()


def watchable(pid: int) -> bool:
    """Whether a process that a client names is one of this machine, and not of another or behind a container's wall."""
    return alive(pid) or pid == STARTED_BY


def alive(pid: int) -> bool:
    """Whether a process lives, as far as can be told."""
    if sys.platform == "win32":
        return True  # there the end of the input tells
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
