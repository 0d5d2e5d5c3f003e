"""What a document means does not depend on the spelling: the fixes of old ones change nothing of it."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.support import applied
from wf_engine.checks import OLD_CODES, diagnostics
from wf_engine.language import WorkflowDocument
from wf_engine.language.envelope import read_document, record_of
from wf_engine.language.shapes import Obj
from wf_engine.language.spellings import meaning
from wf_engine.syntax import File, Map
from wf_engine.workspace import Workspace

PAGES = Path(__file__).resolve().parents[2] / "docs/diagnostics"


def meanings(text: str) -> list[Any]:
    roots = [document.root for document in File.parse(text).documents]
    return [meaning(root, Obj(record_of(root))) for root in roots if isinstance(root, Map)]


@pytest.mark.parametrize("code", sorted(OLD_CODES))
def test_a_fix_keeps_the_meaning(code: str) -> None:
    wrong, right = re.findall(r"```yaml\n(.*?)```", (PAGES / f"{code}.md").read_text(), re.DOTALL)
    assert meanings(wrong) == meanings(right)
    (found,) = diagnostics(Workspace.of({"a.workflow.yaml": wrong}), "a.workflow.yaml")
    assert meanings(applied(wrong, found.fixes[0].edits)) == meanings(wrong)


def test_what_differs_has_another_meaning() -> None:
    text = "apiVersion: workflow.io/v1\nkind: Workflow\nmetadata: {name: w}\nspec: {tasks: [{id: a, taskRef: t, retryCount: 2}]}\n"
    assert meanings(text) != meanings(text.replace("retryCount: 2", "retry: {maxAttempts: 2}"))
    assert meanings(text) == meanings(text.replace("retryCount: 2", "retry: {maxAttempts: 3}"))


def test_places_are_those_of_the_written_text() -> None:
    text = "apiVersion: workflow.io/v1\nkind: Workflow\nmetadata: {name: w}\nspec: {tasks: [{id: a, taskRef: t, retryCount: 2}]}\n"
    (document,) = File.parse(text).documents
    assert isinstance(document.root, Map)
    model = read_document(document.root)
    assert isinstance(model, WorkflowDocument)
    assert model.spec is not None
    assert model.spec.tasks is not None
    step = model.spec.tasks[0]
    assert step.retry is not None
    assert step.retry.max_attempts == 3
    assert step.node is not None
    pair = step.node.pair("retry")
    assert pair is not None
    start, end = document.span(pair.key.place)
    assert text[start:end] == "retryCount"
