"""Snippets: whole documents, steps, and a task with its inputs."""

from collections.abc import Iterator

from wf_engine.analysis.inputs import example_of
from wf_engine.checks.fixes import yaml_scalar
from wf_engine.editing.items import Item, Kind
from wf_engine.workspace import Contract

_WORKFLOW = """apiVersion: workflow.io/v1
kind: Workflow
metadata:
  name: ${1:my-workflow}
spec:
  description: ${2:What it does}
  input:
    ${3:userId}: {type: string, required: true}
  tasks:
    - id: ${4:fetch-user}
      taskRef: ${5:get-user}
      input:
        id: "{{input.${3:userId}}}"
  output:
    ${6:user}: "{{tasks.${4:fetch-user}.output}}"
"""

_TASK = """apiVersion: workflow.io/v1
kind: WorkflowTask
metadata:
  name: ${1:get-user}
spec:
  type: http
  description: ${2:What it does}
  inputSchema:
    type: object
    required: [${3:id}]
    properties:
      ${3:id}: {type: string}
  outputSchema:
    type: object
    properties:
      ${4:name}: {type: string}
  http:
    method: ${5|GET,POST,PUT,PATCH,DELETE|}
    url: "{{env.${6:API}}}/${7:users}/{{input.${3:id}}}"
"""


def plain(snippet: str) -> str:
    """A snippet's text without its tab stops, for clients that do not know them."""
    import re

    text = re.sub(r"\$\{\d+\|([^,|]*)[^}]*\|\}", r"\1", snippet)
    text = re.sub(r"\$\{\d+:([^{}]*)\}", r"\1", text)
    return re.sub(r"\$\d+", "", text)


def _item(label: str, detail: str, snippet: str) -> Item:
    return Item(label, Kind.SNIPPET, plain(snippet), detail, f"```yaml\n{plain(snippet)}\n```", snippet)


def document_snippets() -> Iterator[Item]:
    """Whole documents."""
    yield _item("workflow", "a new Workflow", _WORKFLOW)
    yield _item("task", "a new WorkflowTask", _TASK)
    yield Item("apiVersion", Kind.FIELD, "apiVersion: workflow.io/v1", "the language's version")


def step_snippets() -> Iterator[Item]:
    """The beginnings of a step."""
    yield _item("step", "a step that runs a task", "id: ${1:step-id}\n  taskRef: ${2:task}")


def task_snippet(name: str, contract: Contract, column: int) -> tuple[str, str | None]:
    """A reference with the inputs that it requires, each a tab stop; `column` is where the step's keys stand."""
    if not contract.required:
        return name, None
    indent = " " * column
    text, snippet = f"{name}\n{indent}input:", f"{_escaped(name)}\n{indent}input:"
    for number, required in enumerate(contract.required, 1):
        value = yaml_scalar(example_of(contract.inputs.get(required)))
        text += f"\n{indent}  {required}: {value}"
        snippet += f"\n{indent}  {_escaped(required)}: ${{{number}:{_escaped(value)}}}"
    return text, snippet + "$0"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
