"""`make mutation`: runs mutants until the time is up, goes on where it stopped, and writes stage-proofs/mutation.md."""

import argparse
import json
import os
import random
import sys
import time
import tomllib
from collections.abc import Collection, Sequence
from multiprocessing import get_context
from pathlib import Path

from tools.mutation.jobs import job_of, run
from tools.mutation.mutants import ROOT, Mutant, mutants_of
from tools.mutation.report import WANTED, Reasons, Result, page, share
from tools.mutation.running import silence
from tools.mutation.survey import survey as measured

PACKAGES = ("wf_engine/expressions", "wf_engine/types")
TESTS = (
    *(
        f"tests/expressions/test_{name}.py"
        for name in (
            *("inference", "narrowing", "possible_operand", "nothing", "evaluation", "parser", "functions"),
            *("templates", "recovery", "old_forms", "grammar_edges", "functions_at_the_edges"),
            *("inference_at_the_edges", "plain_paths"),
        )
    ),
    *(
        f"tests/types/test_{name}.py"
        for name in (
            *("assignability", "keyword_decisions", "lookup", "references", "patterns", "validation", "construction"),
            *("description", "sampling", "json_schema_test_suite", "samples", "words", "written_texts"),
            *("relations_at_the_edges", "parts_of_types"),
        )
    ),
)
"""Tables and small properties."""
KEPT = ROOT / "artifacts" / "mutation.jsonl"
PAGE = ROOT / "stage-proofs" / "mutation.md"
REASONS = Path(__file__).with_name("reasons.toml")


def main() -> int:
    """0 where enough mutants were killed."""
    options = _options()
    os.nice(options.nice)
    os.chdir(ROOT)
    end = time.monotonic() + 60 * options.minutes
    existing = {package: mutants_of(package) for package in PACKAGES}
    chosen = [mutant for package in options.package or PACKAGES for mutant in existing[package]]
    random.Random(options.seed).shuffle(chosen)
    if options.report:
        results = _results({mutant.key((ROOT / mutant.path).read_text("utf-8")) for mutant in chosen})
    else:
        results = _run(chosen[: options.most], options.workers, end, again=options.again)
    PAGE.parent.mkdir(exist_ok=True)
    reasons = Reasons(**tomllib.loads(REASONS.read_text("utf-8")))
    PAGE.write_text(page(results, {name: len(found) for name, found in existing.items()}, reasons), "utf-8")
    print(f"{len(results)} mutants, {share(results):.1f} % killed; see {PAGE.relative_to(ROOT)}")
    return 0 if share(results) >= WANTED else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60, help="when to stop")
    parser.add_argument("--most", type=int, default=None, help="how many mutants, of all there are")
    parser.add_argument("--seed", type=int, default=1, help="in which order")
    parser.add_argument("--package", action="append", choices=PACKAGES, help="only these")
    parser.add_argument("--again", action="store_true", help="run once more what survived an earlier run")
    parser.add_argument("--report", action="store_true", help="run nothing: write the page from what has been run")
    parser.add_argument("--workers", type=int, default=2, help="how many processes")
    parser.add_argument("--nice", type=int, default=10, help="how much to give way to others")
    return parser.parse_args()


def _run(mutants: Sequence[Mutant], workers: int, end: float, *, again: bool) -> list[Result]:
    """The results of the mutants that there was time for, those of earlier runs on the same text included."""
    with get_context("fork").Pool(1, silence) as pool:
        survey = pool.apply(measured, (ROOT, PACKAGES, TESTS))
    if survey is None:
        sys.exit("The tests fail without any change.")
    jobs, known = [job_of(mutant, survey) for mutant in mutants], _known()
    KEPT.parent.mkdir(exist_ok=True)
    settled = {key for key, result in known.items() if not again or result.outcome != "survived"}
    run([job for job in jobs if job.key not in settled], TESTS, workers, KEPT, end)
    return _results({job.key for job in jobs})


def _results(keys: Collection[str]) -> list[Result]:
    """What has been run of these, in this run or before."""
    return [result for key, result in _known().items() if key in keys]


def _known() -> dict[str, Result]:
    if not KEPT.exists():
        return {}
    lines = KEPT.read_text("utf-8").splitlines()
    read = [json.loads(line) for line in lines]
    return {each["key"]: Result(**{**each, "place": tuple(each["place"])}) for each in read}


if __name__ == "__main__":
    sys.exit(main())
