"""What is open is set aside when all is quiet, and garbage in there is found when the user rests."""

import asyncio
import gc

import pytest

from wf_lsp import memory
from wf_lsp.memory import Memory


@pytest.fixture
def quick(monkeypatch):
    """Everything after an instant, and collecting as it was afterwards."""
    monkeypatch.setattr(memory, "_SETTLED", 0.01)
    monkeypatch.setattr(memory, "_RESTING", 0.01)
    monkeypatch.setattr(memory, "_MANY_EDITS", 3)
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


async def test_what_was_opened_is_set_aside_once_nothing_is_left_to_do(quick):
    busy = [True]
    gc.unfreeze()
    kept = Memory(lambda: busy[0])
    kept.grown()
    await asyncio.sleep(0.05)
    assert gc.get_freeze_count() == 0
    busy[0] = False
    async with asyncio.timeout(10):
        while gc.get_freeze_count() == 0:  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.01)


async def test_garbage_in_what_was_set_aside_is_found_after_many_edits(quick):
    class Node:
        pass

    kept = Memory(lambda: False)
    node = Node()
    node.itself = node
    gc.freeze()
    alive = [weak := __import__("weakref").ref(node)]
    del node
    gc.collect()
    assert weak() is not None
    for _ in range(3):
        kept.edited()
    async with asyncio.timeout(10):
        while alive[0]() is not None:  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.01)


async def test_whoever_never_rests_is_not_waited_for(quick, monkeypatch):
    class Node:
        pass

    monkeypatch.setattr(memory, "_TOO_MANY_EDITS", 5)
    kept = Memory(lambda: True)  # never without something to do
    node = Node()
    node.itself = node
    gc.freeze()
    weak = __import__("weakref").ref(node)
    del node
    for _ in range(4):
        kept.edited()
    assert weak() is not None
    kept.edited()
    assert weak() is None
