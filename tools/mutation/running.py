"""Runs tests against one mutant in a process of its own."""

import contextlib
import gc
import importlib.abc
import importlib.util
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import jsonschema  # noqa: F401 - loaded once, for every process that is forked
import jsonschema_rs  # noqa: F401
import pytest
from ruamel.yaml import YAML  # noqa: F401

from tools.mutation.collecting import Collect, passes

Changes = list[tuple[FunctionType, CodeType]]
"""Functions, and what they are to do instead."""
_MEMORY = 3 * 1024**3
_LIMITS = {signal.SIGVTALRM, signal.SIGXCPU, signal.SIGKILL}
"""What a process ends by that takes too long."""
_PATIENCE = 20
"""Seconds of the clock for one of the processor, on a machine that is busy, until a process is thought to sleep."""
_OPTIMIZED = 0x1
"""The flag of the code of a function; that of a class has it not."""


class Replaced(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module another text than its file has."""

    def __init__(self, module: str, path: Path, source: str) -> None:
        self.module = module
        self.path = path
        self.source = source

    def find_spec(self, name: str, _path: object, _target: object = None) -> ModuleSpec | None:
        """The module in question, and no other."""
        if name != self.module:
            return None
        package = [str(self.path.parent)] if self.path.name == "__init__.py" else None
        spec = importlib.util.spec_from_loader(name, self, origin=str(self.path), is_package=package is not None)
        if spec is not None and package is not None:
            spec.submodule_search_locations = package
        return spec

    def exec_module(self, module: ModuleType) -> None:
        """Runs the text."""
        module.__file__ = str(self.path)
        exec(compile(self.source, str(self.path), "exec"), module.__dict__)


def functions_by_code() -> dict[tuple[str, str, int], list[FunctionType]]:
    """All functions that there are, by module, qualified name and line."""
    found: dict[tuple[str, str, int], list[FunctionType]] = {}
    for each in gc.get_objects():
        if isinstance(each, FunctionType):
            code = each.__code__
            found.setdefault((each.__module__, code.co_qualname, code.co_firstlineno), []).append(each)
    return found


def outer_functions(code: CodeType) -> list[CodeType]:
    """The functions of a module and of its classes, not those within functions."""
    found = []
    for each in code.co_consts:
        if isinstance(each, CodeType):
            found += [each] if each.co_flags & _OPTIMIZED else outer_functions(each)
    return found


def forked(work: Callable[[], bool], seconds: float) -> str:
    """`killed` where `work` is true or raises, `survived` where it is false, `timeout` where it takes more CPU time."""
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        _run(work, seconds)
    while time.monotonic() - began < _PATIENCE * seconds:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            if os.WIFSIGNALED(status) and os.WTERMSIG(status) in _LIMITS:
                return "timeout"
            return "survived" if status == 0 else "killed"
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "timeout"


def _run(work: Callable[[], bool], seconds: float) -> None:
    """Ends the process: with 0 where the work is false."""
    code = 1
    with contextlib.suppress(BaseException):
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
        silence()
        code = 1 if work() else 0
    os._exit(code)


def silence() -> None:
    """Sends what the process writes nowhere."""
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)


def noticed_when_loaded_anew(
    collect: Collect, replaced: Replaced, files: Sequence[Sequence[str]], seconds: Mapping[str, float]
) -> bool:
    """Whether a test, given file by file, fails where the module is loaded with the other text."""
    sys.meta_path.insert(0, replaced)
    for tests in files:
        found = collect([tests[0].partition("::")[0]])
        if not _all_pass([found[test] for test in tests], seconds):
            return True
    return False


def noticed_when_changed(items: Sequence[pytest.Item], changes: Changes, seconds: Mapping[str, float]) -> bool:
    """Whether a test fails where functions have other code."""
    for function, code in changes:
        function.__code__ = code
    return not _all_pass(items, seconds)


def _all_pass(items: Sequence[pytest.Item], seconds: Mapping[str, float]) -> bool:
    """`seconds` are those of the processor that each test takes without a change; one that takes far more ends it."""
    for item in items:
        signal.setitimer(signal.ITIMER_VIRTUAL, 1 + 5 * seconds[item.nodeid])
        if not passes(item):
            return False
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return True
