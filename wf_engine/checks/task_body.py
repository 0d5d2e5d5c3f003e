"""WF207 task-body."""

from collections.abc import Iterator

from wf_engine.analysis import TaskAnalysis
from wf_engine.checks.base import Draft, DraftFix, check
from wf_engine.checks.fixes import replacement
from wf_engine.language import TaskSpec, fields_of
from wf_engine.syntax import Map
from wf_engine.text import Severity, closest

_OTHER = {"http": "transform", "transform": "http"}


@check("task", "WF207", "task-body", Severity.ERROR, "A task whose body is not the one that its type needs.")
def task_body(task: TaskAnalysis) -> Iterator[Draft]:
    """A task of type http has `http` and no `transform`, and the other way round."""
    spec = task.model.spec
    if spec is None or spec.node is None or spec.type is None:
        return
    other = spec.node.pair(_OTHER[spec.type])
    if other is not None:
        message = f"`{_OTHER[spec.type]}` has no place in a task of type `{spec.type}`"
        hint = f"remove it, or write `type: {_OTHER[spec.type]}`"
        yield Draft(other.key.place, message, hint, fixes=_other_type(spec.node, spec.type))
    elif spec.node.pair(spec.type) is None and not _misspelt(spec.node, spec.type):
        node = spec.node.get("type")
        message = f"`{spec.type}` is missing: a task of type `{spec.type}` needs it"
        yield Draft(
            node.place if node else spec.node.place, message, f"add `{spec.type}:` below `spec`", yields_to="text"
        )


def _other_type(node: Map, kind: str) -> tuple[DraftFix, ...]:
    """The other type, where the body that this one needs is not there."""
    written = node.get("type")
    if written is None or node.pair(kind) is not None:
        return ()
    return (replacement(f"Change it to `type: {_OTHER[kind]}`", written.place, _OTHER[kind]),)


def _misspelt(node: Map, name: str) -> bool:
    """Whether an unknown field, which is reported already, may be the one that is missing."""
    known = fields_of(TaskSpec)
    return any(
        pair.name not in known and pair.name in ("request", closest(name, (pair.name or "",))) for pair in node.pairs
    )
