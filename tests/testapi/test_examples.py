"""The examples: a task for each endpoint, that the service answers as it says, and workflows that run."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from ruamel.yaml import YAML

from tests.shop import EXAMPLES
from tools.generate.tasks import task_paths
from wf_engine.checks import diagnostics
from wf_engine.execution import Engine
from wf_engine.project import load_settings
from wf_engine.testapi.calls import Endpoint, Example
from wf_engine.testapi.endpoints import DOMAINS, ENDPOINTS
from wf_engine.workspace import Workspace


def load(path: Path) -> dict[str, Any]:
    document = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    assert isinstance(document, dict)
    return document


TASKS = {path.name.removesuffix(".task.yaml"): load(path) for path in sorted(EXAMPLES.glob("tasks/*/*.task.yaml"))}
CALLS = [(endpoint, example) for endpoint in ENDPOINTS for example in endpoint.task.examples]


def properties(schema: Any) -> Iterator[tuple[str, Any]]:
    """Every property that a schema declares, at every depth."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for value in schema.values():
            yield from properties(value)


def test_there_are_a_hundred_endpoints_and_as_many_tasks() -> None:
    assert sum(len(endpoints) for domain, endpoints in DOMAINS.items() if domain != "service") >= 100
    names = [endpoint.task.name for endpoint in ENDPOINTS]
    assert len(set(names)) == len(names)
    written = {f"examples/{path.relative_to(EXAMPLES)}" for path in EXAMPLES.glob("tasks/*/*.yaml")}
    by_hand = {"examples/tasks/transforms/best-sellers.task.yaml", "examples/tasks/transforms/order-lines.task.yaml"}
    assert written - by_hand == set(task_paths().values()), "`make generate` writes them, and deletes none"


def test_the_settings_point_at_the_service() -> None:
    settings = tomllib.loads((EXAMPLES / "wf.toml").read_text(encoding="utf-8"))
    assert settings == {"env": {"API": "http://127.0.0.1:8085"}, "network": {"allow_loopback": True}}


@pytest.mark.parametrize("name", TASKS)
def test_a_task_is_whole(name: str) -> None:
    task = TASKS[name]
    assert (task["apiVersion"], task["kind"]) == ("workflow.io/v1", "WorkflowTask")
    assert task["metadata"] == {"name": name}
    spec = task["spec"]
    assert spec["description"].endswith(".")
    assert spec["category"]
    assert spec["tags"]
    assert spec["examples"]
    inputs = [str(example["input"]) for example in spec["examples"]]
    assert len(set(inputs)) == len(inputs), "the first answer would stand for both"
    if spec["type"] == "http" and spec["http"]["method"] in {"POST", "PATCH"}:
        assert "maxAttempts" in spec["retry"]
    for schema in (spec.get("inputSchema", {}), spec.get("outputSchema", {})):
        jsonschema_rs.meta.validate(schema)
        assert [
            key for key, value in properties(schema) if "description" not in value and "properties" not in value
        ] == []


@pytest.fixture(scope="module")
def workspace(address: str) -> Workspace:
    files = {str(path): path.read_text("utf-8") for path in EXAMPLES.glob("tasks/*/*.yaml")}
    return Workspace.of(files, load_settings(EXAMPLES, {"WF_ENV_API": address}))


async def called(engine: Engine, workspace: Workspace, task: str, given: Any) -> Any:
    """The execution of a workflow that calls a task, which is its only step."""
    step = {"id": "call", "taskRef": task, "input": given}
    spec = {"tasks": [step], "output": "{{tasks.call.output}}"}
    document = {"apiVersion": "workflow.io/v1", "kind": "Workflow", "metadata": {"name": "run"}, "spec": spec}
    around = workspace.with_text("run.workflow.yaml", json.dumps(document))
    definition = around.workflow("run")
    assert definition is not None
    return await engine.execute(around, definition, {}, sink=[].append)


@pytest.mark.parametrize(
    ("endpoint", "example"), CALLS, ids=[f"{endpoint.task.name}: {example.name}" for endpoint, example in CALLS]
)
async def test_the_service_answers_as_an_example_says(
    workspace: Workspace, endpoint: Endpoint, example: Example
) -> None:
    spec = TASKS[endpoint.task.name]["spec"]
    (written,) = [each for each in spec["examples"] if each["input"] == example.input]
    async with Engine() as engine:
        for task, given in (("reset-service", {}), *example.after):
            before = await called(engine, workspace, task, given)
            assert before["status"] == "succeeded", before["errors"]
        execution = await called(engine, workspace, endpoint.task.name, example.input)
    if example.fails:
        assert [error["code"] for error in execution["errors"]] == [example.fails]
        assert example.fails in written["name"]
        return
    assert execution["status"] == "succeeded", execution["errors"]
    jsonschema_rs.validate(spec["outputSchema"], execution["output"])
    if endpoint.task.varies:
        assert "output" not in written
    else:
        assert execution["output"] == written["output"]


def test_each_field_of_a_path_is_declared() -> None:
    for endpoint in ENDPOINTS:
        for key in endpoint.parameters:
            assert f"{{{key}}}" in endpoint.path
        assert endpoint.about.endswith(".")


def test_the_broken_workflow_has_its_mistakes_and_no_other() -> None:
    path = EXAMPLES / "broken" / "order-dashboard.workflow.yaml"
    text = path.read_text(encoding="utf-8")
    assert "#" not in text
    for wrong, right in [
        ("taskref: get-user", "taskRef: get-user"),
        ("taskRef: get-paymnt", "taskRef: get-payment"),
        ('limit: "5"', "limit: 5"),
        ("- id: stock\n      description: And", "- id: stock-2\n      description: And"),
        ("tasks.usr.output", "tasks.user.output"),
        ("order.output.totalCent}}", "order.output.totalCents}}"),
        ("country: ", "weightGrams: 1\n        country: "),
    ]:
        assert text.count(wrong) == 1
        text = text.replace(wrong, right)
    workspace = Workspace.of({str(each): each.read_text("utf-8") for each in EXAMPLES.glob("tasks/*/*.yaml")})
    found = diagnostics(workspace.with_text("draft.workflow.yaml", text), "draft.workflow.yaml")
    assert [each.message for each in found] == ["Nobody reads what `stock-2` gives, and it changes nothing"]
