"""Values that decide what happens: conditions and the lists of loops, in steps, in triggers and in the cache of a task."""

from collections.abc import Iterator
from dataclasses import dataclass

from wf_engine.analysis.expressions import SiteAnalysis, node_type
from wf_engine.analysis.inputs import value_type
from wf_engine.analysis.step_analysis import StepAnalysis
from wf_engine.analysis.task_analysis import TaskAnalysis
from wf_engine.analysis.triggers import triggers_of
from wf_engine.analysis.workflow_analysis import WorkflowAnalysis
from wf_engine.syntax import Map, Node, Scalar
from wf_engine.types import Type


@dataclass(frozen=True, slots=True)
class Control:
    """A value that decides something: `kind` is what it has to be, `words` the same for people."""

    node: Node
    given: Type
    site: SiteAnalysis | None
    kind: str = "boolean"
    words: str = "true or false"
    hint: str = "compare it with something, such as `… > 0` or `… != null`"

    @property
    def certain(self) -> bool:
        """Whether nothing is wrong with its expression."""
        return self.site is None or not (self.site.findings or self.site.site.parsed.problems)


_LIST = ("array", "a list", "read the list itself, such as `tasks.orders.output.items`")
_PLACES = (("condition", "if", ()), ("forEach", "items", _LIST))


def step_controls(step: StepAnalysis) -> Iterator[Control]:
    """The condition and the list of a step, as far as nothing is wrong with their expressions."""
    for outer, inner, wanted in _PLACES:
        node = _written(step.step.node, outer, inner)
        site = step.site_of(node)
        if node is not None:
            control = Control(node, value_type(step, node), site, *wanted)
            yield from (control,) if control.certain else ()


def trigger_controls(workflow: WorkflowAnalysis) -> Iterator[Control]:
    """The filters of webhooks."""
    for trigger in triggers_of(workflow):
        node = _written(trigger.node, "filter")
        if node is not None:
            control = Control(node, trigger.type_of(node), trigger.site_of(node))
            yield from (control,) if control.certain else ()


def cache_controls(task: TaskAnalysis) -> Iterator[Control]:
    """What a task leaves its cache out for."""
    spec = task.model.spec
    node = _written(spec.node if spec else None, "cache", "bypassWhen")
    if node is not None:
        sites = {id(site.site.node): site for site in task.sites}
        given = node_type(node, lambda scalar: sites[id(scalar)].type if id(scalar) in sites else None)
        control = Control(node, given, sites.get(id(node)))
        yield from (control,) if control.certain else ()


def _written(node: Node | None, *path: str) -> Node | None:
    """What stands at a path, None where nothing does."""
    for name in path:
        node = node.get(name) if isinstance(node, Map) else None
    return None if isinstance(node, Scalar) and node.style == "missing" else node
