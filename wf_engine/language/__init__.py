"""The kinds of the language as immutable models: what every field is, where it stands, and what it says about itself.

Reading keeps everything: what could not be read becomes a `Problem`, every expression a `Site`, and the rest a value.
"""

from wf_engine.language.defaults import default, default_of, merged
from wf_engine.language.documents import (
    API_VERSION,
    GROUPS,
    KINDS,
    DefinitionKey,
    Metadata,
    TaskDocument,
    TestDocument,
    WorkflowDocument,
    group_of,
)
from wf_engine.language.durations import duration_ms
from wf_engine.language.error_codes import ERROR_CODES, ErrorCode
from wf_engine.language.records import FieldSpec, Record, fields_of
from wf_engine.language.sites import Problem, Reading, Site
from wf_engine.language.task import Cache, CircuitBreaker, Http, Retry, TaskSpec, Transform
from wf_engine.language.workflow import (
    STEP_ID,
    Case,
    Condition,
    Fallback,
    ForEach,
    Step,
    Switch,
    Target,
    Trigger,
    WorkflowSpec,
)
from wf_engine.language.workflow_test import Expectation, Mock, StepExpectation, TestCase, TestSpec

__all__ = [
    "API_VERSION",
    "ERROR_CODES",
    "GROUPS",
    "KINDS",
    "STEP_ID",
    "Cache",
    "Case",
    "CircuitBreaker",
    "Condition",
    "DefinitionKey",
    "ErrorCode",
    "Expectation",
    "Fallback",
    "FieldSpec",
    "ForEach",
    "Http",
    "Metadata",
    "Mock",
    "Problem",
    "Reading",
    "Record",
    "Retry",
    "Site",
    "Step",
    "StepExpectation",
    "Switch",
    "Target",
    "TaskDocument",
    "TaskSpec",
    "TestCase",
    "TestDocument",
    "TestSpec",
    "Transform",
    "Trigger",
    "WorkflowDocument",
    "WorkflowSpec",
    "default",
    "default_of",
    "duration_ms",
    "fields_of",
    "group_of",
    "merged",
]
