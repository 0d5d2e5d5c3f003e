"""What a run of mutants came to, as a page."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WANTED = 85


@dataclass(frozen=True)
class Result:
    """A mutant that has been run: `line` is the text of its line before the change, `changed` the one after."""

    key: str
    path: str
    place: tuple[int, int]
    operator: str
    outcome: str
    line: str
    changed: str


def share(results: Sequence[Result]) -> float:
    """Killed mutants in percent of all that were run; one that never ends is noticed too."""
    return 100 * sum(each.outcome != "survived" for each in results) / len(results) if results else 0


@dataclass(frozen=True)
class Reasons:
    """What is said of survivors.

    `reasons`: by the path and the text of a line, as it is after the change or before it. `everywhere`: by a regular
    expression for the operator and the text of the line before.
    """

    reasons: Mapping[str, str]
    everywhere: Mapping[str, str]

    def of(self, result: Result) -> str:
        """The reason for a survivor: one for that very change comes before one for the line and one for its kind."""
        for text in (result.changed, result.line):
            found = self.reasons.get(f"{result.path} {text.strip()}")
            if found is not None:
                return found
        kind = f"{result.operator} {result.line.strip()}"
        found = next((reason for pattern, reason in self.everywhere.items() if re.fullmatch(pattern, kind)), None)
        return found or "not looked at yet"


def page(results: Sequence[Result], existing: Mapping[str, int], reasons: Reasons) -> str:
    """The report in Markdown. `existing` are all mutants there are by package."""
    lines = [
        "# Mutants of expressions and types", "",
        "`make mutation` changes the code in one place at a time, and the tests have to notice: one change for each of",
        "cosmic-ray's operators and place, in an order drawn from a seed, run until the time is up. Tables and small",
        "properties only: the soundness properties and the limits are left out.", "",
        "| package | mutants | run | killed | timed out | survived | killed in % |", "|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for package, count in existing.items():
        mine = [each for each in results if each.path.startswith(package + "/")]
        lines.append(_row(package, count, mine))
    lines += [_row("**both**", sum(existing.values()), results), "", f"Wanted: {WANTED} %.", "", "## Survivors", ""]
    survivors = sorted(
        (each for each in results if each.outcome == "survived"), key=lambda each: (each.path, each.place)
    )
    for each in survivors:
        lines += [
            f"- `{each.path}:{each.place[0]}` {each.operator}: {reasons.of(each)}",
            f"  - `{each.line.strip()}`",
            f"  - `{each.changed.strip()}`",
        ]
    return "\n".join(lines) + "\n"


def _row(name: str, count: int, results: Sequence[Result]) -> str:
    found = Counter(each.outcome for each in results)
    figures = [count, len(results), found["killed"], found["timeout"], found["survived"], f"{share(results):.1f}"]
    return f"| {name} | {' | '.join(map(str, figures))} |"
