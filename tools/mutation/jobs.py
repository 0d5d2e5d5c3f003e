"""Mutants that wait to be run, and the processes that run them.

Most are changes in the body of a function that has not run when the tests have been collected: a process that has
loaded everything is forked, its functions get the changed code, and the tests that run the changed statement are run.
The others may have left traces everywhere: their modules are loaded anew, and all tests are run.
"""

import gc
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from types import FunctionType
from typing import Any

from tools.mutation.collecting import Collect, with_pytest
from tools.mutation.mutants import ROOT, Mutant
from tools.mutation.report import Result
from tools.mutation.running import (
    Changes,
    Replaced,
    forked,
    functions_by_code,
    noticed_when_changed,
    noticed_when_loaded_anew,
    outer_functions,
    silence,
)
from tools.mutation.survey import Survey, rows_of

_FORK = get_context("fork")
_MOST_SECONDS = 60
"""Of the processor, for all tests of a mutant together."""


@dataclass(frozen=True, slots=True)
class Job:
    """A mutant, the text of its module, its tests by file, and the CPU seconds that each test takes.

    `warm`: the tests need no new loading; they are one list then.
    """

    mutant: Mutant
    source: str
    tests: list[list[str]]
    warm: bool
    seconds: Mapping[str, float]

    @property
    def key(self) -> str:
        """As of the mutant."""
        return self.mutant.key(self.source)

    def result(self, outcome: str) -> Result:
        """What is kept of it."""
        before, after = self.source.splitlines(), self.mutant.mutated(self.source).splitlines()
        differing = (row for row, (old, new) in enumerate(zip(before, after, strict=False)) if old != new)
        row = next(differing, self.mutant.place[0] - 1)
        place = (row + 1, self.mutant.place[1])
        return Result(self.key, self.mutant.path, place, self.mutant.operator, outcome, before[row], after[row])


def job_of(mutant: Mutant, survey: Survey) -> Job:
    """The mutant with the tests that can notice it."""
    source = (ROOT / mutant.path).read_text("utf-8")
    rows = rows_of(source, mutant.place[0])
    covering = survey.tests_of(mutant.path, rows) if rows else None
    here = rows or frozenset({mutant.place[0]})
    tests = survey.by_file(mutant.path, here) if covering is None else [covering]
    return Job(mutant, source, tests, covering is not None, survey.seconds)


Work = Callable[[Collect, Sequence[str], Iterable[Job], Path], None]


def run(jobs: Sequence[Job], files: Sequence[str], workers: int, kept: Path, end: float) -> None:
    """Runs jobs in several processes, until `end` on the monotonic clock, and appends the results to `kept`."""
    for chosen, work in (([job for job in jobs if job.warm], _warm), ([job for job in jobs if not job.warm], _cold)):
        following = _FORK.Value("i", 0)

        def started(chosen: Sequence[Job] = chosen, following: Any = following, work: Work = work) -> None:
            silence()
            with_pytest(files, lambda collect: work(collect, files, _taken(chosen, following, end), kept))

        processes = [_FORK.Process(target=started) for _ in range(workers)]
        for process in processes:
            process.start()
        for process in processes:
            process.join()


def _taken(jobs: Sequence[Job], following: Any, end: float) -> Iterator[Job]:
    """Jobs that no other process has taken; `following` is the number of the next one, shared by all."""
    while time.monotonic() < end:
        with following.get_lock():
            number = following.value
            following.value += 1
        if number >= len(jobs):
            return
        yield jobs[number]


def _cold(collect: Collect, _: Sequence[str], jobs: Iterable[Job], kept: Path) -> None:
    for job in jobs:
        replaced = Replaced(job.mutant.module, ROOT / job.mutant.path, job.mutant.mutated(job.source))
        outcome = forked(partial(noticed_when_loaded_anew, collect, replaced, job.tests, job.seconds), _MOST_SECONDS)
        _keep(kept, job.result(outcome))


def _warm(collect: Collect, files: Sequence[str], jobs: Iterable[Job], kept: Path) -> None:
    items = collect(files)
    functions = functions_by_code()
    gc.freeze()
    for job in jobs:
        chosen = [items[test] for test in job.tests[0]]
        outcome = forked(partial(noticed_when_changed, chosen, _changes(job, functions), job.seconds), _MOST_SECONDS)
        _keep(kept, job.result(outcome))


def _keep(kept: Path, result: Result) -> None:
    """One write a line, so that processes can append at once."""
    with kept.open("a", encoding="utf-8") as file:
        file.write(json.dumps(result.__dict__) + "\n")


def _changes(job: Job, functions: dict[tuple[str, str, int], list[FunctionType]]) -> Changes:
    """The functions that the mutant changes, with their new code."""
    path = str(ROOT / job.mutant.path)
    before, after = (
        outer_functions(compile(text, path, "exec")) for text in (job.source, job.mutant.mutated(job.source))
    )
    return [
        (function, new)
        for old, new in zip(before, after, strict=True)
        if old != new
        for function in functions[job.mutant.module, old.co_qualname, old.co_firstlineno]
    ]
