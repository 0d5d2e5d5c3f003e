"""WF317: an expectation of a step that there is not; and what an expected error may be."""

import pytest

from tests.checks.test_unknown_mock import FILES, HEAD, TASK
from tests.support import check_diagnostics
from wf_engine.checks import diagnostics
from wf_engine.workspace import Workspace


@pytest.mark.parametrize("path", ["block", "block[3]", "block[3].inner", '"block[0].inner~fallback"', "sub.deep"])
def test_paths_of_steps(path: str) -> None:
    key = path if path.startswith('"') else f'"{path}"'
    check_diagnostics(f"{HEAD}    - {{name: a, expect: {{steps: {{{key}: {{status: failed}}}}}}}}\n", FILES)


@pytest.mark.parametrize("path", ["blok", "inner", "block.deep", "sub.inner", "get-user"])
def test_others(path: str) -> None:
    files = {**FILES, "main.wftest.yaml": f"{HEAD}    - {{name: a, expect: {{steps: {{{path}: {{attempts: 0}}}}}}}}\n"}
    found = diagnostics(Workspace.of(files | {"t.task.yaml": TASK}), "main.wftest.yaml")
    assert [each.code for each in found] == ["WF317"]


def test_the_step_that_was_meant() -> None:
    check_diagnostics(
        HEAD
        + """    - name: a
      expect: {steps: {blok: {status: succeeded}}}
                       ^^^^ WF317 `blok` is no step of `child`. Did you mean `block`?
""",
        FILES,
    )


def test_codes_of_errors() -> None:
    check_diagnostics(
        HEAD
        + """    - {name: a, expect: {error: TIMEOUT}}
    - {name: b, expect: {error: {code: NOT_FOUND, http: {status: 404}, path: sub}}}
    - {name: c, expect: {error: TIMEOT}}
                                ^^^^^^ WF204 `TIMEOT` is not one of `VALIDATION_ERROR`
    - {name: d, expect: {error: {code: NOPE}}}
                                       ^^^^ WF204 `NOPE` is not one of
    - {name: e, expect: {error: {mesage: x}}}
                                 ^^^^^^ WF201 `mesage` is not a field of `expectedError`. Did you mean `message`?
    - {name: f, expect: {error: 5}}
                                ^ WF204 `5` is not one of
""",
        FILES,
    )
