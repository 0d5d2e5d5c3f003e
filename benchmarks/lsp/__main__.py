"""`make bench-lsp`: ours and the peer by turns, the bars, and the report. Exits with 1 where a bar is missed."""

import json
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks.installing import from_npm
from benchmarks.report import write

HERE = Path(__file__).resolve().parent
FIXED = HERE / "fixed"
SIZES = {1_000: 125, 10_000: 1_250}
"""Lines, and the tasks that make them."""
PACKAGE = "yaml-language-server@2.0.0"
ROUNDS = 3
EDITS = 30

Row = dict[str, float]
COLUMNS = {
    "edit_to_completion_p50_ms": "edit → completion p50",
    "edit_to_completion_p95_ms": "edit → completion p95",
    "edit_to_diag_p50_ms": "edit → diagnostics p50",
    "edit_to_diag_p95_ms": "edit → diagnostics p95",
    "hover_p50_ms": "hover p50",
    "symbols_p50_ms": "symbols p50",
    "rss_mb": "memory, MB",
}


def once(tasks: int, servers: dict[str, str]) -> dict[str, Row]:
    """One round: every server on a document of that many tasks, one after the other."""
    command = [sys.executable, "lsp_bench.py", "--tasks", str(tasks), "--edits", str(EDITS), "--files", "workspace"]
    for name, server in servers.items():
        command += ["--server", f"{name}={server}"]
    done = subprocess.run(command, cwd=FIXED, capture_output=True, text=True, check=True)
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return {row["name"]: row for row in rows}


def medians(rounds: list[dict[str, Row]]) -> dict[str, Row]:
    """The median of each figure over the rounds."""
    names = rounds[0]
    return {
        name: {key: statistics.median(each[name][key] for each in rounds) for key in (*COLUMNS, "init_ms")}
        for name in names
    }


def initialize_ratio() -> float:
    """Time to the answer of `initialize`, ours by that of an empty server, the median of pairs."""
    sys.path.insert(0, str(FIXED))
    from lsp_client import Client

    def time_of(command: list[str]) -> float:
        client = Client(command)
        try:
            client.initialize("/")
            return float(client.init_ms)
        finally:
            client.close()

    ours = [str(Path(sys.executable).with_name("wf")), "lsp", "--stdio"]
    empty = [sys.executable, str(HERE / "empty_server.py")]
    time_of(ours), time_of(empty)
    return statistics.median(time_of(ours) / time_of(empty) for _ in range(9))


def bars(found: dict[int, dict[str, Row]], start: float) -> list[tuple[str, float, float]]:
    """Each promise: what, the figure, at most."""
    small, large = found[1_000], found[10_000]
    p95 = "edit_to_completion_p95_ms"

    def ratio(rows: dict[str, Row], key: str) -> float:
        return rows["ours"][key] / rows["yls"][key]

    return [
        ("edit → completion p95 at 10,000 lines, of the peer's", ratio(large, p95), 0.15),
        ("edit → completion p95 at 10,000 lines, of that at 1,000", large["ours"][p95] / small["ours"][p95], 1.5),
        ("edit → diagnostics p95 at 10,000 lines, of the peer's", ratio(large, "edit_to_diag_p95_ms"), 0.25),
        ("edit → diagnostics p95 at 1,000 lines, of the peer's", ratio(small, "edit_to_diag_p95_ms"), 0.25),
        ("hover p50 at 10,000 lines, of the peer's", ratio(large, "hover_p50_ms"), 1.0),
        ("symbols p50 at 10,000 lines, of the peer's", ratio(large, "symbols_p50_ms"), 1.0),
        ("time to the answer of `initialize`, of an empty pygls server's", start, 1.3),
    ]


def report(found: dict[int, dict[str, Row]], promises: list[tuple[str, float, float]]) -> str:
    """The report in Markdown."""
    names = {"ours": "wf", "yls": PACKAGE}
    lines = ["| lines | server | " + " | ".join(COLUMNS.values()) + " |", "|---|---|" + "---|" * len(COLUMNS)]
    for size, rows in found.items():
        for name, row in rows.items():
            figures = " | ".join(f"{row[key]:.1f}" for key in COLUMNS)
            lines.append(f"| {size:,} | {names[name]} | {figures} |")
    lines += ["", "| promise | figure | at most | |", "|---|---|---|---|"]
    for what, figure, most in promises:
        lines.append(f"| {what} | {figure:.2f} | {most} | {'kept' if figure <= most else 'missed'} |")
    return "\n".join(lines)


def main() -> int:
    """Runs the rounds and prints the report."""
    servers = {
        "ours": f"{Path(sys.executable).with_name('wf')} lsp --stdio",
        "yls": f"{from_npm(PACKAGE) / 'yaml-language-server'} --stdio",
    }
    found: dict[int, dict[str, Row]] = {}
    rounds: dict[int, list[dict[str, Row]]] = {size: [] for size in SIZES}
    for number in range(ROUNDS):
        for size, tasks in SIZES.items():
            print(f"round {number + 1} of {ROUNDS}, {size:,} lines", flush=True)
            rounds[size].append(once(tasks, servers))
    for size, each in rounds.items():
        found[size] = medians(each)
    promises = bars(found, initialize_ratio())
    text = report(found, promises)
    write("lsp", text)
    print(text)
    return 0 if all(figure <= most for _, figure, most in promises) else 1


if __name__ == "__main__":
    sys.exit(main())
