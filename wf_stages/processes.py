"""Running a command with its children, within a time, and stopping all of them."""

import contextlib
import os
import signal
import subprocess
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_GRACE = 2.0
_POLL = 0.02
_MARK = "WF_STAGE_COMMAND"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended. `exit_code` is None where it never started; `seconds` is wall time."""

    exit_code: int | None
    seconds: float
    timed_out: bool = False
    error: str | None = None


class Interrupted(Exception):  # noqa: N818 - it is no error: somebody asked for it
    """The run was stopped by the person who started it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command runs, and where what it says goes."""

    folder: Path
    env: Mapping[str, str]
    log: Path
    stdout: Path | None = None


def run(command: Sequence[str], place: Place, timeout: float, stop: threading.Event) -> Outcome:
    """Runs a command to its end, its timeout (seconds), or until `stop` is set, which raises Interrupted."""
    began, mark = time.monotonic(), uuid.uuid4().hex
    with place.log.open("ab") as log, (place.stdout or place.log).open("ab") as out:
        try:
            # A session of its own, so that its children can be stopped with it.
            process = subprocess.Popen(  # noqa: S603 - the gate's own command, a list without a shell
                command,
                cwd=place.folder,
                env={**place.env, _MARK: mark},
                stdin=subprocess.DEVNULL,
                stdout=out if place.stdout else log,
                stderr=log,
                start_new_session=True,
            )
        except OSError as error:
            return Outcome(None, time.monotonic() - began, error=f"{command[0]} cannot be started: {error.strerror}")
        try:
            timed_out = _wait(process, began + timeout, stop)
            seconds = time.monotonic() - began  # what comes after is ours, not the command's
        finally:
            # Also after an ordinary end: what it left running would go on writing, or hold ports that the next gate needs.
            _stop_group(process)
            _stop_strays(mark)
    return Outcome(process.returncode, seconds, timed_out)


def _wait(process: "subprocess.Popen[bytes]", deadline: float, stop: threading.Event) -> bool:
    while not _ended(process):
        if stop.is_set():
            raise Interrupted
        if time.monotonic() >= deadline:
            return True
    return False


def _ended(process: "subprocess.Popen[bytes]") -> bool:
    try:
        process.wait(_POLL)
    except subprocess.TimeoutExpired:
        return False
    return True


def _stop_group(process: "subprocess.Popen[bytes]") -> None:
    _signal(process.pid, signal.SIGTERM)
    end = time.monotonic() + _GRACE
    while _signal(process.pid, 0) and time.monotonic() < end:
        process.poll()
        time.sleep(_POLL)
    _signal(process.pid, signal.SIGKILL)
    process.wait()


def _stop_strays(mark: str) -> None:
    """Kills what left the session (`setsid`): on Linux it is known by the mark in its environment."""
    wanted = f"{_MARK}={mark}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # of somebody else, or gone meanwhile
            if wanted in (folder / "environ").read_bytes().split(b"\0"):
                os.kill(int(folder.name), signal.SIGKILL)


def _signal(group: int, number: int) -> bool:
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def tail(path: Path, ended: threading.Event, write: Callable[[str], object]) -> None:
    """Passes on what a file grows by, until `ended` is set and all of it was passed on."""
    with path.open("r", encoding="utf-8", errors="replace") as file:
        while True:
            last = ended.is_set()
            text = file.read()
            if text:
                write(text)
            elif last:
                return
            else:
                ended.wait(0.1)
