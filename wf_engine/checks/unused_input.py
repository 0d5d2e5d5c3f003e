"""WF803 unused-input."""

from collections.abc import Iterator

from wf_engine.analysis import WorkflowAnalysis, site_reads
from wf_engine.analysis.whole_input import reads_whole_input
from wf_engine.checks.base import Draft, check
from wf_engine.syntax import Map, Scalar
from wf_engine.text import Severity


@check(
    "workflow",
    "WF803",
    "unused-input",
    Severity.HINT,
    "An input of a workflow that nothing reads.",
    tags=("unnecessary",),
    yields_to="errors",
)
def unused_input(workflow: WorkflowAnalysis) -> Iterator[Draft]:
    """Nothing is said where the input is read as a whole, or by a computed name."""
    spec = workflow.model.spec
    written = spec.node.get("input") if spec and spec.node else None
    schema = spec.input if spec else None
    names = schema.get("properties") if isinstance(schema, dict) else None
    if not isinstance(written, Map) or not isinstance(names, dict):
        return
    own = {name for site in workflow.model.reading.sites for root, name in site_reads(site) if root == "input"}
    unused = [name for name in names if name not in own and name not in workflow.layout.inputs_read]
    if unused and not reads_whole_input(workflow):
        kind = written.get("type")
        whole = isinstance(kind, Scalar) and kind.value == "object"
        holder = written.get("properties") if whole else written
        for name in unused:
            pair = holder.pair(name) if isinstance(holder, Map) else None
            if pair is not None:
                message = f"nothing reads the input `{name}`"
                yield Draft(pair.key.place, message, f"read it as `input.{name}`, or remove it")
