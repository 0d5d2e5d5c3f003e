"""WF207 task-body."""

from collections.abc import Iterator

from wf_engine.analysis import TaskAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.text import Severity

_OTHER = {"http": "transform", "transform": "http"}


@check("task", "WF207", "task-body", Severity.ERROR, "A task whose body is not the one that its type needs.")
def task_body(task: TaskAnalysis) -> Iterator[Draft]:
    """A task of type http has `http` and no `transform`, and the other way round."""
    spec = task.model.spec
    if spec is None or spec.node is None or spec.type is None:
        return
    other = spec.node.pair(_OTHER[spec.type])
    if other is not None:
        yield Draft(other.key.place, f"a task of type `{spec.type}` has no `{_OTHER[spec.type]}`", "remove it, or change `type`")
    elif spec.node.pair(spec.type) is None and all(pair.name != "request" for pair in spec.node.pairs):
        node = spec.node.get("type")
        message = f"`{spec.type}` is missing: a task of type `{spec.type}` needs it"
        yield Draft(node.place if node else spec.node.place, message, f"add `{spec.type}:` below `spec`")
