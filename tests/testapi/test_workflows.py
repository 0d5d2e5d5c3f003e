"""The workflows of the examples: each is whole, has tests that pass, and does with the real service what it says."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from tests.shop import EXAMPLES
from wf_engine.execution import Engine
from wf_engine.language import WorkflowDocument
from wf_engine.project import load_settings
from wf_engine.testing import Case, cases_of, coverage_of, run_cases
from wf_engine.workspace import Workspace

FILES = {
    str(path.relative_to(EXAMPLES)): path.read_text("utf-8")
    for folder in ("tasks", "workflows", "tests")
    for path in sorted(EXAMPLES.glob(f"{folder}/**/*.yaml"))
}
WORKSPACE = Workspace.of(FILES, load_settings(EXAMPLES, {}))
WORKFLOWS = [path for path in FILES if path.startswith("workflows/")]
CASES = [case for case in cases_of(WORKSPACE, WORKFLOWS) if case.expect.output is not None]
CATEGORIES = {"composition", "data", "real-time", "integrations"}
LEVELS = {"beginner", "intermediate", "advanced"}


def specs(path: str) -> list[Any]:
    found = [source.model for source in WORKSPACE.files[path].documents]
    return [model.spec for model in found if isinstance(model, WorkflowDocument)]


def test_there_are_twenty_in_four_categories_and_at_three_levels() -> None:
    first = [specs(path)[0] for path in WORKFLOWS]
    assert len(first) >= 20
    counted = Counter((category, tag) for spec in first for category in spec.categories for tag in spec.tags)
    assert {category for category, _ in counted} == CATEGORIES
    for category in CATEGORIES:
        assert {tag for each, tag in counted if each == category} >= LEVELS, category
        assert sum(category in spec.categories for spec in first) >= 5


@pytest.mark.parametrize("path", WORKFLOWS)
def test_a_workflow_says_what_it_is_and_has_a_test(path: str) -> None:
    for spec in specs(path):
        assert spec.description.endswith(".")
        assert set(spec.categories) < CATEGORIES
        assert len(LEVELS & set(spec.tags)) == 1
        assert any(example.expected_output is not None for example in spec.examples)
    name = path.removeprefix("workflows/").removesuffix(".workflow.yaml")
    tested = [case.ref.split("@")[0] for case in cases_of(WORKSPACE, [f"tests/{name}.wftest.yaml"])]
    assert tested
    assert set(tested) == {name}


async def test_all_tests_pass_and_reach_every_step_and_branch() -> None:
    results = [result async for result in run_cases(WORKSPACE, cases_of(WORKSPACE))]
    assert [(result.case.id, result.error, result.mismatches) for result in results if not result.passed] == []
    judged = [result for result in results if result.case.kind == "test"]
    missed = {each.workflow: each.missed for each in coverage_of(judged) if each.missed}
    assert missed == {}


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
async def test_a_workflow_does_what_its_example_says(real: Workspace, api: Any, case: Case) -> None:
    execution = await run_for_real(real, case)
    assert execution["status"] == "succeeded", execution["errors"]
    assert execution["output"] == case.expect.output


async def test_examples_without_an_output_are_those_that_fail(real: Workspace, api: Any) -> None:
    (case,) = [case for case in cases_of(WORKSPACE, WORKFLOWS) if case.expect.output is None]
    execution = await run_for_real(real, case)
    assert (case.id, execution["status"]) == ("pay-with-retry › Too many failures", "failed")


@pytest.fixture(scope="module")
def real(address: str) -> Workspace:
    """The examples with the address of the service; read once, since a hundred tasks take a while."""
    return Workspace.of(FILES, load_settings(EXAMPLES, {"WF_ENV_API": address}))


async def run_for_real(workspace: Workspace, case: Case) -> Mapping[str, Any]:
    target = case.target
    assert target is not None
    async with Engine() as engine:
        return await engine.execute(workspace, target, case.input, sink=[].append)
