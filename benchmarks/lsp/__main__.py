"""`make bench-lsp`: keystrokes beside the peers, then what the server endures. Exits with 1 where a promise is missed."""

import sys

from benchmarks.lsp import broken, endurance, hostile, keystrokes, many_files, run_beside
from benchmarks.report import Promise, table, write


def main(wanted: list[str]) -> int:
    """Measures, writes the tables, and tells whether all is as promised. `wanted`: parts by name, all without."""
    promises: list[Promise] = []
    if not wanted or "keystrokes" in wanted:
        found = keystrokes.measured()
        kept = [*keystrokes.promises(found)]
        promises += kept
        _report("lsp", f"{keystrokes.table(found)}\n\n{table(kept)}")
    parts = {part.__name__.rpartition(".")[2]: part for part in (broken, hostile, endurance, many_files, run_beside)}
    endured = [
        promise
        for name, part in parts.items()
        if not wanted or name in wanted or "endure" in wanted
        for promise in part.promises()
    ]
    if endured and not set(wanted) & set(parts):
        _report("endurance", table(endured))
    elif endured:
        print(table(endured))
    return int(not all(promise.kept for promise in promises + endured))


def _report(name: str, text: str) -> None:
    write(name, text)
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
