"""All engine benchmarks, one after another: `python -m benchmarks.engine`. Exits with 1 where a bar is missed."""

import sys
import tempfile
from pathlib import Path

from benchmarks.engine import bombs, http_ratios, overhead, peers, recording
from benchmarks.report import write

with tempfile.TemporaryDirectory() as folder:
    codes, parts = [], []
    for benchmark in (overhead, http_ratios, recording, bombs, peers):
        report = Path(folder) / "report.md"
        codes.append(benchmark.main(["--report", str(report)]))
        parts.append(report.read_text().strip())
    write("engine", "\n\n".join(parts))
sys.exit(max(codes))
