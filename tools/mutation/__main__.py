"""`make mutation`: runs mutants until the time is up, goes on where it stopped, and writes stage-proofs/mutation.md."""

import argparse
import json
import os
import random
import sys
import time
import tomllib
from collections.abc import Iterable
from pathlib import Path

from tools.mutation.mutants import ROOT, Mutant, mutants_of
from tools.mutation.report import WANTED, Result, page, share
from tools.mutation.running import Mutation, outcome

TESTS = {
    "wf_engine/expressions": [
        *(
            "test_inference",
            "test_narrowing",
            "test_possible_operand",
            "test_nothing",
            "test_evaluation",
            "test_parser",
        ),
        *("test_functions", "test_templates", "test_recovery"),
    ],
    "wf_engine/types": [
        *(
            "test_assignability",
            "test_keyword_decisions",
            "test_lookup",
            "test_references",
            "test_patterns",
            "test_validation",
            "test_construction",
        ),
        *("test_description", "test_sampling", "test_json_schema_test_suite"),
    ],
}
"""The tests by package, those first that notice most."""
KEPT = ROOT / "artifacts" / "mutation.jsonl"
PAGE = ROOT / "stage-proofs" / "mutation.md"
REASONS = Path(__file__).with_name("reasons.toml")


def main() -> int:
    """0 where enough mutants were killed."""
    options = _options()
    os.nice(options.nice)
    os.chdir(ROOT)
    existing = {package: mutants_of(package) for package in TESTS}
    chosen = [mutant for package in options.package or TESTS for mutant in existing[package]]
    random.Random(options.seed).shuffle(chosen)
    results = _run(chosen[: options.most], options.minutes)
    PAGE.parent.mkdir(exist_ok=True)
    reasons = tomllib.loads(REASONS.read_text("utf-8"))["reasons"] if REASONS.exists() else {}
    PAGE.write_text(page(results, {name: len(found) for name, found in existing.items()}, reasons), "utf-8")
    print(f"{len(results)} mutants, {share(results):.1f} % killed; see {PAGE.relative_to(ROOT)}")
    return 0 if share(results) >= WANTED else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60, help="when to stop")
    parser.add_argument("--most", type=int, default=None, help="how many mutants, of all there are")
    parser.add_argument("--seed", type=int, default=1, help="in which order")
    parser.add_argument("--package", action="append", choices=list(TESTS), help="only these")
    parser.add_argument("--nice", type=int, default=10, help="how much to give way to others")
    return parser.parse_args()


def _run(mutants: Iterable[Mutant], minutes: float) -> list[Result]:
    """The results of the mutants that there was time for, those of earlier runs on the same text included."""
    known = _known()
    end = time.monotonic() + 60 * minutes
    limits = _limits()
    results = []
    KEPT.parent.mkdir(exist_ok=True)
    with KEPT.open("a", encoding="utf-8") as kept:
        for number, mutant in enumerate(mutants, 1):
            source = (ROOT / mutant.path).read_text("utf-8")
            key = mutant.key(source)
            if key not in known:
                if time.monotonic() > end:
                    break
                known[key] = _result(mutant, source, key, limits)
                kept.write(json.dumps(known[key].__dict__) + "\n")
                kept.flush()
            results.append(known[key])
            _tell(number, results)
    print(file=sys.stderr)
    return results


def _known() -> dict[str, Result]:
    if not KEPT.exists():
        return {}
    lines = KEPT.read_text("utf-8").splitlines()
    read = [json.loads(line) for line in lines]
    return {each["key"]: Result(**{**each, "place": tuple(each["place"])}) for each in read}


def _limits() -> dict[str, float]:
    """How long the tests of each package may take: several times what they do without a change."""
    limits = {}
    for package in TESTS:
        found, seconds = outcome(_paths(package), 600)
        if found != "survived":
            sys.exit(f"The tests of {package} fail without any change.")
        limits[package] = 10 + 5 * seconds
    return limits


def _paths(package: str) -> list[str]:
    folder = "tests/" + package.rpartition("/")[2]
    return [f"{folder}/{name}.py" for name in TESTS[package]]


def _result(mutant: Mutant, source: str, key: str, limits: dict[str, float]) -> Result:
    package = mutant.path.rpartition("/")[0]
    package = package if package in TESTS else package.rpartition("/")[0]
    changed = mutant.mutated(source)
    found, _ = outcome(_paths(package), limits[package], Mutation(mutant.module, ROOT / mutant.path, changed))
    before, after = source.splitlines(), changed.splitlines()
    row = next(
        (row for row, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), mutant.place[0] - 1
    )
    return Result(key, mutant.path, (row + 1, mutant.place[1]), mutant.operator, found, before[row], after[row])


def _tell(number: int, results: list[Result]) -> None:
    survived = sum(each.outcome == "survived" for each in results)
    print(f"\r{number} mutants, {survived} survived, {share(results):.1f} % killed", end="", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
