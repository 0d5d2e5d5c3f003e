"""Promise: the engine costs at most 60 µs a step, events, templates and validation included.

usage: overhead.py [--steps N] [--rounds N] [--most MICROSECONDS]

A chain of steps whose calls a stub answers at once, one engine kept warm; the median of the rounds, in processor time,
so that a busy machine does not count.
Exits with 1 where the median is over the bar.
"""

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from wf_engine.execution import Engine, Event, Request, WholeAnswer
from wf_engine.workspace import Settings, Workspace

TASK = """\
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {name: next}
spec:
  type: http
  inputSchema: {type: object, required: [id], properties: {id: {type: integer}, note: {type: string}}}
  outputSchema: {type: object, required: [id], properties: {id: {type: integer}, name: {type: string}}}
  http: {method: GET, url: "{{env.API}}/items/{{input.id}}"}
"""
WORKFLOW = """\
---
apiVersion: workflow.io/v1
kind: Workflow
metadata: {name: chain}
spec:
  input: {id: {type: integer, required: true}}
  tasks:
"""
BODY = b'{"id":42,"name":"Ada"}'
HEADERS = {"content-type": "application/json"}


class Stub:
    """A transport whose answers are always there."""

    async def send(self, request: Request) -> WholeAnswer:  # noqa: ARG002 - it is a transport
        return WholeAnswer(200, HEADERS, BODY)

    async def close(self) -> None:
        """Nothing is open."""


def document(steps: int) -> str:
    """A chain: each step's input is the output of the one before."""
    lines = ['    - {id: s0, taskRef: next, input: {id: "{{input.id}}"}}']
    lines += [
        f'    - {{id: s{n}, taskRef: next, input: {{id: "{{{{tasks.s{n - 1}.output.id}}}}"}}}}' for n in range(1, steps)
    ]
    return TASK + WORKFLOW + "\n".join(lines) + f'\n  output: {{id: "{{{{tasks.s{steps - 1}.output.id}}}}"}}\n'


async def measure(steps: int, rounds: int) -> list[float]:
    """Microseconds a step, one figure a round."""
    workspace = Workspace.of({"chain.yaml": document(steps)}, Settings(env={"API": "http://api.example.com"}))
    definition = workspace.workflow("chain")
    assert definition is not None
    took = []
    async with Engine(Stub()) as engine:
        for _ in range(rounds + 3):
            events: list[Event] = []
            begun = time.process_time()
            body = await engine.execute(workspace, definition, {"id": 42}, sink=events.append)
            took.append((time.process_time() - begun) / steps * 1e6)
            assert body["status"] == "succeeded", body["errors"]
            assert len(events) == 6 * steps + 3
    return took[3:]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--most", type=float, default=60.0)
    parser.add_argument("--report", type=Path, help="where the line is written too")
    given = parser.parse_args(arguments)
    took = asyncio.run(measure(given.steps, given.rounds))
    median = statistics.median(took)
    line = f"overhead a step: median {median:.1f} µs, best {min(took):.1f} µs (bar: {given.most:.0f} µs)"
    print(line)
    if given.report is not None:
        given.report.write_text(line)
    return int(median > given.most)


if __name__ == "__main__":
    sys.exit(main())
