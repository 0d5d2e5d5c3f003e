"""Tests that are collected by pytest and run without it, with fewer examples of properties."""

from collections.abc import Callable, Mapping, Sequence
from inspect import iscoroutinefunction

import hypothesis
import pytest
from _pytest.runner import runtestprotocol

_OPTIONS = ("-q", "-s", "--no-header", "--tb=no", "-p", "no:xdist", "-p", "no:cacheprovider")
"""Arguments of pytest."""
Collect = Callable[[Sequence[str]], dict[str, pytest.Item]]
"""From test files to the tests in them, by their ids. Raises where they cannot be loaded."""
_EXAMPLES = 10
"""Of a property that does not say itself how many."""
_FOR_ALL = frozenset({"event_loop_policy"})
"""Fixtures that pytest-asyncio gives to every test."""
_MARKS = frozenset({"parametrize", "hypothesis"})
"""Marks that ask nothing of whoever runs a test."""


def passes(item: pytest.Item) -> bool:
    """Whether a test passes.

    A function that wants nothing but its parameters is called as it is: pytest itself takes longer than most tests.
    """
    if not isinstance(item, pytest.Function) or not _is_plain(item):
        reports = runtestprotocol(item, log=False, nextitem=None)
        return not any(report.failed for report in reports)
    try:
        item.obj(**_parameters(item))
    except pytest.skip.Exception:
        return True
    except Exception:  # noqa: BLE001 - whatever it is, the test has noticed
        return False
    return True


def _is_plain(item: pytest.Function) -> bool:
    wanted = set(item.fixturenames) - _parameters(item).keys() - _FOR_ALL
    return not wanted and {mark.name for mark in item.iter_markers()} <= _MARKS and not iscoroutinefunction(item.obj)


def _parameters(item: pytest.Function) -> Mapping[str, object]:
    callspec = getattr(item, "callspec", None)
    return callspec.params if callspec is not None else {}


class _Instead:
    """Takes the place of pytest's collecting and running of tests."""

    def __init__(self, work: Callable[[Collect], None]) -> None:
        self.work = work

    def pytest_collection(self, session: pytest.Session) -> bool:
        """Instead of it; properties fail without looking for a smaller example."""
        phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        hypothesis.settings.register_profile("mutation", phases=phases, max_examples=_EXAMPLES)
        hypothesis.settings.load_profile("mutation")
        self.work(lambda files: {item.nodeid: item for item in session.perform_collect(files)})
        return True

    def pytest_runtestloop(self) -> bool:
        """Nothing is left to be done."""
        return True


def with_pytest(files: Sequence[str], work: Callable[[Collect], None]) -> None:
    """Starts pytest for test files and hands `work` what collects some of them. Nothing is collected before."""
    pytest.main([*files, *_OPTIONS], plugins=[_Instead(work)])
