"""The workflows of `fixed/` on the engine, measured as `fixed/http_baseline.py` measures the same calls by hand.

usage: engine_side.py chain3|fan5 [--n N] [--at-once C] [--stub]     prints one JSON line

One engine is kept warm, as a gateway would keep it. Events are made and kept until their execution ends.
"""

import argparse
import asyncio
import json
import resource
import statistics
import time
from pathlib import Path

from wf_engine.execution import Engine, Event
from wf_engine.workspace import Definition, Settings, Workspace
from wf_engine.workspace.settings import Network

FIXED = Path(__file__).parent / "fixed"
BASE = "http://127.0.0.1:9100"
INPUTS: dict[str, dict[str, object]] = {"chain3": {"id": 42}, "fan5": {}}


async def once(engine: Engine, workspace: Workspace, definition: Definition, work: str) -> None:
    """Runs the workflow once."""
    events: list[Event] = []
    body = await engine.execute(workspace, definition, INPUTS[work], sink=events.append)
    assert body["status"] == "succeeded", body["errors"]


async def measure(work: str, n: int, at_once: int) -> dict[str, object]:
    """The same figures as the baseline's."""
    settings = Settings(env={"BENCH": BASE}, network=Network(allow_loopback=True))
    workspace = Workspace.of({f"{work}.yaml": (FIXED / f"{work}.yaml").read_text()}, settings)
    definition = workspace.workflow(work)
    assert definition is not None
    took: list[float] = []
    left = iter(range(n))

    async def worker() -> None:
        for _ in left:
            begun = time.perf_counter()
            await once(engine, workspace, definition, work)
            took.append(time.perf_counter() - begun)

    async with Engine() as engine:
        await asyncio.gather(*[once(engine, workspace, definition, work) for _ in range(at_once)])
        begun = time.perf_counter()
        await asyncio.gather(*[worker() for _ in range(min(at_once, n))])
        wall = time.perf_counter() - begun
    took.sort()
    return {
        "work": work,
        "at_once": at_once,
        "rate_per_s": round(n / wall, 1),
        "p50_ms": round(statistics.median(took) * 1e3, 3),
        "p99_ms": round(took[int(0.99 * (len(took) - 1))] * 1e3, 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", choices=list(INPUTS))
    parser.add_argument("--n", type=int, default=3000)
    parser.add_argument("--at-once", type=int, default=32)
    given = parser.parse_args()
    print(json.dumps(asyncio.run(measure(given.work, given.n, given.at_once))))


if __name__ == "__main__":
    main()
