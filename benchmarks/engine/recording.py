"""Promise: a history takes at most a fixed share of the rate, in SQLite and in PostgreSQL.

usage: recording.py [--rounds N] [--report FILE]

`engine_side.py` by turns without a history, with one in a file, and with one in a throw-away PostgreSQL server that runs
on nginx's core. An execution counts once all of its events are committed. Exits with 1 where a bar is missed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.engine.machine import HERE, Bar, Figures, cannot, cores, medians, service
from tests.history.postgresql import Server

LEAST = Bar(least=0.85)
N = 3000


@contextmanager
def postgresql(core: str) -> Iterator[Server]:
    """A server on a core."""
    server = Server()
    try:
        assert server.process is not None
        subprocess.run(["taskset", "-acp", core, str(server.process.pid)], check=True, capture_output=True)
        yield server
    finally:
        server.close()


def measured(core: str, place: str | None) -> Figures:
    """One round of one side."""
    command = ["taskset", "-c", core, sys.executable, HERE / "engine_side.py", "chain3", "--n", str(N)]
    done = subprocess.run(
        [*command, *(["--history", place] if place else [])], capture_output=True, text=True, check=False
    )
    if done.returncode:
        cannot(f"engine_side.py failed\n{done.stderr}")
    figures: Figures = json.loads(done.stdout)
    return figures


def rounds_of(number: int) -> dict[str, Figures]:
    """The medians of each side."""
    near, far = cores()
    found: dict[str, list[Figures]] = {"none": [], "SQLite": [], "PostgreSQL": []}
    with service(far), postgresql(far) as server, tempfile.TemporaryDirectory() as folder:
        for turn in range(number):
            places = {"none": None, "SQLite": str(Path(folder) / f"{turn}.db"), "PostgreSQL": server.database()}
            for name in list(places) if turn % 2 == 0 else list(places)[::-1]:
                found[name].append(measured(near, places[name]))
    return {name: medians(figures) for name, figures in found.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, reports; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--report", type=Path, help="where the Markdown report is written")
    given = parser.parse_args(arguments)
    found = rounds_of(given.rounds)
    plain = found.pop("none")
    lines = [
        "| chain3, 32 at once, history | rate | processor time a run | of the rate without | bar | |",
        "|---|---|---|---|---|---|",
        f"| none | {plain['rate_per_s']:.0f}/s | {plain['cpu_ms']:.2f} ms | | | |",
    ]
    kept = True
    for name, figures in found.items():
        value = figures["rate_per_s"] / plain["rate_per_s"]
        kept &= LEAST.holds(value)
        shown = f"{figures['rate_per_s']:.0f}/s | {figures['cpu_ms']:.2f} ms"
        lines.append(f"| {name} | {shown} | {LEAST.cells(value)} |")
    report = "\n".join(lines) + "\n"
    print(report)
    if given.report is not None:
        given.report.write_text(report)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
