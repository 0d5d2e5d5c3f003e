"""Refactorings: a selection in, edits and new files out. Offered cheaply, worked out when chosen.

Each keeps comments and the document's style, and is refused where something would be wrong after it.
"""

from wf_engine.editing.refactoring.catalogue import REFACTORINGS, applied, offered, refactored
from wf_engine.editing.refactoring.model import Change, Refactoring, Selection

__all__ = ["REFACTORINGS", "Change", "Refactoring", "Selection", "applied", "offered", "refactored"]
