"""Secrets from the environment, a file or a folder. No message of this module holds a secret's value."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from wf_engine.project.reading import Unreadable, read_text
from wf_engine.text import WfError
from wf_engine.workspace.settings import Settings

SHORTEST_SECRET = 4
"""Characters: a shorter value could not be masked without masking half of every text (language §7)."""

_PREFIX = "WF_SECRET_"


class SecretValues(Mapping[str, str]):
    """The secrets behind `secrets.NAME`. A missing one is a KeyError, a too short one a WfError."""

    def __init__(self, names: Callable[[], Mapping[str, Callable[[], str]]], place: Callable[[str], str]) -> None:
        self._readers = names
        self.place = place
        """Where the secret of a name is looked for, for messages: `the variable WF_SECRET_TOKEN`."""

    def __getitem__(self, name: str) -> str:
        value = self._readers()[name]()
        if len(value) < SHORTEST_SECRET:
            message = f"The secret `{name}` is shorter than {SHORTEST_SECRET} characters, so it cannot be masked."
            raise WfError(message, hint=f"Put a longer value into {self.place(name)}.")
        return value

    def __contains__(self, name: object) -> bool:
        return name in self._readers()

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._readers()))

    def __len__(self) -> int:
        return len(self._readers())


def secrets(settings: Settings, environ: Mapping[str, str]) -> SecretValues:
    """The secrets of a workspace by `[secrets]`. Raises WfError where the file or folder cannot be read."""
    provider, location = settings.secrets.provider, Path(settings.secrets.location or "")
    if provider == "directory":
        if not location.is_dir():
            raise WfError(f"There is no folder {location} to read secrets from.", hint=_LOCATION_HINT)
        return SecretValues(lambda: _in_folder(location), lambda name: f"the file {location / name}")
    if provider == "file":
        values = {name: _constant(value) for name, value in _in_file(location).items()}
        return SecretValues(lambda: values, lambda name: f"`{name}` in {location}")
    found = {
        name.removeprefix(_PREFIX): _constant(value)
        for name, value in environ.items()
        if name.startswith(_PREFIX) and name != _PREFIX
    }
    return SecretValues(lambda: found, lambda name: f"the variable {_PREFIX}{name}")


_LOCATION_HINT = "Set `location` in `[secrets]` of wf.toml, --secrets-location or WF_SECRETS_LOCATION."


def _constant(value: str) -> Callable[[], str]:
    return lambda: value


def _in_folder(folder: Path) -> dict[str, Callable[[], str]]:
    """Read anew each time, since a mounted secret changes under a running process. Kubernetes' own links are hidden."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if not entry.name.startswith(".") and entry.is_file()]
    except OSError as error:
        raise WfError(f"The folder {folder} cannot be read: {error.strerror}", hint=_LOCATION_HINT) from None
    return {name: _file_reader(folder / name) for name in names}


def _file_reader(path: Path) -> Callable[[], str]:
    """A file's text without the line end that editors put behind it."""
    return lambda: _text(path).removesuffix("\n").removesuffix("\r")


def _text(path: Path) -> str:
    text = read_text(path)
    if isinstance(text, Unreadable):
        raise WfError(f"The secrets file {path} {text.reason}.", hint=_LOCATION_HINT)
    return text.removeprefix("\ufeff")


def _in_file(path: Path) -> dict[str, str]:
    text = _text(path)
    return _from_json(path, text) if text.lstrip().startswith("{") else _from_lines(path, text)


def _from_json(path: Path, text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise WfError(f"{path}: line {error.lineno} is not JSON: {error.msg}") from None
    except RecursionError:
        raise WfError(f"{path}: is nested too deep to be a file of secrets") from None
    for name, value in found.items():
        if not isinstance(value, str):
            raise WfError(f"{path}: the secret `{name}` is not a text.", hint='Write it in quotes: `"NAME": "value"`.')
    return dict(found)


def _from_lines(path: Path, text: str) -> dict[str, str]:
    found = {}
    for number, line in enumerate(text.split("\n"), 1):
        written = line.strip().removeprefix("export ")
        if not written or written.startswith("#"):
            continue
        name, equals, value = written.partition("=")
        if not equals or not name.strip():
            raise WfError(f"{path}: line {number} is not `NAME=value`.", hint="Comments begin with `#`.")
        found[name.strip()] = _unquoted(value.strip())
    return found


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
