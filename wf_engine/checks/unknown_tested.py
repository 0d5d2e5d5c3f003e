"""WF315 unknown-tested."""

from collections.abc import Iterator

from wf_engine.analysis.tested import namespace_of, tested_workflow
from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import rename_to_closest
from wf_engine.text import Severity, did_you_mean
from wf_engine.workspace import SourceDocument, Workspace


@check("workspace", "WF315", "unknown-tested", Severity.ERROR, "A test of a Workflow that there is not.")
def unknown_tested(workspace: Workspace, source: SourceDocument) -> Iterator[Draft]:
    """The `workflow` of a test must be one of the workspace."""
    test = source.test
    spec = test.spec if test else None
    node = spec.node.get("workflow") if spec and spec.node else None
    if test is None or spec is None or not spec.workflow or node is None or not workspace.complete:
        return
    if tested_workflow(workspace, test) is None:
        known = workspace.names_of("Workflow", namespace_of(test))
        message = f"there is no workflow `{spec.workflow}`.{did_you_mean(spec.workflow, known)}"
        hint = "a test names a workflow as `[ns/]name[@version]`"
        yield Draft(node.place, message, hint, fixes=rename_to_closest(node.place, spec.workflow, known))
