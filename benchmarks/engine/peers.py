"""Promise: a workflow behind a route of twenty lines answers at a multiple of the rate of other engines of workflows.

usage: peers.py [--rounds N] [--seconds S] [--report FILE]

`route.py`, Node-RED and the emulator of Google Workflows do the same chain of three calls, each in one process on the
first core, by turns; nginx and the load (wrk, 32 at once) are on the last. Exits with 1 where a bar is missed, with 2
where it cannot measure.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.engine.machine import (
    HERE,
    Bar,
    Figures,
    cannot,
    cores,
    medians,
    processor_time,
    rate,
    running,
    service,
)
from benchmarks.installing import from_npm, from_pypi

GIVEN = {"id": 42}
OUTPUT = {"user": "Ada", "team": "Core", "org": "Acme", "plan": "gold"}
PEERS = HERE / "peers"


@dataclass(frozen=True)
class Server:
    """Who answers `POST`: `command` makes the command, given a folder that is its own."""

    name: str
    port: int
    path: str
    body: Any
    command: Callable[[Path], list[str | Path]]
    bar: Bar | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}{self.path}"

    @contextmanager
    def up(self, core: str) -> Iterator[subprocess.Popen[bytes]]:
        """While it runs; that it gives the right answer is seen first."""
        with tempfile.TemporaryDirectory() as folder:
            command = self.command(Path(folder))
            with running(command, core, self.port) as process:
                self.check()
                yield process

    def check(self) -> None:
        """Ends the benchmark where it answers something else."""
        data = json.dumps(self.body).encode()
        request = urllib.request.Request(self.url, data, {"Content-Type": "application/json"})
        said: Any = None
        for _ in range(50):
            try:
                with urllib.request.urlopen(request, timeout=10) as answer:
                    said = json.loads(answer.read())
                break
            except OSError as error:  # it listens before its workflows are there
                said = error
                time.sleep(0.2)
        if said != OUTPUT:
            cannot(f"{self.name} answered {said}")


def node_red(folder: Path) -> list[str | Path]:
    """The command of Node-RED."""
    flow = PEERS / "chain3.node-red.json"
    return [from_npm("node-red@4") / "node-red", "-u", folder, "-s", PEERS / "node-red.settings.js", flow]


def emulator(_: Path) -> list[str | Path]:
    """The command of the emulator of Google Workflows."""
    command = from_pypi("workflows-emulator==1.10.0") / "workflows-emulator"
    return [command, "--source", PEERS / "chain3.google.yaml", "serve", "--port", "9112"]


GOOGLE = "/v1/projects/bench/locations/here/workflows/chain3/executions"
OURS = Server("wf", 9110, "/chain3", GIVEN, lambda _: [sys.executable, HERE / "route.py"])
OTHERS = (
    Server("node-red@4", 9111, "/chain3", GIVEN, node_red, Bar(least=3)),
    Server("workflows-emulator==1.10.0", 9112, GOOGLE, {"argument": json.dumps(GIVEN)}, emulator, Bar(least=25)),
)


def script(folder: Path, server: Server) -> Path:
    """What wrk sends."""
    path = folder / f"{server.port}.lua"
    body = json.dumps(server.body)
    path.write_text(f'wrk.method = "POST"\nwrk.body = [[{body}]]\nwrk.headers["Content-Type"] = "application/json"\n')
    return path


def loaded(server: Server, folder: Path, seconds: int) -> dict[str, float]:
    """One round of one server: its rate, and its processor time for an answer."""
    near, far = cores()
    sent = script(folder, server)
    with server.up(near) as process:
        rate(far, server.url, 1, sent)
        before = processor_time(process)
        answered = rate(far, server.url, seconds, sent)
        return {"rate": answered, "cpu_ms": (processor_time(process) - before) / (answered * seconds) * 1e3}


def measured(rounds: int, seconds: int) -> dict[str, Figures]:
    """By server, the medians of its figures."""
    found: dict[str, list[Figures]] = {}
    far = cores()[1]
    with service(far), tempfile.TemporaryDirectory() as folder:
        for number in range(rounds):
            servers = [OURS, *OTHERS]
            for server in servers if number % 2 == 0 else servers[::-1]:
                found.setdefault(server.name, []).append(loaded(server, Path(folder), seconds))
    return {name: medians(figures) for name, figures in found.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, reports; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=4, help="how long each is under load in a round")
    parser.add_argument("--report", type=Path, help="where the Markdown report is written")
    given = parser.parse_args(arguments)
    found = measured(given.rounds, given.seconds)
    ours = found[OURS.name]
    lines = [
        "| chain3 behind HTTP, 32 at once | rate | processor time an answer | our rate, of its | bar | |",
        "|---|---|---|---|---|---|",
        f"| wf (`benchmarks/engine/route.py`) | {ours['rate']:.0f}/s | {ours['cpu_ms']:.2f} ms | | | |",
    ]
    kept = True
    for peer in OTHERS:
        assert peer.bar is not None
        its = found[peer.name]
        value = ours["rate"] / its["rate"]
        kept &= peer.bar.holds(value)
        lines.append(f"| {peer.name} | {its['rate']:.0f}/s | {its['cpu_ms']:.2f} ms | {peer.bar.cells(value)} |")
    report = "\n".join(lines) + "\n"
    print(report)
    if given.report is not None:
        given.report.write_text(report)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
