"""What there is to test: the cases of WorkflowTests, and the examples of workflows and of tasks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from wf_engine.language import (
    Expectation,
    Metadata,
    Mock,
    Record,
    TaskDocument,
    TestCase,
    TestDocument,
    WorkflowDocument,
    default,
)
from wf_engine.syntax import Map, Seq, resolved
from wf_engine.text import Location, WfError
from wf_engine.workspace import Definition, SourceDocument, Workspace


class Mocks(NamedTuple):
    """The answers to some calls, one a call in order; the one that `repeats` is for all of them."""

    answers: tuple[Mock, ...]
    repeats: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One run with its answers and what is expected of it."""

    name: str
    group: str
    """What it is a case of: the name of the test, or of the workflow or task whose example it is."""
    location: Location
    kind: Literal["test", "workflowExample", "taskExample"]
    target: Definition | None
    """The workflow, or the task of an example; None where there is none."""
    ref: str
    """The target as it is written."""
    input: Mapping[str, Any]
    expect: Expectation
    mocks: Mapping[str, Mocks] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    has_output: bool = False
    """Whether an output is expected; it may be null."""

    @property
    def id(self) -> str:
        """What selects it, and what reports call it."""
        return f"{self.group} › {self.name}"


def cases_of(workspace: Workspace, paths: list[str] | None = None) -> list[Case]:
    """The cases of some files, else of all, in the order of the files and of their text."""
    chosen = sorted(workspace.files) if paths is None else paths
    return [case for path in chosen for source in workspace.files[path].documents for case in _of(workspace, source)]


def _of(workspace: Workspace, source: SourceDocument) -> Iterator[Case]:
    model = source.model
    if source.test is not None:
        yield from _of_test(workspace, source, source.test)
    elif isinstance(model, WorkflowDocument):
        yield from _of_workflow(workspace, source, model)
    elif isinstance(model, TaskDocument):
        yield from _of_task(workspace, source, model)


def _of_test(workspace: Workspace, source: SourceDocument, test: TestDocument) -> Iterator[Case]:
    ref = (test.spec.workflow if test.spec else None) or ""
    namespace = (test.metadata.namespace if test.metadata else None) or str(default(Metadata, "namespace"))
    target = workspace.workflow(ref, namespace) if ref else None
    name = (test.metadata.name if test.metadata else None) or ref
    for number, case in enumerate(test.spec.cases or () if test.spec else (), 1):
        yield Case(
            name=case.name or f"case {number}",
            group=name,
            location=_place(workspace, source, case),
            kind="test",
            target=target,
            ref=ref,
            input=_input(workspace, source, case),
            expect=case.expect or Expectation(),
            mocks=dict(_mocks(case)),
            secrets={key: str(value) for key, value in (case.secrets or {}).items()},
            has_output=case.expect is not None and _has(case.expect, "output"),
        )


def _of_workflow(workspace: Workspace, source: SourceDocument, workflow: WorkflowDocument) -> Iterator[Case]:
    definition = source.definition
    for number, example in enumerate(workflow.spec.examples or () if workflow.spec else (), 1):
        name = workflow.metadata.name if workflow.metadata else None
        yield Case(
            name=example.name or f"example {number}",
            group=name or "",
            location=_place(workspace, source, example),
            kind="workflowExample",
            target=definition,
            ref=name or "",
            input=_input(workspace, source, example),
            expect=Expectation(output=example.expected_output),
            has_output=_has(example, "expectedOutput"),
        )


def _of_task(workspace: Workspace, source: SourceDocument, task: TaskDocument) -> Iterator[Case]:
    definition = source.definition
    for number, example in enumerate(task.spec.examples or () if task.spec else (), 1):
        name = task.metadata.name if task.metadata else None
        yield Case(
            name=example.name or f"example {number}",
            group=name or "",
            location=_place(workspace, source, example),
            kind="taskExample",
            target=definition,
            ref=name or "",
            input=_input(workspace, source, example),
            expect=Expectation(output=example.output),
            has_output=_has(example, "output"),
        )


def _place(workspace: Workspace, source: SourceDocument, case: Record) -> Location:
    node = case.node if case.node is not None else source.tree.root
    if node is None:
        raise WfError("A case stands in no document.")
    return workspace.location(source, node.place)


def _mocks(case: TestCase) -> Iterator[tuple[str, Mocks]]:
    node = case.node.get("mocks") if case.node else None
    for name, answers in (case.mocks or {}).items():
        written = node.get(name) if isinstance(node, Map) else None
        yield name, Mocks(answers, repeats=not isinstance(written and resolved(written), Seq))


def _has(record: Record, field_name: str) -> bool:
    return record.node is not None and record.node.pair(field_name) is not None


def _input(workspace: Workspace, source: SourceDocument, case: Any) -> Mapping[str, Any]:
    if case.input is None:
        return {}
    if not isinstance(case.input, Mapping):
        raise WfError("The input of a case is a map of names to values.", _place(workspace, source, case))
    return case.input
