"""A folder in which file permissions count, whoever runs the tests."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_NOBODY = 65534


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder of our own; while the test runs, root is nobody, since no permission holds root back."""
    folder = Path(tempfile.mkdtemp())
    is_root = os.geteuid() == 0
    if is_root:
        os.chown(folder, _NOBODY, _NOBODY)
        os.seteuid(_NOBODY)
    try:
        yield folder
    finally:
        if is_root:
            os.seteuid(0)
        for current, folders, _ in os.walk(folder):
            for name in folders:
                Path(current, name).chmod(0o700)
        shutil.rmtree(folder)
