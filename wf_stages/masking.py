"""What is kept names no machine: paths and registries stand as variables, replaced before anything is hashed."""

import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_PUBLIC = ("pypi.org", "files.pythonhosted.org", "registry.npmjs.org", "registry.yarnpkg.com", "api.nuget.org")
_SETTINGS = (
    "PIP_INDEX_URL",
    "PIP_EXTRA_INDEX_URL",
    "UV_INDEX_URL",
    "UV_DEFAULT_INDEX",
    "UV_INDEX",
    "NPM_CONFIG_REGISTRY",
    "npm_config_registry",
)
_FILES = (".config/pip/pip.conf", ".pip/pip.conf", ".npmrc", ".nuget/NuGet/NuGet.Config")
_PACKAGE = Path(__file__).resolve().parent
_HOST = re.compile(r"https?://(?:[^\s/@\"']*@)?([A-Za-z0-9.-]+)")
_JUNIT_HOST = re.compile(r' hostname="[^"]*"')


@dataclass(frozen=True, slots=True)
class Mask:
    """Replaces what is particular to this machine."""

    rules: tuple[tuple[re.Pattern[str], str], ...]

    def text(self, text: str) -> str:
        """The text with `$ROOT`, `$HOME`, `$REGISTRY` and `$HOST` in it."""
        for pattern, name in self.rules:
            text = pattern.sub(name, text)
        return _JUNIT_HOST.sub(' hostname="$HOST"', text)

    def data(self, data: bytes) -> bytes:
        """Bytes of a file: masked where they are text, else as they are."""
        try:
            return self.text(data.decode("utf-8")).encode()
        except UnicodeDecodeError:
            return data


def mask_for(root: Path, scratch: Path, registries: Iterable[str] | None = None) -> Mask:
    """The mask of this checkout on this machine; registries are found in the settings of pip, uv, npm and NuGet."""
    hosts = set(registry_hosts(root) if registries is None else registries)
    named = [(scratch, "$SCRATCH"), (root, "$ROOT"), (Path.home(), "$HOME")]
    # What the checkout has installed may be a link to elsewhere, and the tools may be those of whoever runs this.
    named += [(root / name, f"$ROOT/{name}") for name in (".venv", "node_modules")]
    named += [(Path(sys.prefix), "$VENV"), (_PACKAGE, "$STAGES"), (Path(tempfile.gettempdir()), "$TMP")]
    paths = {str(each): name for path, name in reversed(named) for each in (path, path.resolve()) if str(path) != "/"}
    # The longest first: the checkout may lie in the home folder.
    rules = [(_path(path), paths[path]) for path in sorted(paths, key=len, reverse=True)]
    rules += [(_host(host), "$REGISTRY") for host in sorted(hosts, key=len, reverse=True)]
    return Mask(tuple(rules))


def _path(path: str) -> re.Pattern[str]:
    return re.compile(re.escape(path) + r"(?![\w-])")


def _host(host: str) -> re.Pattern[str]:
    # Who is named before the host may hold a password.
    return re.compile(r"(?:(?<=://)[^\s/@\"']*@)?(?<![\w.-])" + re.escape(host) + r"(?::\d+)?(?![\w-])")


def registry_hosts(root: Path) -> Iterator[str]:
    """Hosts that packages come from: the public ones and those that this machine's settings name."""
    yield from _PUBLIC
    for name in _SETTINGS:
        yield from _HOST.findall(os.environ.get(name, ""))
    files = [Path.home() / each for each in _FILES] + [Path("/etc/pip.conf"), root / ".npmrc", root / "nuget.config"]
    for file in files:
        try:
            yield from _HOST.findall(file.read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            continue
