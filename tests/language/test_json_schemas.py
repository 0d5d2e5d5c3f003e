"""schemas/: what they accept and refuse is what reading accepts and refuses."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource

from tests.checks.rich import FILES
from tests.support import TASKS, task, workflow
from tools.generate.schemas import render
from wf_engine.checks import OLD_CODES, diagnostics
from wf_engine.language.json_schema import KIND_RECORDS, any_kind_schema, json_schema
from wf_engine.syntax import File, value_of
from wf_engine.workspace import OURS, Workspace

ROOT = Path(__file__).resolve().parents[2]
VALIDATORS = {kind: Draft7Validator(json_schema(kind)) for kind in KIND_RECORDS}
GOOD = {
    **{str(path.relative_to(ROOT)): path.read_text() for path in sorted((ROOT / "examples").glob("*s/**/*.yaml"))},
    **FILES,
    "tasks of the tests": TASKS,
}
STRUCTURE = ("WF201", "WF202", "WF203", "WF204", "WF205", "WF206", "WF207", "WF223", "WF710")
_PAGES = {code: (ROOT / f"docs/diagnostics/{code}.md").read_text() for code in STRUCTURE}
STEP = '- {id: a, taskRef: get-user, input: {id: "1"}}'
HEAD = "apiVersion: workflow.io/v1\nkind: WorkflowTest\nmetadata: {name: t}\n"
BROKEN = {
    "a test without cases": HEAD + "spec: {workflow: w, cases: []}",
    "a status in a mock": HEAD + "spec: {workflow: w, cases: [{name: a, mocks: {t: {status: 9}}}]}",
    "an unknown expectation": HEAD + "spec: {workflow: w, cases: [{name: a, expect: {outputs: 1}}]}",
    "a version": workflow(f"tasks:\n  {STEP}").replace(
        "name: main", "name: main\n  annotations: {workflow.io/version: '1.2'}"
    ),
    "a misspelt field of a step": workflow("tasks:\n  - {id: a, taskref: get-user}"),
    "a step without an id": workflow("tasks:\n  - {taskRef: get-user}"),
    "two targets": workflow("tasks:\n  - {id: a, taskRef: get-user, workflowRef: b}"),
    "no target": workflow("tasks:\n  - {id: a}"),
    "a case without a target": workflow("tasks:\n  - {id: a, switch: {value: x, cases: [{match: 1}]}}"),
    "no steps": workflow("tasks: []"),
    "a duration": workflow(f"timeout: 5 minutes\ntasks:\n  {STEP}"),
    "a number in words": workflow(f"maxConcurrency: three\ntasks:\n  {STEP}"),
    "a number that is too large": task("type: http\nretry: {maxAttempts: 11}\nhttp: {method: GET, url: https://x.io/}"),
    "a method": task("type: http\nhttp: {method: GTE, url: https://x.io/}"),
    "no method": task("type: http\nhttp: {url: https://x.io/}"),
    "the body of the other type": task("type: transform\nhttp: {method: GET, url: https://x.io/}"),
    "both bodies": task("type: http\nhttp: {method: GET, url: https://x.io/}\ntransform: {jsonPath: $}"),
    "the type of a parameter": workflow(f"input: {{a: {{type: text}}}}\ntasks:\n  {STEP}"),
    "required of a parameter": workflow(f'input: {{a: {{type: string, required: "yes"}}}}\ntasks:\n  {STEP}'),
    "the type in a schema": task("type: http\noutputSchema: {type: strng}\nhttp: {method: GET, url: https://x.io/}"),
    "a status code": task("type: http\nhttp: {method: GET, url: https://x.io/, successStatus: [600]}"),
    "a name": workflow(f"tasks:\n  {STEP}", "Main"),
    "a schedule without a time": workflow(f"tasks:\n  {STEP}\ntriggers: [{{type: schedule, id: t}}]"),
    "a webhook with a time": workflow(
        f"tasks:\n  {STEP}\ntriggers: [{{type: webhook, id: t, path: p, secretRef: S, cron: '0 6 * * *'}}]"
    ),
    "a transform that does nothing": task("type: transform\ntransform: {input: input}"),
    "a transform that does two things": task("type: transform\ntransform: {pipeline: [reverse], jsonPath: $}"),
    "an unknown field in an inner step": workflow("tasks:\n  - {id: a, tasks: [{id: b, taskRef: c, retries: 3}]}"),
}
ACCEPTED = {
    "a test": HEAD
    + "spec: {workflow: w, cases: [{name: a, mocks: {t: {body: 1}, s: [{error: timeout}]}, expect: {output: 1}}]}",
    "a condition that is an expression": workflow("tasks:\n  - {id: a, taskRef: b, condition: 1 == 1}"),
    "a cause that is a number": task(
        "type: http\nretry: {causes: [429, 5xx]}\nhttp: {method: GET, url: https://x.io/}"
    ),
    "a status code that is a number": task(
        "type: http\nhttp: {method: GET, url: https://x.io/, successStatus: [200, 2xx]}"
    ),
    "a condition that is no text": workflow("tasks:\n  - {id: a, taskRef: b, condition: {if: true}}"),
    "an input that is a JSON Schema": workflow(
        f"input: {{type: object, required: [a], properties: {{a: {{type: string}}}}}}\ntasks:\n  {STEP}"
    ),
    "a parameter that is called type": workflow(f"input: {{type: {{type: string}}}}\ntasks:\n  {STEP}"),
    "a list under required": workflow(f"input: {{a: {{type: object, required: [b]}}}}\ntasks:\n  {STEP}"),
    "a fallback with a value": workflow("tasks:\n  - {id: a, taskRef: b, fallback: {output: null}}"),
    "old spellings of a transform and of a wait": task("type: transform\ntransform: {query: $}")
    + "---\n"
    + task("type: http\nretry: {backoffMs: 200ms}\nhttp: {method: GET, url: https://x.io/}", "waits"),
    "triggers": workflow(
        f"tasks:\n  {STEP}\ntriggers:\n  - {{type: schedule, id: t, cron: '0 6 * * *'}}\n"
        "  - {type: webhook, id: w, path: p, secretRef: S}"
    ),
    "a schema that is true": task("type: http\noutputSchema: true\nhttp: {method: GET, url: https://x.io/}"),
}


def problems(text: str) -> list[str]:
    found = []
    for document in File.parse(text).documents:
        value: Any = value_of(document.root) if document.root is not None else None
        found += [error.message for error in VALIDATORS[value["kind"]].iter_errors(value)]
    return found


@pytest.mark.parametrize("name", sorted(GOOD))
def test_what_is_right_validates(name: str) -> None:
    assert problems(GOOD[name]) == []


@pytest.mark.parametrize("name", sorted(ACCEPTED))
def test_what_reading_accepts_validates(name: str) -> None:
    found = diagnostics(Workspace.of({"a.workflow.yaml": ACCEPTED[name]}), "a.workflow.yaml")
    assert [each.code for each in found if each.code.startswith("WF2")] == []
    assert problems(ACCEPTED[name]) == []


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_what_reading_refuses_does_not(name: str) -> None:
    found = diagnostics(Workspace.of({"a.workflow.yaml": BROKEN[name]}), "a.workflow.yaml")
    assert {each.code for each in found} & set(STRUCTURE)
    assert problems(BROKEN[name]) != []


@pytest.mark.parametrize("code", sorted(OLD_CODES))
def test_old_spellings_validate_and_are_marked(code: str) -> None:
    wrong, right = re.findall(r"```yaml\n(.*?)```", (ROOT / f"docs/diagnostics/{code}.md").read_text(), re.DOTALL)
    assert problems(wrong) == []
    assert problems(right) == []


def test_an_old_spelling_beside_todays_does_not() -> None:
    wrong, _ = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/diagnostics/WF900.md").read_text(), re.DOTALL)
    assert problems(wrong) != []


def test_old_fields_are_deprecated_and_not_proposed() -> None:
    request = json_schema("WorkflowTask")["definitions"]["TaskSpec"]["properties"]["request"]
    assert request["$ref" if "$ref" in request else "allOf"]
    assert (request["deprecated"], request["doNotSuggest"]) == (True, True)
    assert "`http`" in request["deprecationMessage"]


@pytest.mark.parametrize(
    ("timeout", "right"),
    [("5m", True), ("300s", True), ("300000ms", True), ("005m", True), ("99999ms", True), ("0h", False), ("6m", False),
     ("301s", False), ("300001ms", False), ("1h", False), ("10m", False), ("1000s", False)],
)  # fmt: skip
def test_the_timeout_of_a_workflow_is_at_most_five_minutes(timeout: str, right: bool) -> None:
    text = workflow(f"timeout: {timeout}\ntasks:\n  {STEP}")
    found = diagnostics(Workspace.of({"a.workflow.yaml": text}), "a.workflow.yaml")
    assert ("WF204" not in [each.code for each in found]) is right
    assert (problems(text) == []) is right


def test_a_document_of_any_kind() -> None:
    resources = [(schema["$id"], Resource.from_contents(schema)) for schema in map(json_schema, KIND_RECORDS)]
    schema = any_kind_schema()
    Draft7Validator.check_schema(schema)
    validator = Draft7Validator(schema, registry=Registry().with_resources(resources))
    for text in (workflow(f"tasks:\n  {STEP}"), TASKS.split("---")[0]):
        assert list(validator.iter_errors(value_of(File.parse(text).documents[0].root))) == []
    for text in (BROKEN["no steps"], BROKEN["a method"], "kind: Workfow\n"):
        assert list(validator.iter_errors(value_of(File.parse(text).documents[0].root))) != []


def test_the_catalogue_names_every_schema() -> None:
    catalog = json.loads((ROOT / "schemas/catalog.json").read_text())
    for entry in catalog["schemas"]:
        schema = json.loads((ROOT / "schemas" / entry["url"].rsplit("/", 1)[1]).read_text())
        assert schema["$id"] == entry["url"]
        assert entry["description"]
    endings = {pattern.removeprefix("*") for entry in catalog["schemas"] for pattern in entry["fileMatch"]}
    assert endings == set(OURS)


@pytest.mark.parametrize("kind", KIND_RECORDS)
def test_the_snippets_of_documents_validate(kind: str) -> None:
    (snippet,) = json_schema(kind)["defaultSnippets"]
    text = re.sub(r"\$\{\d+\|([^,|]*)[^}]*\|\}|\$\{\d+:([^{}]*)\}|\$\d", r"\1\2", json.dumps(snippet["body"]))
    assert list(VALIDATORS[kind].iter_errors(json.loads(text))) == []


@pytest.mark.parametrize("code", STRUCTURE)
def test_the_examples_of_the_pages(code: str) -> None:
    wrong, right = re.findall(r"```yaml\n(.*?)```", _PAGES[code], re.DOTALL)
    assert problems(wrong) != []
    assert problems(right) == []


def test_every_field_is_documented() -> None:
    for kind in VALIDATORS:
        schema = json_schema(kind)
        Draft7Validator.check_schema(schema)
        for name, part in (("", schema), *schema["definitions"].items()):
            assert part["description"], name
            for field, about in part.get("properties", {}).items():
                assert about["description"].endswith("."), (name, field)


def test_the_files_are_generated() -> None:
    for path, text in render().items():
        assert (ROOT / path).read_text() == text
        if path.endswith(".schema.json"):
            assert json.loads(text)["$schema"] == "http://json-schema.org/draft-07/schema#"
