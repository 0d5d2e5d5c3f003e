"""Workflows of any length, as the tests of syntax and checks use them, and other texts that are cut into segments."""


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


def nested(steps: int) -> str:
    """A list in an item of a list, block scalars that look like YAML, text over several lines, and lists of their own."""
    inner = "".join(
        f"        - id: n{number}\n          run: |\n            x: y\n\n            {{{{z}}}}\n          # c\n"
        for number in range(steps)
    )
    tail = "".join(f"- a{number}\n- [x,\n  y{number}]\n" for number in range(steps))
    return (
        "# head\n\nkind: X\nspec:\n  tasks:\n    - id: big\n      tasks:\n" + inner + '      after: "a\n        b"\n'
        "    - tasks:\n" + inner + "list:\n" + tail
    )


def anchored(keys: int) -> str:
    """Every value means the one before it."""
    chain = "".join(f"k{number}: &a{number} [*a{number - 1}]\n" if number else "k0: &a0 1\n" for number in range(keys))
    return chain + f"base: &q {{a: 1}}\nm:\n  <<: *q\n  z: *a{keys - 1}\n"
