"""What each test runs, measured once before anything is changed."""

import ast
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import coverage

from tools.mutation.collecting import Collect, passes, with_pytest

Rows = tuple[int, int]
"""First and last line of something."""
_LOADING = ""
"""The context of what runs while modules are loaded and tests are collected."""


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """CPU seconds by test, and by file and line the tests that run it."""

    seconds: dict[str, float]
    lines: dict[str, dict[int, list[str]]]

    def tests_of(self, path: str, rows: Rows) -> list[str] | None:
        """The tests that run any of these lines, the shortest first; None where loading runs one of them too."""
        found = _running(self, path, rows)
        return None if _LOADING in found else self._sorted(found)

    def by_file(self, path: str, rows: Rows) -> list[list[str]]:
        """All tests, file by file: first the files of which most tests run any of these lines."""
        running = _running(self, path, rows)
        files: dict[str, list[str]] = {}
        for test in self._sorted(self.seconds):
            files.setdefault(test.partition("::")[0], []).append(test)
        return sorted(files.values(), key=lambda tests: -len(running.intersection(tests)))

    def _sorted(self, tests: Iterable[str]) -> list[str]:
        return sorted(tests, key=lambda test: (self.seconds[test], test))


@lru_cache
def _running(survey: Survey, path: str, rows: Rows) -> set[str]:
    lines = survey.lines.get(path, {})
    return {test for row in range(rows[0], rows[1] + 1) for test in lines.get(row, ())}


def survey(root: Path, packages: Sequence[str], files: Sequence[str]) -> Survey | None:
    """Runs all tests; None where one fails. To be called in a process that has not loaded the packages yet."""
    measurement = coverage.Coverage(data_file=None, config_file=False, source=[str(root / each) for each in packages])
    seconds: dict[str, float] = {}

    def run(collect: Collect) -> None:
        measurement.start()
        for name, item in collect(files).items():
            measurement.switch_context(name)
            began = time.process_time()
            if not passes(item):
                return
            seconds[name] = time.process_time() - began
        measurement.stop()

    with_pytest(files, run)
    data = measurement.get_data()
    lines = {Path(file).relative_to(root).as_posix(): data.contexts_by_lineno(file) for file in data.measured_files()}
    return Survey(seconds, lines) if lines else None


def rows_of(source: str, row: int) -> Rows | None:
    """First and last line of the innermost statement around a line that is in the body of a function, else None."""
    found = [each for each in _statements(source) if each[0] <= row <= each[1]]
    return min(found, key=lambda each: each[1] - each[0], default=None)


@cache
def _statements(source: str) -> list[Rows]:
    """The lines of the statements in the bodies of functions."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    inside = [each for function in functions for statement in function.body for each in ast.walk(statement)]
    return [(each.lineno, each.end_lineno or each.lineno) for each in inside if isinstance(each, ast.stmt)]
