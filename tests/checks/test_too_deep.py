"""WF106: nesting deeper than the limit."""

from tests.support import MAIN, errors, workflow, workspace_of
from wf_engine.checks import diagnostics


def test_flow_nesting():
    found = diagnostics(workspace_of(workflow("tasks: " + "[" * 3000)), MAIN)
    assert "WF106" in errors(found)
    assert len(found) <= 2


def test_block_nesting():
    lines = "\n".join("  " * depth + f"k{depth}:" for depth in range(400))
    found = diagnostics(workspace_of(workflow(lines)), MAIN)
    assert "WF106" in errors(found)
    assert len(found) <= 2
