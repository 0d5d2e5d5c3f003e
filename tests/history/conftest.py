"""Fixtures of this folder's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.history.postgresql import Server
from tests.project.permissions import unprivileged

__all__ = ["place", "postgresql", "unprivileged"]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server."""
    server = Server()
    yield server
    server.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a history can be kept: each kind of place by turns."""
    return str(tmp_path / "h.db") if request.param == "sqlite" else request.getfixturevalue("postgresql").database()
