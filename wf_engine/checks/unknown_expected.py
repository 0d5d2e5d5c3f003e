"""WF317 unknown-expected."""

from collections.abc import Iterator

from wf_engine.analysis.tested import step_at, step_paths, tested_workflow
from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import rename_to_closest
from wf_engine.syntax import Map, Pair
from wf_engine.text import Severity, did_you_mean
from wf_engine.workspace import SourceDocument, Workspace


@check("workspace", "WF317", "unknown-expected", Severity.ERROR, "An expectation of a step that there is not.")
def unknown_expected(workspace: Workspace, source: SourceDocument) -> Iterator[Draft]:
    """What is expected of a step is named by the step's path."""
    test = source.test
    tested = tested_workflow(workspace, test) if test and workspace.complete else None
    if test is None or tested is None:
        return
    known = step_paths(tested)
    for pair in _expected(source):
        name, place = pair.name or "", pair.key.place
        if name and step_at(workspace, tested, name) is None:
            message = f"`{name}` is no step of `{tested.key.name}`.{did_you_mean(name, known)}"
            hint = "a step is named by its path, such as `orders[2].charge`"
            yield Draft(place, message, hint, fixes=rename_to_closest(place, name, known))


def _expected(source: SourceDocument) -> Iterator[Pair]:
    cases = source.test.spec.cases or () if source.test and source.test.spec else ()
    for case in cases:
        node = case.expect.node.get("steps") if case.expect and case.expect.node else None
        yield from node.pairs if isinstance(node, Map) else ()
