"""The reports of the benchmarks stand in docs/performance.md, each between its marks."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"


class Promise(NamedTuple):
    """What is promised, the figure that was measured, and what it may be at most."""

    what: str
    figure: float
    most: float

    @property
    def kept(self) -> bool:
        """Whether it is kept; a figure that there is none of is none."""
        return self.figure <= self.most


def table(promises: Iterable[Promise]) -> str:
    """Promises in Markdown."""
    rows = [f"| {p.what} | {p.figure:,.2f} | {p.most:,} | {'kept' if p.kept else 'missed'} |" for p in promises]
    return "\n".join(["| promise | figure | at most | |", "|---|---|---|---|", *rows])


def write(name: str, text: str) -> None:
    """Replaces what stands between the marks of a benchmark."""
    mark = f"<!-- benchmark: {name} -->"
    before, _, rest = PAGE.read_text().partition(mark)
    after = rest.partition(mark)[2]
    PAGE.write_text(f"{before}{mark}\n\n{text.strip()}\n\n{mark}{after}")
