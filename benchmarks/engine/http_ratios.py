"""Promise: over real HTTP a workflow runs at a fixed share of the rate of the same calls written by hand.

usage: http_ratios.py [--rounds N] [--seconds S] [--report FILE]

Runs `engine_side.py` and `fixed/http_baseline.py` in turns against nginx, each side in one warm process at a time on
the first core, nginx on the last. Prints medians and ratios, writes a Markdown report, and exits with 1 where a bar is
missed; with 2 where it cannot measure. Figures of two runs of this script are not comparable, their ratios are.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.engine.engine_side import ITEMS
from benchmarks.engine.machine import HERE, NGINX, Bar, Figures, cannot, cores, medians, rate, service

OURS, BASELINE = HERE / "engine_side.py", HERE / "fixed" / "http_baseline.py"
SERVICE_BAR = 3.0
"""The service must be able to answer this many times the requests that the baseline makes."""


@dataclass(frozen=True)
class Work:
    """What both sides do `n` times, so many at once, and what must hold of our figures and the baseline's."""

    name: str
    at_once: int
    n: int
    promises: dict[str, Bar]


WORKS = (
    Work("chain3", 32, 3000, {"rate, of the baseline's": Bar(least=0.5)}),
    Work("chain3", 1, 1000, {"added p50, ms": Bar(most=0.5)}),
    Work("fan5", 1, 60, {"p50, of the baseline's": Bar(most=1.07)}),
    Work(
        "foreach",
        1,
        1,
        {"time, of the baseline's": Bar(most=1.2), "peak memory over the baseline's, KB an item": Bar(most=3)},
    ),
)


def figure(about: str, ours: Figures, base: Figures) -> float:
    """The figure that is held against the bar."""
    match about.split(maxsplit=1)[0]:
        case "rate,":
            return float(ours["rate_per_s"] / base["rate_per_s"])
        case "added":
            return float(ours["p50_ms"] - base["p50_ms"])
        case "peak":
            return float((ours["peak_mb"] - base["peak_mb"]) * 1024 / ITEMS)
    return float(ours["p50_ms"] / base["p50_ms"])


def measured(script: Path, work: Work, core: str) -> Figures:
    """One round of one side."""
    command = ["taskset", "-c", core, sys.executable, script, work.name, "--n", str(work.n)]
    done = subprocess.run([*command, "--at-once", str(work.at_once)], capture_output=True, text=True, check=False)
    if done.returncode:
        cannot(f"{script.name} failed\n{done.stderr}")
    figures: Figures = json.loads(done.stdout)
    return figures


def compare(work: Work, rounds: int, core: str) -> tuple[Figures, Figures]:
    """Both sides in turns, each first in every other round."""
    found: dict[Path, list[Figures]] = {OURS: [], BASELINE: []}
    for number in range(rounds):
        sides = [OURS, BASELINE]
        for script in sides if number % 2 == 0 else sides[::-1]:
            found[script].append(measured(script, work, core))
    return medians(found[OURS]), medians(found[BASELINE])


def shown(side: Figures) -> str:
    """A side's figures, as a cell of the table."""
    if side["p50_ms"] > 1000:
        return f"{side['p50_ms'] / 1000:.2f} s, {side['peak_mb']:.0f} MB"
    return (
        f"{side['rate_per_s']:.0f}/s, p50 {side['p50_ms']:.2f}, p99 {side['p99_ms']:.2f} ms, {side['peak_mb']:.0f} MB"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, reports; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=3, help="how long nginx's own rate is measured")
    parser.add_argument("--report", type=Path, help="where the Markdown report is written")
    given = parser.parse_args(arguments)
    near, far = cores()
    lines = [f"{given.rounds} interleaved rounds, medians; both sides on core {near}, nginx on core {far}.", ""]
    lines += ["| work | at once | | ours | baseline | figure | bar | |", "|---|---|---|---|---|---|---|---|"]
    kept = True
    requests = 0.0
    with service(far):
        own = rate(near, f"http://127.0.0.1:{NGINX}/users/42", given.seconds)
        for work in WORKS:
            ours, base = compare(work, given.rounds, near)
            if work.name == "chain3":
                requests = max(requests, 3 * base["rate_per_s"])
            for about, bar in work.promises.items():
                value = figure(about, ours, base)
                kept &= bar.holds(value)
                sides = f"{shown(ours)} | {shown(base)}"
                lines.append(f"| {work.name} | {work.at_once} | {about} | {sides} | {bar.cells(value)} |")
    lines += [
        "",
        f"nginx's own rate: {own:,.0f} requests/s, {own / requests:.1f} times the baseline's (bar: {SERVICE_BAR:.0f}).",
    ]
    report = "\n".join(lines) + "\n"
    print(report)
    if given.report is not None:
        given.report.write_text(report)
    return 0 if kept and own >= SERVICE_BAR * requests else 1


if __name__ == "__main__":
    sys.exit(main())
