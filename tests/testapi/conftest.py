"""The test API on a real socket, as it was at its start for every test."""

from collections.abc import Iterator

import httpx
import pytest

from wf_engine.testapi import running


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with running() as url:
        yield url


@pytest.fixture
def api(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=10) as client:
        assert client.post("/reset").status_code == 204
        yield client
