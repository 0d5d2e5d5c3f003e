"""A throw-away PostgreSQL server for the tests: its own folder, a port of its own, no trust in anything outside."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A server with databases made on demand. It refuses to run as root, so then another user runs it."""

    def __init__(self) -> None:
        script = ROOT / "tools" / "setup" / "install-postgresql.sh"
        found = subprocess.run(["bash", script], capture_output=True, text=True, check=False)
        assert found.returncode == 0, found.stderr
        self.programs = Path(found.stdout.split()[-1])
        self.user = "nobody" if os.geteuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="wf-postgresql-"))
        if self.user:
            shutil.chown(self.folder, self.user)
        self.port = free_port()
        self.count = 0
        self.process: subprocess.Popen[bytes] | None = None
        command = [self.programs / "initdb", "-D", self.folder / "data", "-U", "wf", "-A", "trust", "-N", "-E", "UTF8"]
        subprocess.run(command, user=self.user, cwd=self.folder, check=True, capture_output=True)
        self.start()

    def start(self) -> None:
        options = ["-p", str(self.port), "-h", "127.0.0.1", "-k", "", "-c", "fsync=off", "-c", "shared_buffers=16MB"]
        command = [self.programs / "postgres", "-D", self.folder / "data", *options]
        log = (self.folder / "log").open("ab")
        with log:
            self.process = subprocess.Popen(command, user=self.user, cwd=self.folder, stdout=log, stderr=log)
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                psycopg.connect(self._url("postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                assert time.monotonic() < deadline, (self.folder / "log").read_text()
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        """At once, as a crash would be, so that clients see their connections break."""
        if self.process is not None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(_PATIENCE)
            self.process = None

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _url(self, database: str) -> str:
        return f"postgresql://wf@127.0.0.1:{self.port}/{database}"

    def database(self) -> str:
        """The address of a new database."""
        self.count += 1
        name = f"history_{self.count}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self._url(name)
