"""Where a project's tools are found, and which version they are."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

_PACKAGE_PARENT = str(Path(__file__).resolve().parent.parent)
_RULES = Path(__file__).resolve().parent / "rules"
_VERSION_SECONDS = 60  # on a busy machine a tool may take long to start, and is not missing for that
_NAME = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@dataclass(slots=True)
class Toolbox:
    """The tools of a project: those in its own `.venv` and `node_modules` before those of the machine."""

    root: Path
    values: Mapping[str, Sequence[str]]
    """What `{name}` stands for in a command: one argument or several."""
    _asked: dict[tuple[str, ...], Future[str | None]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(2))

    def path(self) -> str:
        """The search path, the project's own folders first and the interpreter that runs this last."""
        own = [self.root / ".venv" / "bin", self.root / "node_modules" / ".bin"]
        active = os.environ.get("VIRTUAL_ENV")
        active_bin = [str(Path(active) / "bin")] if active else []
        rest = [*active_bin, os.environ.get("PATH", os.defpath), str(Path(sys.executable).parent)]
        return os.pathsep.join([*(str(each) for each in own if each.is_dir()), *rest])

    def environment(self, extra: Mapping[str, str], more: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """The variables that a command runs with."""
        mine = {name: self.expand((value,), more)[0] for name, value in extra.items()}
        # Reports are read by people and by machines: no colours, no pager, one language.
        plain = {
            "NO_COLOR": "1",
            "CI": "1",
            "PYTHONUNBUFFERED": "1",
            "DOTNET_NOLOGO": "1",
            "DOTNET_CLI_UI_LANGUAGE": "en",
        }
        return {**os.environ, **plain, "PATH": self.path(), **mine}

    def expand(self, command: Sequence[str], more: Mapping[str, Sequence[str]]) -> list[str]:
        """The command with its `{names}` filled in and its program found; an unknown program stays as it is."""
        values = {"python": [self._python()], "inspect": [sys.executable, "-m", "wf_stages.inspections"]}
        values["rules"] = [str(_RULES)]
        values |= {name: list(each) for name, each in {**self.values, **more}.items()}
        found: list[str] = []
        for argument in command:
            whole = argument[1:-1] if argument.startswith("{") and argument.endswith("}") else None
            found += values[whole] if whole in values else [_filled(argument, values)]
        return found

    def unknown(self, command: Sequence[str], more: Sequence[str]) -> list[str]:
        """Arguments of the form `{name}` that stand for nothing; `more` are names that only a run gives a meaning."""
        known = {*self.values, *more, "python", "inspect", "rules"}
        names = (_NAME.fullmatch(argument) for argument in command)
        return [name.group() for name in names if name and name[1] not in known]

    def _python(self) -> str:
        return self.find("python") or self.find("python3") or sys.executable

    def find(self, program: str) -> str | None:
        """The program's path, None where it is missing."""
        return shutil.which(program, path=self.path())

    def resolve(self, command: Sequence[str]) -> list[str]:
        """The expanded command with the program as a path."""
        return [self.find(command[0]) or command[0], *command[1:]]

    def ask(self, command: Sequence[str]) -> "Future[str | None]":
        """Begins to ask a tool for its version, once; it may take a second, which then passes beside other work.

        The first line that it says; None where the tool is missing or does not start.
        """
        key = tuple(self.resolve(self.expand(command, {})))
        with self._lock:
            if key not in self._asked:
                self._asked[key] = self._pool.submit(self._ask, key)
            return self._asked[key]

    def close(self) -> None:
        """Asks no more."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _ask(self, command: Sequence[str]) -> str | None:
        env = self.environment({}, {})
        try:
            out = subprocess.run(  # noqa: S603 - the gate's own command, a list without a shell
                command,
                cwd=self.root,
                env=env,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=_VERSION_SECONDS,
                stdin=subprocess.DEVNULL,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        lines = (out.stdout.strip() or out.stderr.strip()).splitlines()
        return lines[0] if lines and out.returncode == 0 else None


def inspection_environment() -> dict[str, str]:
    """With this our own inspections are found, whatever Python path the project has."""
    rest = os.environ.get("PYTHONPATH")
    return {"PYTHONPATH": os.pathsep.join([_PACKAGE_PARENT, rest] if rest else [_PACKAGE_PARENT])}


def _filled(argument: str, values: Mapping[str, Sequence[str]]) -> str:
    for name, value in values.items():
        argument = argument.replace("{" + name + "}", ",".join(value))
    return argument
