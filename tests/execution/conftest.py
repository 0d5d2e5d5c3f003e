"""The test API on a real socket."""

from collections.abc import Iterator

import pytest

from wf_engine.testapi import running


@pytest.fixture(scope="session")
def service() -> Iterator[str]:
    with running() as url:
        yield url
