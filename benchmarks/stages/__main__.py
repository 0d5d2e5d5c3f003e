"""`python -m benchmarks.stages`: what `wf stage gates` takes beyond the commands of its gates.

Twelve gates whose command is `true`, in a repository of a thousand files, the whole command from its start to its end in
a process of its own: starting up, git, reading and writing the state, evidence and hashes. Less what the commands took.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.report import write

GATES, FILES, ROUNDS, BAR = 12, 1_000, 5, 0.5


def project(root: Path) -> None:
    """A repository with a stage of gates that do nothing."""
    for number in range(FILES):
        (root / f"file-{number}.txt").write_text("text\n" * 50)
    step = "{name: nothing, run: ['true'], version: [git, --version]}"
    gates = (
        f"  {30 + n}: {{name: Gate {n}, tier: mandatory, timeout: 60, steps: {{any: [{step}]}}}}" for n in range(GATES)
    )
    numbers = list(range(30, 30 + GATES))
    head = f"technology: python\nprofiles: {{OWN: {{gates: {numbers}}}}}\ngates:\n"
    (root / "stages.yaml").write_text(head + "\n".join(gates) + "\n")
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *command], cwd=root, check=True)


def stage(root: Path, *arguments: str) -> float:
    """Seconds that the command takes, from outside."""
    began = time.monotonic()
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    command = [sys.executable, "-m", "wf_stages.cli", *arguments]
    subprocess.run(command, cwd=root, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - began


def main() -> int:
    """Measures, and writes the figures into docs/performance.md."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        project(root)
        stage(root, "init", "--stage", "1", "--name", "Nothing", "--profile", "OWN")
        rounds = []
        for number in range(1, ROUNDS + 1):
            whole = stage(root, "gates", "--stage", "1")
            records = [json.loads(each.read_text()) for each in root.rglob(f"run-{number:03}/record.json")]
            commands = sum(step["seconds"] for record in records for step in record["steps"])
            rounds.append((whole - commands) / GATES)
        alone = statistics.median(stage(root, "list") for _ in range(ROUNDS))
    kept = max(rounds) < BAR
    write(
        "stages",
        f"{1000 * statistics.median(rounds):.0f} ms a gate beyond its commands (median of {ROUNDS} rounds; at most "
        f"{1000 * max(rounds):.0f} ms), starting up included; bar: under {1000 * BAR:.0f} ms, {'kept' if kept else 'not kept'}. The command alone "
        f"(`wf stage list`) takes {1000 * alone:.0f} ms.",
    )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
