# ruff: noqa: RUF009 - `written` makes a dataclass field
"""A document of ours: its envelope, and the definition it makes (language §1)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from wf_engine.language.records import Record, written
from wf_engine.language.shapes import Enum, MapOf, Obj, Str
from wf_engine.language.sites import Reading
from wf_engine.language.task import TaskSpec
from wf_engine.language.workflow import WorkflowSpec
from wf_engine.language.workflow_test import TestSpec
from wf_engine.syntax.nodes import Map, Node, Scalar

API_VERSION = "workflow.io/v1"
GROUPS = ("workflow.io", "workflow.example.com", "workflows.example.com")
"""The API groups that are ours; the later ones are old spellings."""

_LONGEST_NAME = 63
DNS_LABEL = r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"
_NAME = Str(
    DNS_LABEL, "a name such as `get-user`", _LONGEST_NAME, "lower-case letters, digits and `-`, at most 63 characters"
)


def is_name(text: str) -> bool:
    """Whether it may be the name of a definition."""
    return len(text) <= _LONGEST_NAME and re.fullmatch(DNS_LABEL, text) is not None


KINDS = Enum(
    (
        ("Workflow", "Composes tasks into one call."),
        ("WorkflowTask", "Describes one HTTP call or transformation that workflows use."),
        ("WorkflowTest", "Tests a workflow, with mocked answers."),
    )
)
_PART = "(0|[1-9][0-9]*)"
_RELEASE = "(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
VERSION = rf"^{_PART}\.{_PART}\.{_PART}(-{_RELEASE}(\.{_RELEASE})*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$"
"""SemVer 2.0.0."""
_SEMVER = Str(
    VERSION,
    "a version such as `1.2.0`",
    hint="a version is three numbers (SemVer), such as `1.2.0` or `2.0.0-beta.1`",
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Metadata(Record):
    """Who the document is."""

    name: str | None = written("name", _NAME, "The name others refer to it by.", required=True, example="get-user")
    namespace: str | None = written("namespace", _NAME, "Keeps names of different teams apart.", default="default")
    labels: Mapping[str, str] | None = written("labels", MapOf(Str()), "Short key-value pairs to select by.")
    annotations: Mapping[str, str] | None = written(
        "annotations",
        MapOf(Str(), (("workflow.io/version", _SEMVER), ("workflow.io/name", _NAME))),
        "Further facts, such as `workflow.io/version` (SemVer) and `workflow.io/name`.",
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class WorkflowDocument(Record):
    """A Workflow: composes tasks into one synchronous call."""

    api_version: str | None = written(
        "apiVersion", Enum(((API_VERSION, "Version 1 of the language."),)), "The language's version.", required=True
    )
    kind: str | None = written("kind", KINDS, "What the document describes.", required=True)
    metadata: Metadata | None = written("metadata", Obj(Metadata), "Who the document is.", required=True)
    spec: WorkflowSpec | None = written(
        "spec", Obj(WorkflowSpec), "What the workflow takes, runs and gives.", required=True
    )
    reading: Reading = Reading()


@dataclass(frozen=True, eq=False, kw_only=True)
class TaskDocument(Record):
    """A WorkflowTask: one HTTP call or transformation that workflows use."""

    api_version: str | None = written(
        "apiVersion", Enum(((API_VERSION, "Version 1 of the language."),)), "The language's version.", required=True
    )
    kind: str | None = written("kind", KINDS, "What the document describes.", required=True)
    metadata: Metadata | None = written("metadata", Obj(Metadata), "Who the document is.", required=True)
    spec: TaskSpec | None = written("spec", Obj(TaskSpec), "What the task takes, does and gives.", required=True)
    reading: Reading = Reading()


@dataclass(frozen=True, eq=False, kw_only=True)
class TestDocument(Record):
    """A WorkflowTest: cases that a workflow is tried with."""

    __test__ = False  # for pytest, which takes it for tests by its name

    api_version: str | None = written(
        "apiVersion", Enum(((API_VERSION, "Version 1 of the language."),)), "The language's version.", required=True
    )
    kind: str | None = written("kind", KINDS, "What the document describes.", required=True)
    metadata: Metadata | None = written("metadata", Obj(Metadata), "Who the document is.", required=True)
    spec: TestSpec | None = written("spec", Obj(TestSpec), "The workflow that is tested, and the cases.", required=True)
    reading: Reading = Reading()


@dataclass(frozen=True, slots=True)
class DefinitionKey:
    """What a definition is known by; `version` is empty for a task and for a workflow without one."""

    kind: str
    namespace: str
    name: str
    version: str = ""


def group_of(root: Node | None) -> str | None:
    """The API group that a document names, None where it names none."""
    api = root.get("apiVersion") if isinstance(root, Map) else None
    return api.text.partition("/")[0] if isinstance(api, Scalar) else None
