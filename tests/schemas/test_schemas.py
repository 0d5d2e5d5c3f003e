"""The generated JSON Schemas take what the language takes and refuse what its structure forbids."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from tools.generate.schemas import render

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted([*ROOT.glob("examples/tasks/**/*.yaml"), *ROOT.glob("examples/workflows/*.yaml")])
KINDS = ("workflow", "workflowtask")


def validator(kind: str) -> Draft7Validator:
    schema = json.loads((ROOT / f"schemas/{kind.lower()}.schema.json").read_text())
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def loaded(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_is_the_generated_one(kind: str) -> None:
    path = f"schemas/{kind}.schema.json"
    assert (ROOT / path).read_text() == render()[path], "run `make generate`"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_is_valid(path: Path) -> None:
    for document in YAML(typ="safe", pure=True).load_all(path.read_text()):
        assert [error.message for error in validator(document["kind"]).iter_errors(document)] == []


@pytest.mark.parametrize(
    ("mistake", "value"),
    [
        (("spec", "tasks", 0, "taskref"), "get-user"),
        (("spec", "tasks", 0, "timeout"), "ten seconds"),
        (("spec", "tasks", 0, "id"), "1st"),
        (("spec", "tasks"), []),
        (("spec", "maxConcurrency"), 0),
        (("metadata", "name"), "Not A Label"),
        (("kind",), "WorkflowTask"),
    ],
)
def test_mistakes_of_structure_are_refused(mistake: tuple[str | int, ...], value: Any) -> None:
    document = loaded((ROOT / "examples/workflows/user-profile.workflow.yaml").read_text())
    where = document
    for key in mistake[:-1]:
        where = where[key]
    where[mistake[-1]] = value
    assert list(validator("workflow").iter_errors(document)) != []


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_described(kind: str) -> None:
    schema = json.loads((ROOT / f"schemas/{kind}.schema.json").read_text())
    for record in [schema, *schema["definitions"].values()]:
        assert [name for name, field in record["properties"].items() if not field.get("description")] == []
