"""The reports of the benchmarks stand in docs/performance.md, each between its marks."""

from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"


def write(name: str, text: str) -> None:
    """Replaces what stands between the marks of a benchmark."""
    mark = f"<!-- benchmark: {name} -->"
    before, _, rest = PAGE.read_text().partition(mark)
    after = rest.partition(mark)[2]
    PAGE.write_text(f"{before}{mark}\n\n{text.strip()}\n\n{mark}{after}")
