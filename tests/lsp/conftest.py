"""Fixtures of this folder's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lsp.editors import editor, session
from tests.lsp.wire import Wire, copy_of_examples

__all__ = ["editor", "session"]


@pytest.fixture(scope="session", autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No server finds what was run on this machine before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A copy of the examples."""
    return copy_of_examples(tmp_path)


@pytest.fixture
def wire() -> Iterator[Wire]:
    """A server to which nothing was said yet."""
    with Wire() as wire:
        yield wire
