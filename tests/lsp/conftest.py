"""Fixtures of this folder's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lsp.editors import editor
from tests.lsp.wire import Wire, copy_of_examples

__all__ = ["editor"]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A copy of the examples."""
    return copy_of_examples(tmp_path)


@pytest.fixture
def wire() -> Iterator[Wire]:
    """A server to which nothing was said yet."""
    with Wire() as wire:
        yield wire
