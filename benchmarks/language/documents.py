"""The documents that are checked: workflows in which nothing is wrong, of any number of lines, and their task."""

TASK = """\
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {name: get-user}
spec:
  type: http
  inputSchema: {type: object, required: [id], properties: {id: {type: string}, previous: {type: string}}}
  outputSchema: {type: object, required: [email], properties: {email: {type: string}}}
  http: {method: GET, url: "https://example.com/users/{{input.id}}"}
"""
_HEAD = """\
apiVersion: workflow.io/v1
kind: Workflow
metadata:
  name: {name}
spec:
  timeout: 5m
  input:
    userId: {{type: string, required: true}}
  tasks:
    - id: step-0
      taskRef: get-user
      input:
        id: "{{{{input.userId}}}}"
"""
_STEP = """\
    - id: step-{number}
      taskRef: get-user
      # what the step before gave
      description: one more
      input:
        id: "{{{{input.userId}}}}"
        previous: "{{{{tasks.step-{before}.output.email}}}}"
      timeout: 30s
"""
_TAIL = '  output:\n    email: "{{{{tasks.step-{last}.output.email}}}}"\n'


def workflow(lines: int, name: str = "long") -> str:
    """A workflow of about so many lines, each step of which reads the one before it."""
    count = max((lines - _HEAD.count("\n") - _TAIL.count("\n")) // _STEP.count("\n"), 1)
    steps = "".join(_STEP.format(number=number, before=number - 1) for number in range(1, count + 1))
    return _HEAD.format(name=name) + steps + _TAIL.format(last=count)
