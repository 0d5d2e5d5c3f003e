"""Every name of a workspace: what it means, where it is declared, and all its uses, across files and in expressions.

`occurrence_at` tells what stands at a cursor, `occurrences_of` where else the same thing is named.
"""

from wf_engine.editing.names.finding import occurrence_at, occurrences_of
from wf_engine.editing.names.model import Occurrence, Subject

__all__ = ["Occurrence", "Subject", "occurrence_at", "occurrences_of"]
