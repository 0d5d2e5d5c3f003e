"""A long document in which every step reads the one before it, and the task that all of them run."""

STEP_TASK = """\
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {name: get-user}
spec:
  type: http
  inputSchema: {type: object, required: [id], properties: {id: {type: string}, prev: {type: string}}}
  outputSchema: {type: object, required: [email], properties: {email: {type: string}}}
  http: {method: GET, url: "https://example.com/users/{{input.id}}"}
"""


def long_workflow(steps: int) -> str:
    """A workflow of so many steps, eight lines each, in which nothing is wrong."""
    first = """\
apiVersion: workflow.io/v1
kind: Workflow
metadata:
  name: long
spec:
  input:
    userId: {type: string, required: true}
  tasks:
    - id: task-0
      taskRef: get-user
      input:
        id: "{{input.userId}}"
"""
    rest = [
        f"""\
    - id: task-{number}
      taskRef: get-user
      # step {number}
      description: one more
      input:
        id: "{{{{input.userId}}}}"
        prev: "{{{{tasks.task-{number - 1}.output.email}}}}"
      timeout: 30s
"""
        for number in range(1, steps)
    ]
    return first + "".join(rest) + f'  output:\n    email: "{{{{tasks.task-{steps - 1}.output.email}}}}"\n'
