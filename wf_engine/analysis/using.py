"""Which files see what a workflow gives: those that run it, directly or through others."""

from wf_engine.analysis.callees import DEEPEST
from wf_engine.analysis.workflow_analysis import analyse_workflow
from wf_engine.workspace import Workspace, reference


def sees_outputs_of(workspace: Workspace, path: str, other: str) -> bool:
    """Whether a workflow in the file `path` runs one that the file `other` defines, directly or through others.

    Its findings may then change with the steps of the other one, though no contract is written otherwise.
    """
    seen: set[str] = set()
    level = {path}
    for _ in range(DEEPEST):
        level = {found for each in level for found in _run_from(workspace, each)} - seen
        if other in level:
            return True
        seen |= level
    return False


def _run_from(workspace: Workspace, path: str) -> set[str]:
    """The files in which the workflows stand that those in a file run as steps."""
    found = set()
    file = workspace.files.get(path)
    for source in file.documents if file else ():
        workflow = analyse_workflow(workspace, source)
        for ref in workflow.layout.workflows if workflow else ():
            wanted = reference(ref, workflow.namespace if workflow else "")
            names = workspace.names.get(("Workflow", wanted.namespace, wanted.name), ())
            found |= {each.path for each in names if wanted.version in (None, each.key.version)}
    return found
