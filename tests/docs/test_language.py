"""docs/language.md: every YAML block is right, or gives the code that stands at its fence.

Behind `yaml` stands what the block is: nothing or `documents`, `workflow` or `task` (what stands below `spec`), or `steps`
(the list below `tasks` of a workflow with a few inputs); then, where the block is wrong, the code.
"""

import re
from pathlib import Path
from textwrap import indent

import pytest

from wf_engine.checks import diagnostics
from wf_engine.language.documents import TaskDocument, WorkflowDocument
from wf_engine.language.records import fields_of
from wf_engine.language.task import Cache, CircuitBreaker, Http, Retry, TaskSpec, Transform
from wf_engine.language.workflow import Case, Condition, Fallback, ForEach, Step, Switch, Trigger, WorkflowSpec
from wf_engine.language.workflow_test import Expectation, Mock, StepExpectation, TestCase, TestSpec
from wf_engine.text import Severity
from wf_engine.workspace import Workspace

PAGE = (Path(__file__).resolve().parents[2] / "docs/language.md").read_text()
BLOCKS = re.findall(r"^```yaml(?: (\w+))?(?: (WF\d+))?\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
DEFINITIONS = BLOCKS[0][2]
INPUT = """\
  input:
    userId: {type: string, required: true}
    orderIds: {type: array, items: {type: string}, required: true}
    tier: {type: string, required: true}
    amount: {type: number, required: true}
"""


def document(kind: str, text: str) -> str:
    if kind in ("", "documents"):
        return text
    text = f"{INPUT}  tasks:\n{indent(text, '    ')}" if kind == "steps" else indent(text, "  ")
    name = "WorkflowTask" if kind == "task" else "Workflow"
    return f"apiVersion: workflow.io/v1\nkind: {name}\nmetadata: {{name: example}}\nspec:\n{text}"


@pytest.mark.parametrize(("kind", "code", "text"), BLOCKS)
def test_a_block_says_what_it_says_it_does(kind: str, code: str, text: str) -> None:
    assert kind in ("", "documents", "workflow", "task", "steps")
    files = {"example.workflow.yaml": document(kind, text)}
    if text != DEFINITIONS:
        files["definitions.workflow.yaml"] = DEFINITIONS
    found = diagnostics(Workspace.of(files), "example.workflow.yaml")
    if code:
        assert code in [each.code for each in found]
        assert {each.code for each in found if each.severity is Severity.ERROR} <= {code}
    else:
        assert [f"{each.code} {each.message}" for each in found if each.severity is Severity.ERROR] == []


def test_no_block_is_left_out() -> None:
    assert PAGE.count("```yaml") == len(BLOCKS)


def test_every_field_is_mentioned() -> None:
    every = (TaskDocument, WorkflowDocument, Cache, CircuitBreaker, Http, Retry, TaskSpec, Transform, Case, Condition,
             Fallback, ForEach, Step, Switch, Trigger, WorkflowSpec, Expectation, Mock, StepExpectation, TestCase, TestSpec)  # fmt: skip
    words = set(re.findall(r"\w+", PAGE))
    assert {name for record in every for name in fields_of(record)} - words == set()
