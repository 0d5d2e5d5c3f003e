"""`make demo` is the first thing that a newcomer runs."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_demo_goes_from_a_broken_workflow_to_a_trace() -> None:
    command = [sys.executable, "-m", "tools.demo"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert "succeeded in" in done.stdout
    assert "5. The trace of the run" in done.stdout
