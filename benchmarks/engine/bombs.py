"""Promise: an answer that is made to do harm is refused within 100 ms, and the event loop is not held meanwhile.

usage: bombs.py [--rounds N] [--report FILE]

The bombs of `tests/execution/test_bombs.py`, sent by a process of their own on the other core; the clock runs from before
the request until the execution has failed, what is sent until then included. Another task counts how long the loop was
held at once. Exits with 1 where a bar is missed.
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.engine.machine import Bar, cannot, cores
from tests.execution.runs import get, peer, run
from tests.execution.test_bombs import BOMBS, RETRY_ONCE
from wf_engine.execution import Engine
from wf_engine.text.garbage import collect_seldom

REFUSED_MS = Bar(most=100)
HELD_MS = Bar(most=25)


async def serve(name: str) -> None:
    """Sends the bomb to whoever asks, until it is stopped; prints where."""
    bomb, _ = BOMBS[name]
    async with peer(bomb()) as url:
        print(url, flush=True)
        await asyncio.Event().wait()


async def beat(longest: list[float]) -> None:
    """Keeps the longest time between two turns on the event loop, in seconds."""
    loop = asyncio.get_running_loop()
    before = loop.time()
    while True:
        await asyncio.sleep(0)
        now = loop.time()
        longest[0] = max(longest[0], now - before)
        before = now


@asynccontextmanager
async def watched() -> AsyncIterator[list[float]]:
    """How long the loop was held at once at most."""
    longest = [0.0]
    pulse = asyncio.ensure_future(beat(longest))
    await asyncio.sleep(0)
    try:
        yield longest
    finally:
        pulse.cancel()


async def measured(url: str, said: str, rounds: int) -> tuple[float, float]:
    """Milliseconds until the bomb is refused and those for which the loop is held, medians of the rounds."""
    took, held = [], []
    loop = asyncio.get_running_loop()
    async with Engine() as engine:
        for _ in range(rounds + 1):  # the first one makes ready
            async with watched() as longest:
                begun = loop.time()
                ran = await run(get(url, task_more=RETRY_ONCE), engine=engine)
                took.append((loop.time() - begun) * 1000)
            held.append(longest[0] * 1000)
            if said not in ran.error["message"]:
                cannot(f"a bomb was not refused: {ran.error}")
    return statistics.median(took[1:]), statistics.median(held[1:])


def one(name: str, near: str, far: str, rounds: int) -> tuple[float, float]:
    """Both figures of a bomb."""
    here = [sys.executable, "-m", "benchmarks.engine.bombs"]
    with subprocess.Popen(["taskset", "-c", far, *here, "--serve", name], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            url = server.stdout.readline().strip()
            asked = ["taskset", "-c", near, *here, "--measure", name, url, "--rounds", str(rounds)]
            done = subprocess.run(asked, capture_output=True, text=True, check=False)
        finally:
            server.kill()
    if done.returncode:
        cannot(f"{name} could not be measured\n{done.stderr}")
    took, held = json.loads(done.stdout)
    return took, held


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, reports; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--report", type=Path, help="where the Markdown report is written")
    parser.add_argument("--serve", choices=BOMBS, help=argparse.SUPPRESS)
    parser.add_argument("--measure", nargs=2, metavar=("NAME", "URL"), help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.serve is not None:
        asyncio.run(serve(given.serve))
    elif given.measure is not None:
        collect_seldom()  # as `wf` does
        name, url = given.measure
        print(json.dumps(asyncio.run(measured(url, BOMBS[name][1], given.rounds))))
    else:
        return report(given.rounds, given.report)
    return 0


def report(rounds: int, path: Path | None) -> int:
    """Measures each bomb; the exit code."""
    near, far = cores()
    lines = [
        "| a bomb | refused after, ms | bar | | the loop held, ms | bar | |",
        "|---|---|---|---|---|---|---|",
    ]
    kept = True
    for name in BOMBS:
        took, held = one(name, near, far, rounds)
        kept &= REFUSED_MS.holds(took) and HELD_MS.holds(held)
        lines.append(f"| {name} | {REFUSED_MS.cells(took)} | {HELD_MS.cells(held)} |")
    text = "\n".join(lines) + "\n"
    print(text)
    if path is not None:
        path.write_text(text)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
