"""Workflows of any length, as the tests of syntax and checks use them."""


def workflow(steps: int) -> str:
    """A sound workflow in which every step reads the one before it; eight lines a step."""
    lines = [
        "apiVersion: workflow.io/v1", "kind: Workflow", "metadata:", "  name: big", "spec:", "  description: generated",
        "  input:", "    userId:", "      type: string", "      required: true", "  tasks:",
    ]  # fmt: skip
    for number in range(steps):
        before = f'"{{{{tasks.task-{number - 1}.output.email}}}}"' if number else '"none"'
        lines += [
            f"    - id: task-{number}", "      taskRef: get-user", f"      # step {number}", "      description: one more",
            "      input:", '        id: "{{input.userId}}"', f"        prev: {before}", "      timeout: 30s",
        ]  # fmt: skip
    lines += ["  output:", f'    email: "{{{{tasks.task-{steps - 1}.output.email}}}}"']
    return "\n".join(lines) + "\n"
