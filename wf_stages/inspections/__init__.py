"""Gates that are the framework's own, run as commands like any other: `python -m wf_stages.inspections NAME …`.

Each prints what it looked at and what it found, and exits with 0, 1 where it found something, 2 where it could not look.
"""

from wf_stages.inspections.accessibility import accessibility
from wf_stages.inspections.beginner import beginner
from wf_stages.inspections.complexity import complexity
from wf_stages.inspections.freshness import freshness
from wf_stages.inspections.interface import interface
from wf_stages.inspections.leftovers import leftovers
from wf_stages.inspections.words import words

INSPECTIONS = {
    "accessibility": accessibility,
    "beginner": beginner,
    "complexity": complexity,
    "freshness": freshness,
    "interface": interface,
    "leftovers": leftovers,
    "words": words,
}

__all__ = ["INSPECTIONS"]
