"""The two cores: one for what is measured, the other for nginx and the load."""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

HERE = Path(__file__).parent
NGINX = 9100
_PATIENCE_S = 60

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Bar:
    """A promise: what must hold of a figure."""

    least: float | None = None
    most: float | None = None

    def holds(self, value: float) -> bool:
        """Whether it is kept."""
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    def cells(self, value: float) -> str:
        """The figure, the bar and the verdict, as cells of a table."""
        wanted = f"at least {self.least:g}" if self.least is not None else f"at most {self.most:g}"
        return f"{value:.2f} | {wanted} | {'kept' if self.holds(value) else '**missed**'}"


def cannot(why: str) -> NoReturn:
    """Ends the benchmark, since it cannot measure."""
    print(f"error: {why}", file=sys.stderr)
    sys.exit(2)


def cores() -> tuple[str, str]:
    """The core for what is measured and the one for the service and the load."""
    available = sorted(os.sched_getaffinity(0))
    if len(available) < 2:
        cannot("two cores are needed, one for what is measured and one for nginx")
    return str(available[0]), str(available[-1])


@contextmanager
def service(core: str) -> Iterator[None]:
    """Nginx as `fixed/nginx.conf` says, on its own core."""
    if not shutil.which("nginx") or not shutil.which("wrk"):
        cannot("nginx or wrk is missing; run tools/benchmarks/install-nginx.sh")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(HERE / "fixed" / "nginx.conf", folder)
        Path(folder).chmod(0o755)
        with running(["nginx", "-p", folder, "-c", "nginx.conf"], core, NGINX):
            yield


@contextmanager
def running(command: Sequence[str | Path], core: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A server on one core, from when it listens on."""
    with tempfile.TemporaryFile() as said:
        server = subprocess.Popen(
            ["taskset", "-c", core, *command],
            stdout=said,
            stderr=said,
        )
        try:
            if not _listens(server, port):
                said.seek(0)
                cannot(f"{command[0]} did not start\n{said.read().decode()[-2000:]}")
            yield server
        finally:
            server.terminate()
            server.wait()


def _listens(server: subprocess.Popen[bytes], port: int) -> bool:
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False


def processor_time(server: subprocess.Popen[bytes]) -> float:
    """Seconds of processor time that a server has used, its threads' included."""
    fields = Path(f"/proc/{server.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def rate(core: str, url: str, seconds: int, script: Path | None = None) -> float:
    """Requests a second that a server answers to 32 at once, by wrk on a core. Wrong answers count as a failure."""
    command = ["taskset", "-c", core, "wrk", "-t1", "-c32", f"-d{seconds}s", "--timeout", "30s"]
    said = subprocess.run(
        [*command, *(["-s", script] if script else []), url], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in said:
        cannot(f"{url} answered with errors\n{said}")
    return next(float(line.split()[1]) for line in said.splitlines() if line.startswith("Requests/sec"))


def medians(rounds: Sequence[Figures]) -> Figures:
    """The median of each figure."""
    numbers = [key for key, value in rounds[0].items() if isinstance(value, int | float)]
    return {key: statistics.median(figures[key] for figures in rounds) for key in numbers}
