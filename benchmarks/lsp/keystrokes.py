"""Keystrokes beside the peers, in one interleaved run: the fixed harness, its medians and what is promised of them."""

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.installing import from_npm
from benchmarks.lsp.servers import EMPTY, FIXED, OURS, Client
from benchmarks.report import Promise

PEERS = {"yls": "yaml-language-server@2.0.0", "azp": "azure-pipelines-language-server@0.9.3"}
"""Packages of npm; the command of each has its name."""
SIZES = {100: 12, 1_000: 125, 10_000: 1_250}
"""Lines, and the tasks that make them."""
LARGEST = 50_000
"""Measured once and with few edits: the peers take minutes for it, and nothing is promised."""
ROUNDS, EDITS, FEW_EDITS = 3, 30, 6

Row = dict[str, float]
Found = dict[int, dict[str, Row]]
"""By lines and server."""
COMPLETION, DIAGNOSTICS = "edit_to_completion_p95_ms", "edit_to_diag_p95_ms"
HOVER, SYMBOLS, MEMORY = "hover_p50_ms", "symbols_p50_ms", "rss_mb"
COLUMNS = {
    "edit_to_completion_p50_ms": "edit → completion p50",
    COMPLETION: "p95",
    "edit_to_diag_p50_ms": "edit → diagnostics p50",
    DIAGNOSTICS: "p95",
    HOVER: "hover p50",
    SYMBOLS: "symbols p50",
    MEMORY: "memory, MB",
}


def measured() -> Found:
    """The medians of the rounds; in each, every server takes its turn at every size."""
    servers = {"ours": OURS, **{name: _command(package) for name, package in PEERS.items()}}
    rounds: dict[int, list[dict[str, Row]]] = {size: [] for size in (*SIZES, LARGEST)}
    for number in range(ROUNDS):
        for size, tasks in SIZES.items():
            print(f"round {number + 1} of {ROUNDS}, {size:,} lines", flush=True)
            rounds[size].append(_once(tasks, EDITS, servers))
    print(f"{LARGEST:,} lines", flush=True)
    rounds[LARGEST].append(_once(LARGEST // 8, FEW_EDITS, servers))
    return {size: _medians(each) for size, each in rounds.items()}


def _command(package: str) -> list[str]:
    return [str(from_npm(package) / package.partition("@")[0]), "--stdio"]


def _once(tasks: int, edits: int, servers: dict[str, list[str]]) -> dict[str, Row]:
    """One round: every server on a document of that many tasks, one after the other."""
    command = [sys.executable, "lsp_bench.py", "--tasks", str(tasks), "--edits", str(edits), "--files", "workspace"]
    for name, server in servers.items():
        command += ["--server", f"{name}={' '.join(server)}"]
    done = subprocess.run(command, cwd=FIXED, capture_output=True, text=True, check=True)
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return {row["name"]: row for row in rows}


def _medians(rounds: list[dict[str, Row]]) -> dict[str, Row]:
    """The median of each figure over the rounds; what a server never answered takes forever."""
    never = float("inf")
    return {
        name: {key: statistics.median(each[name].get(key, never) for each in rounds) for key in COLUMNS}
        for name in rounds[0]
    }


def promises(found: Found) -> Iterator[Promise]:
    """What is promised of keystrokes."""
    small, middle, large = (found[size] for size in SIZES)
    p95 = "edit → completion p95"

    def ratio(rows: dict[str, Row], key: str, *peers: str) -> float:
        return rows["ours"][key] / min(rows[peer][key] for peer in peers)

    yield Promise(f"{p95} at 10,000 lines, of yaml-language-server's", ratio(large, COMPLETION, "yls"), 0.15)
    yield Promise(f"{p95} at 10,000 lines, of azure-pipelines-language-server's", ratio(large, COMPLETION, "azp"), 0.5)
    yield Promise(f"{p95} at 100 lines, of the faster peer's", ratio(small, COMPLETION, *PEERS), 1)
    flat = large["ours"][COMPLETION] / middle["ours"][COMPLETION]
    yield Promise(f"{p95} at 10,000 lines, of that at 1,000", flat, 1.5)
    for lines, rows in ((100, small), (1_000, middle), (10_000, large)):
        of_yls = ratio(rows, DIAGNOSTICS, "yls")
        yield Promise(f"edit → diagnostics p95 at {lines:,} lines, of yaml-language-server's", of_yls, 0.25)
    for lines, rows in ((100, small), (1_000, middle), (10_000, large)):
        yield Promise(f"hover p50 at {lines:,} lines, of the faster peer's", ratio(rows, HOVER, *PEERS), 1)
        yield Promise(f"symbols p50 at {lines:,} lines, of the faster peer's", ratio(rows, SYMBOLS, *PEERS), 1)
    in_memory = ratio(large, MEMORY, "azp")
    yield Promise("memory at 10,000 lines, of azure-pipelines-language-server's", in_memory, 1)
    yield Promise("time to the answer of `initialize`, of an empty pygls server's", _start_ratio(), 1.3)


def _start_ratio() -> float:
    """Ours by that of an empty server, the median of pairs."""

    def time_of(command: list[str]) -> float:
        client = Client(command)
        try:
            client.initialize("/")
            return float(client.init_ms)
        finally:
            client.close()

    time_of(OURS), time_of(EMPTY)
    return statistics.median(time_of(OURS) / time_of(EMPTY) for _ in range(9))


def table(found: Found) -> str:
    """The figures in Markdown."""
    names = {"ours": "wf", **PEERS}
    lines = ["| lines | server | " + " | ".join(COLUMNS.values()) + " |", "|---|---|" + "---|" * len(COLUMNS)]
    for size, rows in found.items():
        for name, row in rows.items():
            figures = " | ".join(f"{row[key]:,.1f}" for key in COLUMNS)
            lines.append(f"| {size:,} | {names[name]} | {figures} |")
    return "\n".join(lines)
