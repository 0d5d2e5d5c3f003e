"""What the reader is told while gates run."""

import sys
from pathlib import Path
from typing import Any

from wf_stages import waivers
from wf_stages.errors import StageError
from wf_stages.evidence import read_record
from wf_stages.judging import Verdict
from wf_stages.model import Gate
from wf_stages.state import StageStore, now

_LINES = 12
_INDENT = " " * 8


def say(text: str) -> None:
    """A line to the reader, at once: the next may take minutes."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def counted(count: int, what: str) -> str:
    """A count with its noun: `1 gate`, `2 gates`."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


class Talk:
    """Says how the gates come along, numbered within their count."""

    def __init__(self, count: int, state: dict[str, Any], store: StageStore, *, live: bool) -> None:
        self.count, self.state, self.store, self.live, self.done = count, state, store, live, 0

    def started(self, gate: Gate) -> None:
        """Says that the gate runs."""
        say(f"{_INDENT}gate {gate.number:>2} {gate.name} …")

    def finished(self, gate: Gate, entry: dict[str, Any]) -> None:
        """Says the verdict, how long it took and why; of a gate that failed also the end of what its tool said."""
        self.done += 1
        self.state["gates"][gate.number] = entry
        verdict = waivers.shown(self.state, gate.number, now())
        reason = f"  {entry['reason']}" if entry["reason"] else ""
        took = f"{verdict} in {entry['seconds']:.1f} s"
        say(f"[{self.done:>2}/{self.count}] gate {gate.number:>2} {gate.name}: {took}{reason}")
        if entry["verdict"] == Verdict.PASSED:
            return
        log = _last_log(self.store.folder / entry["evidence"])
        if entry["verdict"] == Verdict.FAILED and not self.live:
            for line in _end(log):
                say(f"{_INDENT}| {line}")
        say(f"{_INDENT}what was said: {log.relative_to(self.store.root).as_posix()}")
        if entry["verdict"] == Verdict.FAILED and gate.advice:
            say(f"{_INDENT}what to do: {gate.advice}")


def _last_log(folder: Path) -> Path:
    """The log of the last command that ran, the folder itself where none did."""
    try:
        steps = read_record(folder)["steps"]
    except (StageError, KeyError):  # somebody removed it meanwhile
        steps = []
    return folder / steps[-1]["log"] if steps else folder


def _end(log: Path) -> list[str]:
    """The last lines that say something."""
    try:
        lines = log.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [line.rstrip() for line in lines if line.strip()][-_LINES:]
