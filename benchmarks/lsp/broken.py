"""Documents that are broken, as every document is while it is typed: what is asked far from the break is answered."""

from collections.abc import Iterator

from benchmarks.lsp.servers import Editor, editing
from benchmarks.report import Promise

BREAKS = {
    "a word without a colon": "      tim",
    "a double quote that is not closed": '      description: "one more',
    "a single quote that is not closed": "      description: 'one more",
    "an open [": "      dependsOn: [task-1",
    "an open {": "      input: {id: 1",
    "an entry too far out": "     timeout: 30s",
    "an entry too far in": "        timeout: 30s",
    "a tab": "\ttimeout: 30s",
    "a lone dash": "    -",
    "a template without quotes": "      description: {{input.userId",
    "marks of a merge conflict": "<<<<<<< HEAD\n      timeout: 30s\n=======\n      timeout: 1m\n>>>>>>> other",
    "an unknown alias": "      description: *nowhere",
    "a second colon": "      description: one: more",
}
STEPS, BROKEN, ASKED = 40, 12, (3, 33)
"""Steps in all, the one behind which the break stands, and those that are asked about."""


def promises() -> Iterator[Promise]:
    """Of all breaks: those with a wrong answer, the most diagnostics of one, and answers about a text that is gone."""
    wrong, most, stale = [], 0, 0
    with editing() as editor:
        editor.settled()
        for name, text in BREAKS.items():
            lines = document(text)
            uri = editor.open(f"{len(wrong)}-{list(BREAKS).index(name)}.workflow.yaml", "\n".join(lines))
            if not all(_right(editor, uri, lines, step) for step in ASKED):
                wrong.append(name)
                print(f"wrong behind {name}")
            most = max(most, len(editor.published(uri, 1)))
            stale += _stale(editor, uri, lines)
    yield Promise(f"broken documents, of {len(BREAKS)}, in which completion far from the break is wrong", len(wrong), 0)
    yield Promise("diagnostics of one break", most, 2)
    yield Promise("answers about a place or a text that is gone", stale, 0)


def document(broken: str | None = None) -> list[str]:
    """The lines of a workflow in which nothing is wrong but the break."""
    lines = ["apiVersion: workflow.io/v1", "kind: Workflow", "metadata: {name: broken}", "spec:", "  timeout: 5m"]
    lines += ["  input:", "    userId: {type: string, required: true}", "  tasks:"]
    for number in range(STEPS):
        read = f"tasks.task-{number - 1}.output.email" if number else "input.userId"
        lines += [
            f"    - id: task-{number}",
            "      taskRef: get-user",
            "      input:",
            '        id: "{{input.userId}}"',
        ]
        lines += [f'        prev: "{{{{{read}}}}}"']
        lines += broken.split("\n") if broken is not None and number == BROKEN else []
    return [*lines, "  output:", f'    email: "{{{{tasks.task-{STEPS - 1}.output.email}}}}"', ""]


def _labels(editor: Editor, uri: str, line: int, character: int) -> set[str]:
    found = editor.ask("completion", uri, line, character)
    return {item["label"] for item in found["items"]} if found else set()


def _right(editor: Editor, uri: str, lines: list[str], step: int) -> bool:
    """Whether a step's reference, a key in it and a path of an expression in it are completed."""
    at = lines.index(f"    - id: task-{step}")
    reference = _labels(editor, uri, at + 1, len("      taskRef: "))
    key = _labels(editor, uri, at + 2, len("      "))
    path = _labels(editor, uri, at + 4, lines[at + 4].index("output.") + len("output."))
    return "get-user" in reference and {"timeout", "retry"} <= key and "email" in path


def _stale(editor: Editor, uri: str, lines: list[str]) -> int:
    """Types an id further up and asks at once about places that were moved by it: answers of before are stale."""
    at = lines.index("    - id: task-1")
    editor.change(uri, 2, at, len(lines[at]), len(lines[at]), "\n      description: new")
    moved = at + 5 + 1
    found = editor.ask("hover", uri, moved, len("    - i"))
    hovered = found is not None and found["range"]["start"]["line"] == moved
    completed = editor.ask("completion", uri, moved + 1, len("      taskRef: "))
    items = completed["items"] if completed else []
    there = bool(items) and all(item["textEdit"]["range"]["start"]["line"] == moved + 1 for item in items)
    return (not hovered) + (not there)
