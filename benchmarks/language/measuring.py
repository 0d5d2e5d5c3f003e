"""The measurements, each in seconds of processor time: other programs of the machine do not count."""

import gc
import io
import statistics
from collections.abc import Callable
from time import process_time

from ruamel.yaml import YAML

from benchmarks.language.documents import TASK, workflow
from wf_engine.checks import diagnostics
from wf_engine.text import Edit, Span
from wf_engine.text.garbage import undisturbed
from wf_engine.workspace import Workspace

PATH = "long.workflow.yaml"
TASKS = "get-user.task.yaml"


def seconds(work: Callable[[], object]) -> float:
    """The time that a piece of work takes, without the garbage of what went before."""
    gc.collect()
    start = process_time()
    work()
    return process_time() - start


def round_trip(text: str) -> float:
    """ruamel.yaml's round-trip load of a text."""
    return seconds(lambda: YAML().load(io.StringIO(text)))


def cold_check(text: str) -> float:
    """From a text to all that is to say of it, nothing being known before."""

    def check() -> None:
        found = diagnostics(Workspace.of({TASKS: TASK, PATH: text}), PATH)
        assert not found, found

    return seconds(check)


def after_edit(text: str, edits: int = 20) -> float:
    """The median of a character typed into a step's description, or taken back, and the file checked again."""
    workspace = Workspace.of({TASKS: TASK, PATH: text})
    diagnostics(workspace, PATH)
    at = text.index("one more", len(text) // 2)
    found = []
    for number in range(edits):
        edit = Edit(Span(at, at), "x") if number % 2 == 0 else Edit(Span(at, at + 1), "")
        start = process_time()
        workspace = workspace.edited(PATH, edit)
        diagnostics(workspace, PATH)
        found.append(process_time() - start)
    return statistics.median(found)


def many_files(count: int, lines: int) -> float:
    """A workspace of so many workflows, all of them checked, as `wf validate` does it."""
    texts = {f"w{number}.workflow.yaml": workflow(lines, f"w{number}") for number in range(count)}

    def check() -> None:
        with undisturbed():
            workspace = Workspace.of({TASKS: TASK, **texts})
            for path in texts:
                diagnostics(workspace, path)

    return seconds(check)
