"""All engine benchmarks, one after another: `python -m benchmarks.engine`. Exits with 1 where a bar is missed."""

import sys
import tempfile
from pathlib import Path

from benchmarks.engine import http_ratios, overhead
from benchmarks.report import write

with tempfile.TemporaryDirectory() as folder:
    step, http = Path(folder) / "step.txt", Path(folder) / "http.md"
    codes = [overhead.main(["--report", str(step)]), http_ratios.main(["--report", str(http)])]
    if http.exists():
        table = http.read_text().partition("\n\n")[2]
        write("engine", f"{step.read_text()}\n\n{table}")
sys.exit(max(codes))
