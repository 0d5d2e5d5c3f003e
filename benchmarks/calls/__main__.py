"""`python -m benchmarks.calls FILE`: counts the calls and writes them as JSON, by name."""

import cProfile
import json
import os
import pstats
import sys
from collections.abc import Callable
from pathlib import Path

from wf_engine.checks import diagnostics
from wf_engine.planning import plan
from wf_engine.text import Edit, Span
from wf_engine.workspace import Workspace

STEPS = 100


def workflow(steps: int) -> str:
    """A chain of steps, each of which takes what the one before found."""
    lines = ["apiVersion: workflow.io/v1", "kind: Workflow", "metadata: {name: chain}", "spec:", "  tasks:"]
    for number in range(steps):
        given = f'"{{{{ tasks.s{number - 1}.output.body.id }}}}"' if number else "1"
        lines += [f"    - id: s{number}", "      taskRef: get", f"      input: {{id: {given}}}"]
    return "\n".join(lines) + "\n"


def calls(work: Callable[[], object]) -> int:
    """How many calls the work makes."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


def counted() -> dict[str, int]:
    """The calls of each request."""
    path, text = "chain.workflow.yaml", workflow(STEPS)
    opened: list[Workspace] = []
    diagnostics(Workspace.of({path: workflow(2)}), path)  # what is made once a process is made here

    def opening() -> None:
        opened.append(Workspace.of({path: text}))
        diagnostics(opened[0], path)

    def keystroke() -> None:
        at = text.index("id: s50") + len("id: s50")
        opened.append(opened[0].edited(path, Edit(Span(at, at), "x")))
        diagnostics(opened[1], path)

    def planning() -> None:
        definition = opened[0].workflow("chain")
        assert definition is not None
        plan(opened[0], definition, {})

    return {
        "opening": calls(opening),
        "keystroke": calls(keystroke),
        "planning": calls(planning),
    }


if __name__ == "__main__":
    if os.environ.get("PYTHONHASHSEED") != "0":  # the order of sets is part of what is counted
        os.execve(
            sys.executable,
            [sys.executable, "-m", "benchmarks.calls", *sys.argv[1:]],
            {**os.environ, "PYTHONHASHSEED": "0"},
        )
    Path(sys.argv[1]).write_text(json.dumps(counted()) + "\n")
