"""Snippets: whole documents, steps, and a task with its inputs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

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
_TEST = """apiVersion: workflow.io/v1
kind: WorkflowTest
metadata:
  name: ${1:my-workflow-test}
spec:
  workflow: ${2:my-workflow}
  cases:
    - name: ${3:it works}
      input: {${4}}
      mocks:
        ${5:get-user}: {body: {${6}}}
      expect:
        status: succeeded
        output: {${7}}
        partial: true
"""
_CHOICE = re.compile(r"\$\{\d+\|([^,|]*)[^}]*\|\}")
_PLACE = re.compile(r"\$\{\d+:([^{}]*)\}")
_STOP = re.compile(r"\$\d+|\$\{\d+\}")


_DOCUMENTS = (
    ("workflow", ".workflow.yaml", "Workflow", _WORKFLOW),
    ("task", ".task.yaml", "WorkflowTask", _TASK),
    ("test", ".wftest.yaml", "WorkflowTest", _TEST),
)


def plain(snippet: str) -> str:
    """A snippet's text without its tab stops, for clients that do not know them."""
    return _STOP.sub("", _PLACE.sub(r"\1", _CHOICE.sub(r"\1", snippet)))


def _item(label: str, detail: str, snippet: str) -> Item:
    return Item(label, Kind.SNIPPET, plain(snippet), detail, f"```yaml\n{plain(snippet)}\n```", snippet)


def document_snippets(path: str) -> Iterator[Item]:
    """Whole documents, the kind that the file's name promises first."""
    for label, ending, kind, snippet in _DOCUMENTS:
        yield replace(_item(label, f"a new {kind}", snippet), rank=not path.endswith(ending))


def step_snippets(lead: str = "") -> Iterator[Item]:
    """The beginning of a step; `lead` is its dash, where it has none yet."""
    indent = " " * len(lead)
    yield _item("step", "a step that runs a task", f"{lead}id: ${{1:step-id}}\n{indent}taskRef: $0")


def task_snippet(name: str, contract: Contract, given: Mapping[str, str], *, flow: bool) -> tuple[str, str | None]:
    """A reference with the inputs that it requires, each a tab stop; `given` has what is known to fit, as YAML."""
    if not contract.required:
        return name, None
    values = [
        (each, given.get(each) or yaml_scalar(example_of(contract.inputs.get(each)))) for each in contract.required
    ]
    stops = [(_escaped(each), _stop(number, value)) for number, (each, value) in enumerate(values, 1)]
    return _with_input(name, values, flow=flow), _with_input(_escaped(name), stops, flow=flow) + "$0"


def _with_input(name: str, values: list[tuple[str, str]], *, flow: bool) -> str:
    if flow:
        return f"{name}, input: {{{', '.join(f'{each}: {value}' for each, value in values)}}}"
    return f"{name}\ninput:" + "".join(f"\n  {each}: {value}" for each, value in values)


def _stop(number: int, value: str) -> str:
    """A tab stop; of a text in quotes what stands between them, so that what is typed instead keeps these."""
    if len(value) > 1 and value[0] == value[-1] == '"':
        return f'"${{{number}:{_escaped(value[1:-1])}}}"'
    return f"${{{number}:{_escaped(value)}}}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
