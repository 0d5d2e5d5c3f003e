"""`make bench-language`: cold checks, edits and many files, in ratios of one run; fails where a promise is not kept."""

import json
import resource
import statistics
import subprocess
import sys

from benchmarks import report
from benchmarks.language.documents import workflow
from benchmarks.language.measuring import after_edit, cold_check, many_files, round_trip
from wf_engine.text.garbage import collect_seldom

ROUNDS = 5
FILES, FILE_LINES = 1_000, 100
MEGABYTE_KB = 1024
SHORT, LONG = 1_000, 10_000


def measured() -> dict[str, float]:
    """Milliseconds by name, medians of interleaved rounds; `memory` in MB."""
    collect_seldom()  # as `wf` and the language server do
    short, long = workflow(SHORT), workflow(LONG)
    cold_check(workflow(FILE_LINES))
    rounds = [
        {
            "ruamel": round_trip(short),
            "cold": cold_check(short),
            "edit": after_edit(short),
            "edit_long": after_edit(long),
        }
        for _ in range(ROUNDS)
    ]
    found = {name: statistics.median(each[name] for each in rounds) * 1000 for name in rounds[0]}
    done = subprocess.run([sys.executable, "-m", __package__, "files"], capture_output=True, text=True, check=True)
    return found | json.loads(done.stdout)


def files() -> dict[str, float]:
    """The figures of many files, in a process of their own for the sake of its memory."""
    collect_seldom()
    taken = many_files(FILES, FILE_LINES) * 1000
    return {"files": taken, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE_KB}


def promises(found: dict[str, float]) -> list[tuple[str, float, float]]:
    """What is promised: the words, the figure, and what it may be at most."""
    return [
        ("a cold check of 1,000 lines, of ruamel.yaml's round-trip load", found["cold"] / found["ruamel"], 0.4),
        ("a check after an edit at 1,000 lines, of the cold check", found["edit"] / found["cold"], 0.1),
        ("a check after an edit at 10,000 lines, of that at 1,000", found["edit_long"] / found["edit"], 1.5),
        ("1,000 files of 100 lines, of a hundred cold checks of 1,000", found["files"] / (100 * found["cold"]), 1.2),
        ("memory then, MB", found["memory"], 250),
    ]


def table(found: dict[str, float], kept: list[tuple[str, float, float]]) -> str:
    """The report."""
    words = {
        "ruamel": "ruamel.yaml's round-trip load, 1,000 lines",
        "cold": "a cold check, 1,000 lines",
        "edit": "a check after an edit, 1,000 lines",
        "edit_long": "a check after an edit, 10,000 lines",
        "files": "1,000 files of 100 lines",
    }
    lines = ["| what | ms |", "|---|---|", *(f"| {text} | {found[name]:,.1f} |" for name, text in words.items())]
    lines += ["", "| promise | figure | at most | |", "|---|---|---|---|"]
    lines += [f"| {what} | {value:.2f} | {most} | {_kept(value, most)} |" for what, value, most in kept]
    return "\n".join(lines)


def _kept(value: float, most: float) -> str:
    return "kept" if value <= most else "missed"


def main() -> int:
    """Measures, writes the table, and tells whether all is as promised."""
    found = measured()
    kept = promises(found)
    text = table(found, kept)
    report.write("language", text)
    print(text)
    return int(any(value > most for _, value, most in kept))


if __name__ == "__main__":
    if sys.argv[1:] == ["files"]:
        print(json.dumps(files()))
    else:
        sys.exit(main())
