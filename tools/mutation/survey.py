"""What each test runs, measured once before anything is changed."""

import ast
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import coverage

from tools.mutation.collecting import Collect, passes, with_pytest

Rows = frozenset[int]
"""Numbers of lines."""
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
    return {test for row in rows for test in lines.get(row, ())}


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


def rows_of(source: str, row: int) -> Rows:
    """The lines of the innermost statement around a line; none where it is not in the body of a function.

    Inside a function within another the line of its `def` too: where that has run, the function is there already.
    """
    found = [each for each in _statements(source) if row in each.lines]
    innermost = min(found, key=lambda each: len(each.lines), default=None)
    return frozenset() if innermost is None else frozenset([*innermost.lines, *innermost.definitions])


class _Statement(NamedTuple):
    """The lines of a statement, and those of the `def`s around it that stand within functions."""

    lines: range
    definitions: tuple[int, ...]


@cache
def _statements(source: str) -> list[_Statement]:
    found: list[_Statement] = []
    _collect(ast.parse(source), (), found, inside=False)
    return found


def _collect(node: ast.AST, definitions: tuple[int, ...], found: list[_Statement], *, inside: bool) -> None:
    for child in ast.iter_child_nodes(node):
        if inside and isinstance(child, ast.stmt):
            found.append(_Statement(range(child.lineno, (child.end_lineno or 0) + 1), definitions))
        if isinstance(child, ast.FunctionDef):
            around = (*definitions, child.lineno) if inside else definitions
            _collect(ast.Module(child.body, []), around, found, inside=True)
        else:
            _collect(child, definitions, found, inside=inside)
