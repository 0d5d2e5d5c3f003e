"""What a test is about: the workflow, and what each of its mocks answers for (language §13)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wf_engine.analysis.steps import targets
from wf_engine.language import Metadata, Mock, Step, TestDocument, WorkflowDocument, default
from wf_engine.syntax import Map, Node, Pair
from wf_engine.workspace import Contract, Definition, Workspace, reference

_SUFFIX = re.compile(r"(?:\[[0-9]+\])*(?:~(?:fallback|else))?\Z")
_DEEPEST = 5
"""Sub-workflows inside one another (language §4)."""


@dataclass(frozen=True, slots=True)
class MockedCall:
    """A mock of a test: the entry it is written as, its answers, and the contract of the task that it stands for.

    `known` tells whether its name is that of a task or of a step; `contract` is None where a step is no single task.
    """

    pair: Pair
    answers: tuple[Mock, ...]
    known: bool
    contract: Contract | None


def tested_workflow(workspace: Workspace, test: TestDocument) -> Definition | None:
    """The workflow that a test is about, None where it cannot be told."""
    ref = test.spec.workflow if test.spec else None
    return workspace.workflow(ref, namespace_of(test)) if ref else None


def namespace_of(test: TestDocument) -> str:
    """The namespace in which a test looks its names up."""
    return (test.metadata.namespace if test.metadata else None) or str(default(Metadata, "namespace"))


def mocked_calls(workspace: Workspace, test: TestDocument) -> Iterator[MockedCall]:
    """The mocks of all cases of a test whose workflow is there."""
    tested = tested_workflow(workspace, test)
    for case in test.spec.cases or () if test.spec and tested else ():
        node = case.node.get("mocks") if case.node else None
        for pair in node.pairs if isinstance(node, Map) and case.mocks else ():
            answers = (case.mocks or {}).get(pair.name or "")
            if tested is not None and pair.name and answers is not None:
                yield _mocked(workspace, tested, pair, answers)


def _mocked(workspace: Workspace, tested: Definition, pair: Pair, answers: Any) -> MockedCall:
    name = pair.name or ""
    contract = call_contract(workspace, tested, name)
    known = contract is not None or step_at(workspace, tested, name) is not None
    return MockedCall(pair, answers, known=known, contract=contract)


def call_contract(workspace: Workspace, tested: Definition, name: str) -> Contract | None:
    """The contract of the task that a mock of this name stands for: a task's, or that of the task that a step runs."""
    task = workspace.contract("WorkflowTask", reference(name, tested.key.namespace))
    if task is not None:
        return task
    step = step_at(workspace, tested, name)
    ref = step.task_ref if step else None
    return workspace.contract("WorkflowTask", reference(ref, tested.key.namespace)) if ref else None


def step_at(workspace: Workspace, tested: Definition, path: str) -> Step | None:
    """The step that a path such as `orders[2].charge~fallback` leads to, through blocks and sub-workflows."""
    found: Step | None = None
    inside, depth = [(tested, step) for step in _own(tested)], 0
    for name in path.split("."):
        bare = _SUFFIX.sub("", name)
        at = next(((owner, step) for owner, step in inside if step.id == bare), None)
        if at is None or depth > _DEEPEST:
            return None
        owner, found = at
        inside = list(_inner(workspace, owner, found))
        depth += any(each.workflow_ref for _, each in targets(found))
    return found


def step_paths(tested: Definition) -> tuple[str, ...]:
    """The ids of a workflow's own steps."""
    return tuple(step.id for step in _own(tested) if step.id)


def _own(definition: Definition) -> tuple[Step, ...]:
    model = definition.model
    return model.spec.tasks or () if isinstance(model, WorkflowDocument) and model.spec else ()


def _inner(workspace: Workspace, owner: Definition, step: Step) -> Iterator[tuple[Definition, Step]]:
    for _, target in targets(step):
        yield from ((owner, each) for each in target.tasks or ())
        child = workspace.workflow(target.workflow_ref, owner.key.namespace) if target.workflow_ref else None
        if child is not None:
            yield from ((child, each) for each in _own(child))


def body_of(mock: Mock) -> Node | None:
    """The body that a mock answers with, where it stands in the text."""
    return mock.node.get("body") if mock.node else None
