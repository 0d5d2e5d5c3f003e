"""The gates of a stage in their order: several at once, stopping at the first failure of the first tier."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any, Protocol

from wf_stages.judging import Verdict
from wf_stages.model import Gate, Tier

Entry = dict[str, Any]


class RunsGates(Protocol):
    """What runs one gate, and can be told to stop."""

    stop: threading.Event

    def run(self, gate: Gate) -> Entry:
        """Runs the gate and gives its entry of the state."""


class Progress(Protocol):
    """Hears how the gates come along."""

    def started(self, gate: Gate) -> None:
        """The gate runs from now on."""

    def finished(self, gate: Gate, entry: Entry) -> None:
        """The gate has this verdict."""


def run_gates(
    runner: RunsGates, gates: Sequence[Gate], progress: Progress, *, jobs: int = 1, keep_going: bool = False
) -> tuple[dict[int, Entry], list[Gate]]:
    """Runs gates in the order given, `jobs` at once. Gives the entries by number, and the gates not begun."""
    waiting, entries = list(gates), dict[int, Entry]()
    running: dict[Future[Entry], Gate] = {}
    stopped = False
    with ThreadPoolExecutor(jobs) as pool:
        try:
            while running or (waiting and not stopped):
                while waiting and not stopped and len(running) < jobs:
                    gate = waiting.pop(0)
                    progress.started(gate)
                    running[pool.submit(runner.run, gate)] = gate
                # In short waits: a wait without end does not hear Ctrl-C everywhere.
                for future in wait(running, timeout=0.2, return_when=FIRST_COMPLETED).done:
                    gate = running.pop(future)
                    entry = entries[gate.number] = future.result()
                    progress.finished(gate, entry)
                    stopped |= not keep_going and gate.tier is Tier.MANDATORY and entry["verdict"] == Verdict.FAILED
        except BaseException:
            runner.stop.set()
            raise
    return entries, waiting


def exit_code(gates: Sequence[Gate], verdicts: Callable[[Gate], str]) -> int:
    """0 passed, 1 a gate failed, 3 a gate could not be run; a recommended gate that fails is a warning."""
    found = {(gate.tier, verdicts(gate)) for gate in gates}
    if any(verdict == Verdict.FAILED and tier is not Tier.RECOMMENDED for tier, verdict in found):
        return 1
    return 3 if any(verdict == Verdict.NOT_RUN for _, verdict in found) else 0
