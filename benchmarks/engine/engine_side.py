"""The workflows of `fixed/` on the engine, measured as `fixed/http_baseline.py` measures the same calls by hand.

usage: engine_side.py chain3|fan5|foreach [--n N] [--at-once C] [--history PLACE]     prints one JSON line

One engine is kept warm, as a gateway would keep it. Events are made and kept until their execution ends; with a history
they go there, and an execution counts once all of its events are committed.
"""

import argparse
import asyncio
import json
import resource
import statistics
import time
from contextlib import nullcontext
from pathlib import Path

from wf_engine.execution import Engine, Sink, normalised
from wf_engine.execution.clock import execution_id
from wf_engine.history import History
from wf_engine.text.garbage import collect_seldom, undisturbed
from wf_engine.workspace import Settings, Workspace
from wf_engine.workspace.settings import Network

FIXED = Path(__file__).parent / "fixed"
BASE = "http://127.0.0.1:9100"
ITEMS = 10_000
INPUTS: dict[str, dict[str, object]] = {"chain3": {"id": 42}, "fan5": {}, "foreach": {"items": list(range(ITEMS))}}


class Bench:
    """A warm engine and a workflow."""

    def __init__(self, engine: Engine, work: str, history: History | None) -> None:
        settings = Settings(env={"BENCH": BASE}, network=Network(allow_loopback=True))
        with undisturbed():
            self._workspace = Workspace.of({f"{work}.yaml": (FIXED / f"{work}.yaml").read_text()}, settings)
        definition = self._workspace.workflow(work)
        assert definition is not None
        self._definition = definition
        self._written = normalised(definition.model)
        self._engine = engine
        self._history = history
        self._input = INPUTS[work]

    async def once(self) -> None:
        """Runs the workflow once."""
        if self._history is None:
            await self._run([].append)
            return
        name = execution_id(time.time())
        async with self._history.record(name, definition=self._written) as recorder:
            await self._run(recorder.append, name)

    async def _run(self, sink: Sink, name: str | None = None) -> None:
        body = await self._engine.execute(self._workspace, self._definition, self._input, sink=sink, execution_id=name)
        assert body["status"] == "succeeded", body["errors"]


async def measure(work: str, n: int, at_once: int, history: History | None) -> dict[str, object]:
    """The same figures as the baseline's."""
    n = 1 if work == "foreach" else n
    took: list[float] = []
    left = iter(range(n))
    async with Engine() as engine:
        bench = Bench(engine, work, history)

        async def worker() -> None:
            for _ in left:
                begun = time.perf_counter()
                await bench.once()
                took.append(time.perf_counter() - begun)

        if n > 1:
            await asyncio.gather(*[bench.once() for _ in range(at_once)])
        used, begun = time.process_time(), time.perf_counter()
        await asyncio.gather(*[worker() for _ in range(min(at_once, n))])
        wall, used = time.perf_counter() - begun, time.process_time() - used
    took.sort()
    return {
        "work": work,
        "at_once": at_once,
        "rate_per_s": round(n / wall, 1),
        "p50_ms": round(statistics.median(took) * 1e3, 3),
        "p99_ms": round(took[int(0.99 * (len(took) - 1))] * 1e3, 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "cpu_ms": round(used / n * 1e3, 3),
    }


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", choices=list(INPUTS))
    parser.add_argument("--n", type=int, default=3000)
    parser.add_argument("--at-once", type=int, default=32)
    parser.add_argument("--history", help="where executions are recorded")
    given = parser.parse_args()
    collect_seldom()  # as `wf` does
    with History.open(given.history) if given.history else nullcontext() as history:
        print(json.dumps(asyncio.run(measure(given.work, given.n, given.at_once, history))))


if __name__ == "__main__":
    main()
