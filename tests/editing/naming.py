"""A workspace in which every kind of name occurs, and its names at a cursor or drawn on the source."""

from tests.support import with_cursor, workflow
from wf_engine.workspace import Workspace

MAIN = "main.workflow.yaml"
CHILD = "child.workflow.yaml"
TASK = "get-user.task.yaml"

TASK_TEXT = """\
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {name: get-user, namespace: people}
spec:
  type: http
  inputSchema:
    type: object
    required: [id, where]
    properties:
      id: {type: string}
      where: {type: object, properties: {city: {type: string}}, default: {city: Köln}}
  outputSchema:
    type: object
    required: [id, "full name", tags, address]
    properties:
      id: {type: string}
      full name: {type: string}
      tags: {type: array, items: {$ref: "#/$defs/tag"}}
      address: {type: object, required: [city], properties: {city: {type: string}}}
    $defs:
      tag: {type: object, required: [label], properties: {label: {type: string}}}
  http: {method: GET, url: "{{env.API}}/users/{{input.id}}?c={{input.where?.city}}"}
  examples:
    - input: {id: "1", where: {city: Bonn}}
      output: {id: "1", full name: Zoë 🙂, tags: [{label: a}], address: {city: Bonn}}
"""
CHILD_TEXT = """\
apiVersion: workflow.io/v1
kind: Workflow
metadata:
  name: child-1-0-0
  annotations: {workflow.io/name: child, workflow.io/version: 1.0.0}
spec:
  input: {a: {type: string, required: true}}
  tasks:
    - {id: x, taskRef: people/get-user, input: {id: "{{input.a}}", where: "{{ {city: input.a} }}"}}
  output: {who: "{{tasks.x.output}}", sum: 1}
"""
SPEC = """\
input:
  userId: {type: string, required: true}
  address: {type: object, required: [city], properties: {city: {type: string}}}
tasks:
  # 🙂 a comment with fetch-user in it
  - id: fetch-user
    taskRef: people/get-user
    input:
      id: "{{input.userId}}"
      where: {city: "é 🙂 {{input.address.city}}"}
  - id: each
    dependsOn: [fetch-user]
    workflowRef: child@1.0.0
    condition: {if: "tasks['fetch-user'].output.id != 'x'"}
    forEach: {items: tasks.fetch-user.output.tags, itemVar: tag}
    input: {a: "{{forEach.tag.label}} {{forEach.index}}"}
  - id: block
    tasks:
      - id: inner
        forEach: {items: "{{tasks.fetch-user.output.tags}}"}
        tasks:
          - id: deep
            taskRef: people/get-user
            forEach: {items: "[1, 2]", itemVar: number}
            input: {id: "{{forEach.$parent.item.label}}{{forEach.number}}", where: {}}
output:
  city: >-
    {{ tasks.fetch-user.output.address.city }} and
    {{ tasks.fetch-user.output['full name'] }}
  first: "{{first(tasks.each.output.results)?.who['full name'] ?? secrets.NOBODY}}"
  label: "{{tasks.block.output.inner.itemCount}}"
examples:
  - input: {userId: "1", address: {city: Bonn}}
    expectedOutput: {city: Bonn, first: x, label: 1}
"""


def texts(main: str | None = None) -> dict[str, str]:
    """The files by path."""
    return {MAIN: main or workflow(SPEC), CHILD: CHILD_TEXT, TASK: TASK_TEXT}


def at(fragment: str, path: str = MAIN) -> tuple[Workspace, int]:
    """The workspace, and the offset of the `$0` in a fragment of one of its files."""
    plain = fragment.replace("$0", "")
    text = texts()[path]
    assert text.count(plain) == 1, f"{text.count(plain)} times {plain!r}"
    _, offset = with_cursor(text.replace(plain, fragment))
    return Workspace.of(texts()), offset
