"""The parts that the editor tests need: the editors themselves, a workspace, and the service that its workflows call.

The editors are installed by the project's own scripts, once a machine, when they are not there yet.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import urllib.request
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from tests.shop import copy_of_shop

CHECKOUT = Path(__file__).resolve().parents[2]
CACHE = Path(os.environ.get("WF_CACHE") or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "wf")
WF = CHECKOUT / ".venv" / "bin" / "wf"
SCENARIO_TIMEOUT_SECONDS = 240

# From the workspace and the folder for artifacts to a command line and what it needs in its environment.
Scenario = Callable[[Path, Path], tuple[Sequence[str | Path], Mapping[str, str]]]


def _artifacts_root() -> Path:
    return Path(os.environ.get("WF_ARTIFACTS") or Path(tempfile.gettempdir()) / "wf-artifacts")


def _install(script: str) -> None:
    """Runs one of the project's install scripts; where it cannot install, its own words say what to do."""
    outcome = subprocess.run([CHECKOUT / "tools" / "editors" / script], capture_output=True, text=True, check=False)
    if outcome.returncode != 0:
        pytest.fail(f"tools/editors/{script} failed:\n{outcome.stdout}{outcome.stderr}", pytrace=False)


@pytest.fixture(scope="session")
def neovim() -> Path:
    """The Neovim under test."""
    _install("install-neovim.sh")
    return CACHE / "neovim-forky" / "nvim"


@pytest.fixture(scope="session")
def vscode() -> dict[str, str]:
    """The places of the VS Code workbench, of what drives it and of our extension, as the scenario wants them."""
    for script in ("install-vscode.sh", "install-chromium.sh", "build-vscode.sh"):
        _install(script)
    return {
        "WF_CODE_SERVER": str(_only("code-server-*")),
        "WF_PLAYWRIGHT": str(_only("playwright-core-*")),
        "WF_VSIX": str(CHECKOUT / "editors" / "vscode" / "dist" / "wf.vsix"),
    }


def _only(pattern: str) -> Path:
    return max(CACHE.glob(pattern), key=lambda folder: folder.stat().st_mtime)


@pytest.fixture
def test_api() -> Iterator[str]:
    """The base URL of a `wf test-api` that runs as a process of its own."""
    with subprocess.Popen([WF, "test-api", "--port", "0"], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            addresses = (re.search(r"http://127\.0\.0\.1:\d+", line) for line in process.stdout)
            url = next((address[0] for address in addresses if address), None)
            assert url is not None, "wf test-api ended without saying where it listens"
            yield url
        finally:
            process.send_signal(signal.SIGINT)


def _make_workspace(folder: Path, api: str) -> Path:
    """A workspace with the shop, pointed at the given test API."""
    copy_of_shop(folder, broken=False)
    settings = (folder / "wf.toml").read_text(encoding="utf-8")
    (folder / "wf.toml").write_text(re.sub(r"http://127\.0\.0\.1:\d+", api, settings), encoding="utf-8")
    return folder


@pytest.fixture
def run_scenario(test_api: str) -> Callable[[str, Scenario], None]:
    """Runs the scenario of a name on a fresh workspace, and once more if it fails; a failure names its artifacts."""
    return lambda name, scenario: _run_twice_at_most(name, test_api, scenario)


def _run_twice_at_most(name: str, api: str, scenario: Scenario) -> None:
    for attempt in (1, 2):
        artifacts = _artifacts_root() / f"{name}-{attempt}"
        shutil.rmtree(artifacts, ignore_errors=True)
        artifacts.mkdir(parents=True)
        # Every attempt starts from the service's first state: what the attempt before it paid for is unpaid again.
        urllib.request.urlopen(urllib.request.Request(f"{api}/reset", method="POST")).close()
        with tempfile.TemporaryDirectory(prefix="wf-") as folder:
            command, environment = scenario(_make_workspace(Path(folder) / "shop", api), artifacts)
            problem = _run(artifacts, command, environment)
        if problem is None:
            return
        if attempt == 1:
            warnings.warn(f"{name} failed once and is tried again ({problem}); see {artifacts}", stacklevel=2)
    log = (artifacts / "scenario.log").read_text(encoding="utf-8", errors="replace")
    pytest.fail(f"{name} failed twice: {problem}\nartifacts: {artifacts}\n{log[-4000:]}", pytrace=False)


def _run(artifacts: Path, command: Sequence[str | Path], environment: Mapping[str, str]) -> str | None:
    own = {"WF_CHECKOUT": str(CHECKOUT), "WF_ARTIFACTS": str(artifacts)}
    with (
        (artifacts / "scenario.log").open("w", encoding="utf-8") as log,
        subprocess.Popen(
            command,
            env={**os.environ, **own, **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        ) as process,
    ):
        try:
            code = process.wait(SCENARIO_TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:
            return f"not finished after {SCENARIO_TIMEOUT_SECONDS} s"
        finally:
            # The editors that the scenario started go with it, also when the tests are interrupted.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    return None if code == 0 else f"exit code {code}"
