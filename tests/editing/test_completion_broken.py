"""Broken documents: completion is right about the step at the break, and about the steps far from it."""

import pytest

from tests.editing.completing import ask
from tests.support import workflow

BREAKS = {
    "a word without a colon": "timeo",
    "a word without a colon, deeper": "  timeo",
    "a word without a colon, further out": " timeo",
    "an open double quote": 'description: "abc',
    "an open single quote": "description: 'abc",
    "an open quote with a template": 'description: "{{tasks.s1.output',
    "an open list": "dependsOn: [s1",
    "an open map": "retry: {maxAttempts: 2",
    "an open list of maps": "x: [{a: 1}, {b: [2",
    "a closing bracket too many": "dependsOn: [s1]]",
    "a wrong indentation": "   timeout: 5s",
    "a tab": "\ttimeout: 5s",
    "a lone dash": "-",
    "a dash in front of a key": "- timeout: 5s",
    "a template without quotes": "description: {{tasks.s1.output.name}}",
    "an open template without quotes": "description: {{tasks.s1.out",
    "merge conflict markers": "<<<<<<< HEAD\ntimeout: 5s\n=======\ntimeout: 6s\n>>>>>>> other",
    "an unknown alias": "description: *nothing",
    "a second colon": "description: a: b: c",
    "a reserved character": "description: @me",
    "a NUL": "description: a\0b",
    "text behind a quote": 'description: "a" b',
    "a block scalar that is not indented": "description: |\nabc",
    "a directive": "%YAML 1.2",
}
MARKERS = ("<<<", "===", ">>>", "%")


def document(broken: str, *, steps: int, at: int, other: int, text: str) -> str:
    """A chain of steps with a break at the end of one, and a text with the cursor at the end of another."""
    lines = []
    for number in range(steps):
        lines += [f"  - id: s{number}", '    input: {id: "{{input.userId}}"}', "    taskRef: get-user"]
        for inside in (broken,) * (number == at) + (text,) * (number == other):
            lines += [line if line.startswith(MARKERS) else f"    {line}" for line in inside.split("\n")]
    return workflow("input:\n  userId: {type: string, required: true}\ntasks:\n") + "".join(
        f"{line}\n" for line in lines
    )


@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS)
@pytest.mark.parametrize("steps", [4, 50], ids=["short", "long"])
def test_far_from_a_break(broken, steps):
    for other in {0, 1, steps - 1} - {2}:
        for text, some in (
            ("$0", {"condition", "timeout", "dependsOn"}),
            ("ti$0", {"timeout"}),
            ("timeout: $0", {"30s"}),
        ):
            asked = ask(document(broken, steps=steps, at=2, other=other, text=text))
            assert some <= set(asked.labels), (other, text)
            assert "id" not in asked.labels, "the step has an id"
        ids = {f"s{number}" for number in range(steps)} - {f"s{other}"}
        asked = ask(document(broken, steps=steps, at=2, other=other, text='condition: {if: "{{tasks.$0}}"}'))
        assert ids - {"s2"} <= set(asked.labels)
        asked = ask(document(broken, steps=steps, at=2, other=other, text="condition: {if: tasks.s3.output.$0}"))
        assert other == 3 or {"name", "address"} <= set(asked.labels)


@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS)
@pytest.mark.parametrize("steps", [4, 50], ids=["short", "long"])
def test_right_behind_a_break(broken, steps):
    asked = ask(document(broken, steps=steps, at=2, other=2, text="$0"))
    assert {"condition", "fallback"} <= set(asked.labels) or broken.startswith("- "), "that began a step"
    asked = ask(document(broken, steps=steps, at=2, other=2, text='condition: {if: "{{tasks.s1.output.$0'))
    assert {"name", "address"} <= set(asked.labels)


@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS)
def test_right_in_front_of_a_break(broken):
    source = document(broken, steps=20, at=2, other=-1, text="")
    cut = source.index("\n", source.index("taskRef", source.index("id: s2"))) + 1
    for text, some in (("    $0\n", "condition"), ("    condition: {if: tasks.s1.output.$0}\n", "name")):
        assert some in ask(source[:cut] + text + source[cut:]).labels


@pytest.mark.parametrize(
    ("broken", "some"),
    [
        ("timeo$0", {"timeout", "condition"}),
        ("  timeo$0", {"timeout", "condition"}),
        (" timeo$0", {"timeout", "condition"}),
        ('description: "{{tasks.s1.output.$0', set()),
        ('condition: {if: "{{tasks.s1.output.$0', {"name", "address"}),
        ('condition:\n  if: "{{tasks.s1.output.$0', {"name", "address"}),
        ("condition:\n  if: {{tasks.s1.output.$0", {"name", "address"}),
        ("dependsOn: [s1, $0", {"s0", "s3"}),
        ("retry: {maxAttempts: 2, $0", {"causes", "jitter"}),
        ("   timeout: $0", {"30s"}),
        ("   $0", {"timeout", "condition"}),
        ("input:\n       id: x\n      ver$0", {"verbose", "limit"}),
        ("- $0", {"step", "id", "taskRef"}),
        ("-$0", {"step", "id", "taskRef"}),
        ("<<<<<<< HEAD\nti$0\n=======\ntimeout: 6s\n>>>>>>> other", {"timeout"}),
        ("condition: {if: true, else: {taskRef: $0", {"get-user", "send-mail"}),
        ("fallback:\n  taskRef: get-user\n  input: {$0", {"id", "verbose"}),
    ],
)
@pytest.mark.parametrize("steps", [4, 50], ids=["short", "long"])
def test_at_the_break_itself(broken, some, steps):
    labels = set(ask(document(broken, steps=steps, at=2, other=-1, text="")).labels)
    assert some <= labels
    assert some or not labels


def test_two_breaks_at_once():
    source = document('description: "{{', steps=30, at=4, other=20, text="condition: {if: tasks.s1.output.$0")
    assert "name" in ask(source).labels
