"""What starts a workflow by itself, and the input that it hands over (language §9)."""

from collections.abc import Mapping
from dataclasses import dataclass

from wf_engine.analysis.expressions import SiteAnalysis, node_type
from wf_engine.analysis.workflow_analysis import WorkflowAnalysis
from wf_engine.language import Trigger
from wf_engine.language.values import is_template_key
from wf_engine.syntax import Map, Node, Pair, Scalar, resolved
from wf_engine.types import Type


@dataclass(frozen=True, eq=False)
class TriggerAnalysis:
    """A trigger with its expressions."""

    trigger: Trigger
    node: Map
    sites: Mapping[int, SiteAnalysis]

    def written(self, name: str) -> Scalar | None:
        """A field that is written as a text that can be read."""
        node = self.node.get(name)
        usable = isinstance(node, Scalar) and not node.broken and node.style != "missing"
        return node if usable and isinstance(node, Scalar) else None

    @property
    def input(self) -> Pair | None:
        """Where the input that it hands over is written."""
        return self.node.pair("inputMapping" if self.trigger.type == "webhook" else "input")

    @property
    def entries(self) -> list[Pair] | None:
        """The inputs that it hands over; None where what is written is no map."""
        node = resolved(self.input.value) if self.input else None
        if node is None:
            return []
        return [each for each in node.pairs if each.name is not None] if isinstance(node, Map) else None

    @property
    def given(self) -> list[Pair]:
        """Those of them whose names are what they say."""
        return [each for each in self.entries or () if not is_template_key(each.name or "")]

    def site_of(self, node: Node) -> SiteAnalysis | None:
        """The expression that a value is."""
        return self.sites.get(id(node))

    def type_of(self, node: Node) -> Type:
        """The type of a value that it hands over."""

        def type_of(scalar: Scalar) -> Type | None:
            site = self.site_of(scalar)
            return site.type if site is not None else None

        return node_type(node, type_of)


def triggers_of(workflow: WorkflowAnalysis) -> list[TriggerAnalysis]:
    """The triggers of a workflow."""
    spec = workflow.model.spec
    if spec is None or not spec.triggers:
        return []
    sites = {id(site.site.node): site for site in workflow.own_sites() if site.site.path[:2] == ("spec", "triggers")}
    return [TriggerAnalysis(each, each.node, sites) for each in spec.triggers if each.node is not None]
