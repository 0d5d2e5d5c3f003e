"""Tests of workflows: the cases of WorkflowTests, and the examples of workflows and tasks (language §13).

A case runs in the engine that runs everything else; only the answers of services are its own. Nothing is sent.
"""

from wf_engine.testing.cases import Case, cases_of
from wf_engine.testing.coverage import Coverage, coverage_of
from wf_engine.testing.junit import junit
from wf_engine.testing.matching import Mismatch
from wf_engine.testing.running import Result, run_cases
from wf_engine.testing.saving import saved_test
from wf_engine.testing.words import in_words

__all__ = [
    "Case",
    "Coverage",
    "Mismatch",
    "Result",
    "cases_of",
    "coverage_of",
    "in_words",
    "junit",
    "run_cases",
    "saved_test",
]
