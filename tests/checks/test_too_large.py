"""WF107: aliases that stand for too much."""

from tests.support import MAIN, errors, workflow, workspace_of
from wf_engine.checks import diagnostics


def test_an_alias_bomb():
    lines = ["tasks: []", "output:", "  l0: &l0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"  l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 8)]
    found = diagnostics(workspace_of(workflow("\n".join(lines))), MAIN)
    assert "WF107" in errors(found)
