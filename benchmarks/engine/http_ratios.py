"""Promise: over real HTTP a workflow runs at a fixed share of the rate of the same calls written by hand.

usage: http_ratios.py [--rounds N] [--seconds S] [--report FILE]

Runs `engine_side.py` and `fixed/http_baseline.py` in turns against nginx, each side in one warm process at a time on
the first core, nginx on the last. Prints medians and ratios, writes a Markdown report, and exits with 1 where a bar is
missed; with 2 where it cannot measure. Figures of two runs of this script are not comparable, their ratios are.
"""

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ADDRESS = ("127.0.0.1", 9100)
OURS, BASELINE = HERE / "engine_side.py", HERE / "fixed" / "http_baseline.py"
SERVICE_BAR = 3.0
"""The service must be able to answer this many times the requests that the baseline makes."""

Figures = dict[str, Any]


@dataclass(frozen=True)
class Bar:
    """What must hold of the medians of our figures (`ours`) and the baseline's (`base`)."""

    work: str
    at_once: int
    n: int
    about: str
    least: float | None = None
    most: float | None = None

    def value(self, ours: Figures, base: Figures) -> float:
        """The figure that is held against the bar."""
        if self.about.startswith("rate"):
            return float(ours["rate_per_s"]) / float(base["rate_per_s"])
        if self.about.startswith("added"):
            return float(ours["p50_ms"]) - float(base["p50_ms"])
        return float(ours["p50_ms"]) / float(base["p50_ms"])

    def holds(self, value: float) -> bool:
        """Whether the bar is kept."""
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    @property
    def wanted(self) -> str:
        """The bar in words."""
        return f"at least {self.least}" if self.least is not None else f"at most {self.most}"


BARS = (
    Bar("chain3", 32, 3000, "rate, of the baseline's", least=0.5),
    Bar("chain3", 1, 1000, "added p50, ms", most=0.5),
    Bar("fan5", 1, 60, "p50, of the baseline's", most=1.07),
)


def cores() -> tuple[str, str]:
    """The core for the sides and the one for the service."""
    available = sorted(os.sched_getaffinity(0))
    if len(available) < 2:
        sys.exit("error: two cores are needed, one for each side and one for nginx")
    return str(available[0]), str(available[-1])


@contextmanager
def service(core: str) -> Iterator[None]:
    """Nginx as `fixed/nginx.conf` says, on its own core."""
    if not shutil.which("nginx") or not shutil.which("wrk"):
        print("error: nginx or wrk is missing; run tools/benchmarks/install-nginx.sh", file=sys.stderr)
        sys.exit(2)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(HERE / "fixed" / "nginx.conf", folder)
        Path(folder).chmod(0o755)
        nginx = subprocess.Popen(["taskset", "-c", core, "nginx", "-p", folder, "-c", "nginx.conf"])
        try:
            wait_for(nginx)
            yield
        finally:
            nginx.terminate()
            nginx.wait()


def wait_for(process: subprocess.Popen[bytes]) -> None:
    """Waits until the service listens."""
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(ADDRESS) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    print("error: nginx did not start", file=sys.stderr)
    sys.exit(2)


def own_rate(core: str, seconds: int) -> float:
    """Requests a second that nginx answers."""
    url = f"http://{ADDRESS[0]}:{ADDRESS[1]}/users/42"
    said = subprocess.run(
        ["taskset", "-c", core, "wrk", "-t1", "-c32", f"-d{seconds}s", url], capture_output=True, text=True, check=True
    ).stdout
    return next(float(line.split()[1]) for line in said.splitlines() if line.startswith("Requests/sec"))


def measured(script: Path, bar: Bar, core: str) -> Figures:
    """One round of one side."""
    command = ["taskset", "-c", core, sys.executable, str(script), bar.work, "--n", str(bar.n)]
    done = subprocess.run([*command, "--at-once", str(bar.at_once)], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"error: {script.name} failed\n{done.stderr}", file=sys.stderr)
        sys.exit(2)
    figures: Figures = json.loads(done.stdout)
    return figures


def medians(rounds: list[Figures]) -> Figures:
    """The median of each figure."""
    return {
        key: statistics.median(figures[key] for figures in rounds)
        for key in ("rate_per_s", "p50_ms", "p99_ms", "peak_mb")
    }


def compare(bar: Bar, rounds: int, core: str) -> tuple[Figures, Figures]:
    """Both sides in turns, each first in every other round."""
    ours: list[Figures] = []
    base: list[Figures] = []
    for number in range(rounds):
        sides = [(OURS, ours), (BASELINE, base)]
        for script, figures in sides if number % 2 == 0 else sides[::-1]:
            figures.append(measured(script, bar, core))
    return medians(ours), medians(base)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, reports; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=3, help="how long nginx's own rate is measured")
    parser.add_argument("--report", type=Path, help="where the Markdown report is written")
    given = parser.parse_args(arguments)
    near, far = cores()
    lines = ["# The engine over HTTP, beside the same calls by hand", ""]
    lines += [f"{given.rounds} interleaved rounds, medians; both sides on core {near}, nginx on core {far}.", ""]
    lines += ["| work | at once | | ours | baseline | figure | bar | |", "|---|---|---|---|---|---|---|---|"]
    kept = True
    with service(far):
        rate = own_rate(near, given.seconds)
        requests = 0.0
        for bar in BARS:
            ours, base = compare(bar, given.rounds, near)
            if bar.about.startswith("rate"):
                requests = 3 * base["rate_per_s"]
            value = bar.value(ours, base)
            kept &= bar.holds(value)
            shown = [
                f"{side['rate_per_s']:.0f}/s, p50 {side['p50_ms']:.2f}, p99 {side['p99_ms']:.2f} ms, {side['peak_mb']:.0f} MB"
                for side in (ours, base)
            ]
            verdict = "kept" if bar.holds(value) else "**missed**"
            lines.append(
                f"| {bar.work} | {bar.at_once} | {bar.about} | {shown[0]} | {shown[1]} | {value:.2f} | {bar.wanted} | {verdict} |"
            )
    enough = rate >= SERVICE_BAR * requests
    lines += [
        "",
        f"nginx's own rate: {rate:,.0f} requests/s, {rate / requests:.1f} times the baseline's (bar: {SERVICE_BAR:.0f}).",
    ]
    report = "\n".join(lines) + "\n"
    print(report)
    if given.report is not None:
        given.report.write_text(report)
    return 0 if kept and enough else 1


if __name__ == "__main__":
    sys.exit(main())
