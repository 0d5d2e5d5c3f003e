"""The examples: each is whole, and the service answers as its task says."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema_rs
import pytest
from ruamel.yaml import YAML

from wf_engine.transforms import parse_path, read_pipeline, run, select

EXAMPLES = Path(__file__).parents[2] / "examples"
STEP_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(-+[A-Za-z0-9_]+)*")


def load(path: Path) -> dict[str, Any]:
    document = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    assert isinstance(document, dict)
    return document


TASKS = {path.name.removesuffix(".task.yaml"): load(path) for path in sorted(EXAMPLES.glob("tasks/*.task.yaml"))}
WORKFLOWS = {
    path.name.removesuffix(".workflow.yaml"): load(path) for path in sorted(EXAMPLES.glob("workflows/*.workflow.yaml"))
}
HTTP_TASKS = {name: task for name, task in TASKS.items() if task["spec"]["type"] == "http"}
TASK_EXAMPLES = [(name, example) for name, task in HTTP_TASKS.items() for example in task["spec"]["examples"]]


def properties(schema: Any) -> Iterator[tuple[str, Any]]:
    """Every property that a schema declares, at every depth."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for value in schema.values():
            yield from properties(value)


def with_defaults(schema: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    return {name: item["default"] for name, item in schema["properties"].items() if "default" in item} | value


def filled(tree: Any, known: dict[str, Any]) -> Any:
    """The request of a task; its templates are no more than names, so that looking them up is enough."""
    if isinstance(tree, dict):
        return {name: filled(value, known) for name, value in tree.items()}
    if tree in known:
        return known[tree]
    for template, value in known.items():
        tree = tree.replace(template, str(value))
    assert "{{" not in tree
    return tree


def maps(tree: Any) -> Iterator[dict[str, Any]]:
    """Every map in a tree."""
    if isinstance(tree, dict):
        yield tree
    for value in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from maps(value)


def targets(tree: Any) -> Iterator[dict[str, Any]]:
    """Every step and other target that runs a task."""
    return (each for each in maps(tree) if "taskRef" in each)


def waits_for(step: dict[str, Any]) -> set[str]:
    """The steps that are read in it."""
    return set(re.findall(r"\btasks\.([\w-]+)\.", str(step)))


def test_there_is_a_task_for_every_part_of_the_service() -> None:
    categories = Counter(task["spec"]["category"] for task in HTTP_TASKS.values())
    assert categories == {
        "users": 5,
        "orders": 5,
        "inventory": 4,
        "payments": 3,
        "shipping": 1,
        "notifications": 1,
        "delays": 1,
        "failures": 1,
    }
    assert set(WORKFLOWS) == {"user-profile", "order-dashboard", "order-desk", "pay-with-retry", "best-sellers"}


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
    assert spec["tags"]
    assert spec["examples"]
    if spec["type"] == "http" and spec["http"]["method"] in {"POST", "PATCH"}:
        assert "maxAttempts" in spec["retry"]
    for schema in (spec["inputSchema"], *([spec["outputSchema"]] if spec["type"] == "http" else [])):
        jsonschema_rs.meta.validate(schema)
        assert "additionalProperties" not in str(schema)
        assert [key for key, value in properties(schema) if not {"type", "description"} <= set(value)] == []


@pytest.mark.parametrize(
    ("name", "example"), TASK_EXAMPLES, ids=[f"{name}: {example['name']}" for name, example in TASK_EXAMPLES]
)
def test_the_service_answers_as_an_example_says(api: httpx.Client, name: str, example: dict[str, Any]) -> None:
    spec = TASKS[name]["spec"]
    given = with_defaults(spec["inputSchema"], example["input"])
    jsonschema_rs.validate(spec["inputSchema"], example["input"])
    known: dict[str, Any] = {"{{env.API}}": str(api.base_url).rstrip("/"), "{{execution.id}}": "run-1"}
    for key in spec["inputSchema"]["properties"]:
        known |= {f"{{{{input.{key}}}}}": given.get(key), f"{{{{input?.{key}}}}}": given.get(key)}
    if name == "release-stock":
        api.post("/inventory/KEY-01/reserve", json={"quantity": 2})
    http = spec["http"]
    query = {key: value for key, value in filled(http.get("query", {}), known).items() if value is not None}
    body = filled(http["body"], known) if "body" in http else None
    response = api.request(http["method"], filled(http["url"], known), params=query, json=body)
    assert response.status_code in http.get("successStatus", range(200, 300))
    output = response.json() if response.content else None
    jsonschema_rs.validate(spec["outputSchema"], output)
    assert output == example["output"]


@pytest.mark.parametrize("name", sorted(TASKS.keys() - HTTP_TASKS.keys()))
def test_a_transform_gives_what_its_example_says(name: str) -> None:
    spec = TASKS[name]["spec"]
    transform = spec["transform"]
    for example in spec["examples"]:
        given = with_defaults(spec["inputSchema"], example["input"])
        if "jsonPath" in transform:
            found = select(parse_path(transform["jsonPath"]), given)
        else:
            value = given[transform["input"].removeprefix("input.")]
            found = run(read_pipeline(transform["pipeline"]), value, seed="", scope={"input": given})
        assert found == example["output"]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_is_whole(name: str) -> None:
    workflow = WORKFLOWS[name]
    assert (workflow["apiVersion"], workflow["kind"]) == ("workflow.io/v1", "Workflow")
    assert workflow["metadata"] == {"name": name}
    spec = workflow["spec"]
    assert spec["description"].endswith(".")
    assert all({"type", "description"} <= set(parameter) for parameter in spec["input"].values())
    ids = [step["id"] for step in spec["tasks"]]
    assert len(ids) == len(set(ids))
    assert all(STEP_ID.fullmatch(step) for step in ids)
    required = {key for key, parameter in spec["input"].items() if parameter.get("required")}
    for example in spec["examples"]:
        assert required <= set(example["input"]) <= set(spec["input"])
        assert set(example.get("expectedOutput", spec["output"])) == set(spec["output"])


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_calls_tasks_with_what_they_want(name: str) -> None:
    for step in targets(WORKFLOWS[name]["spec"]["tasks"]):
        schema = TASKS[step["taskRef"]]["spec"]["inputSchema"]
        assert set(schema.get("required", ())) <= set(step.get("input", ())) <= set(schema["properties"])


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_reads_steps_and_inputs_that_exist(name: str) -> None:
    spec = WORKFLOWS[name]["spec"]
    assert waits_for(spec) <= {step["id"] for step in maps(spec["tasks"]) if "id" in step}
    assert set(re.findall(r"\binput\.(\w+)", str(spec))) == set(spec["input"])


def test_the_shapes_of_the_workflows() -> None:
    steps = {name: {step["id"]: step for step in spec["spec"]["tasks"]} for name, spec in WORKFLOWS.items()}
    assert [waits_for(step) for step in steps["user-profile"].values()] == [set(), {"user"}, {"user", "orders"}]
    fan_out = Counter(str(sorted(waits_for(step))) for step in steps["order-dashboard"].values())
    assert fan_out == {"[]": 2, "['order']": 4, "['order', 'stock', 'user']": 1}
    assert WORKFLOWS["order-dashboard"]["spec"]["maxConcurrency"] == 4
    assert {"retry", "timeout"} <= set(steps["pay-with-retry"]["charge"])
    assert "condition" in steps["pay-with-retry"]["receipt"]


def test_the_broken_workflow_has_its_mistakes_and_no_other() -> None:
    path = EXAMPLES / "broken" / "order-dashboard.workflow.yaml"
    text = path.read_text(encoding="utf-8")
    assert "#" not in text
    assert load(path)["metadata"]["name"] not in WORKFLOWS
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
    spec = YAML(typ="safe", pure=True).load(text)["spec"]
    ids = [step["id"] for step in spec["tasks"]]
    assert len(ids) == len(set(ids))
    assert waits_for(spec) <= set(ids)
    for step in spec["tasks"]:
        schema = TASKS[step["taskRef"]]["spec"]["inputSchema"]
        assert set(schema.get("required", ())) <= set(step["input"]) <= set(schema["properties"])
