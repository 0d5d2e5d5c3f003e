"""Runs tests against one mutant in a process of its own, in which the module is the mutated one."""

import contextlib
import importlib.abc
import importlib.util
import os
import resource
import signal
import sys
import time
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import hypothesis  # noqa: F401 - loaded once, for every process that is forked
import jsonschema  # noqa: F401
import jsonschema_rs  # noqa: F401
import pytest
from ruamel.yaml import YAML  # noqa: F401

_MEMORY = 3 * 1024**3


class Mutation(importlib.abc.MetaPathFinder, importlib.abc.Loader):
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


def outcome(tests: Sequence[str], seconds: float, mutation: Mutation | None = None) -> tuple[str, float]:
    """`survived` where all tests pass, `killed` where one fails or nothing can be loaded, `timeout`; and the time."""
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        _run(tests, mutation)
    while time.monotonic() - began < seconds:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return ("survived" if status == 0 else "killed"), time.monotonic() - began
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "timeout", time.monotonic() - began


def _run(tests: Sequence[str], mutation: Mutation | None) -> None:
    """Ends the process: with 0 where all tests pass."""
    code = 1
    with contextlib.suppress(BaseException):
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        if mutation is not None:
            sys.meta_path.insert(0, mutation)
        code = int(
            pytest.main([*tests, "-x", "-q", "--no-header", "--tb=no", "-p", "no:xdist", "-p", "no:cacheprovider"])
        )
    os._exit(code)
