"""When a process that reads documents looks for garbage.

Almost all that is made of a document stays as long as the document does: looking through it again and again while it
grows took a third of the time that a thousand files take to be read and checked.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG = 20_000
"""Objects made before the youngest are looked through: parsing a document makes as many, and most of them stay."""


def collect_seldom() -> None:
    """For the whole process: a door calls it once as it opens."""
    gc.set_threshold(_YOUNG, 20, 100)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Many documents are read or checked: no garbage is looked for meanwhile, nor later in what was made then."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()
