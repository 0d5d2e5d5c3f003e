"""WF316 unknown-mock."""

from collections.abc import Iterator

from wf_engine.analysis.tested import mocked_calls, namespace_of, step_paths, tested_workflow
from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import rename_to_closest
from wf_engine.text import Severity, did_you_mean
from wf_engine.workspace import SourceDocument, Workspace


@check("workspace", "WF316", "unknown-mock", Severity.ERROR, "A mock of what is neither a task nor a step.")
def unknown_mock(workspace: Workspace, source: SourceDocument) -> Iterator[Draft]:
    """A mock is named by a task, or by the path of a step of the workflow."""
    test = source.test
    tested = tested_workflow(workspace, test) if test and workspace.complete else None
    if test is None or tested is None:
        return
    known = (*step_paths(tested), *workspace.names_of("WorkflowTask", namespace_of(test)))
    for call in mocked_calls(workspace, test):
        if not call.known:
            name, place = call.pair.name or "", call.pair.key.place
            message = f"`{name}` is neither a task nor a step of `{tested.key.name}`.{did_you_mean(name, known)}"
            hint = "a mock is named by a task, or by a step's path such as `orders[2].charge`"
            yield Draft(place, message, hint, fixes=rename_to_closest(place, name, known))
