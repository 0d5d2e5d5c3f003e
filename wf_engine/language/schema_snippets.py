"""Snippets that editors offer from the JSON Schemas alone (`defaultSnippets` of yaml-language-server)."""

from collections.abc import Mapping
from typing import Any

from wf_engine.language.documents import API_VERSION, TaskDocument, TestDocument, WorkflowDocument
from wf_engine.language.records import Record
from wf_engine.language.task import Http, Retry
from wf_engine.language.workflow import ForEach, Step, Trigger

JsonObject = dict[str, Any]


def _snippet(label: str, description: str, body: JsonObject) -> JsonObject:
    return {"label": label, "description": description, "body": body}


def _document(kind: str, name: str, spec: JsonObject) -> JsonObject:
    return {"apiVersion": API_VERSION, "kind": kind, "metadata": {"name": name}, "spec": spec}


_STEP: JsonObject = {
    "id": "${1:fetch-user}",
    "taskRef": "${2:get-user}",
    "input": {"${3:id}": "{{input.${4:userId}}}$0"},
}
SNIPPETS: Mapping[type[Record], tuple[JsonObject, ...]] = {
    WorkflowDocument: (
        _snippet(
            "Workflow",
            "A workflow with one step.",
            _document(
                "Workflow",
                "${5:my-workflow}",
                {
                    "input": {"${4:userId}": {"type": "string", "required": True}},
                    "tasks": [_STEP],
                    "output": {"${6:user}": "{{tasks.${1:fetch-user}.output}}"},
                },
            ),
        ),
    ),
    TaskDocument: (
        _snippet(
            "WorkflowTask",
            "A task that calls an HTTP service.",
            _document(
                "WorkflowTask",
                "${1:get-user}",
                {
                    "type": "http",
                    "inputSchema": {
                        "type": "object",
                        "required": ["${2:id}"],
                        "properties": {"${2:id}": {"type": "string"}},
                    },
                    "http": {
                        "method": "${3|GET,POST,PUT,PATCH,DELETE|}",
                        "url": "{{env.API}}/${4:users}/{{input.${2:id}}}$0",
                    },
                },
            ),
        ),
    ),
    TestDocument: (
        _snippet(
            "WorkflowTest",
            "A test of a workflow with one mocked answer.",
            _document(
                "WorkflowTest",
                "${1:my-workflow}",
                {
                    "workflow": "${1:my-workflow}",
                    "cases": [
                        {
                            "name": "${2:it works}",
                            "input": {},
                            "mocks": {"${3:get-user}": {"body": {}}},
                            "expect": {"status": "succeeded$0"},
                        }
                    ],
                },
            ),
        ),
    ),
    Step: (
        _snippet("task step", "A step that runs a task.", _STEP),
        _snippet(
            "workflow step",
            "A step that runs a workflow.",
            {"id": "${1:checkout}", "workflowRef": "${2:checkout}", "input": {"${3:orderId}": "$0"}},
        ),
        _snippet(
            "loop step",
            "A step for each item of a list.",
            {
                "id": "${1:each}",
                "forEach": {"items": "{{${2:input.ids}}}"},
                "taskRef": "${3:get-user}",
                "input": {"${4:id}": "{{forEach.item}}$0"},
            },
        ),
        _snippet(
            "switch step",
            "A step that chooses what runs by a value.",
            {
                "id": "${1:choose}",
                "switch": {
                    "value": "${2:input.tier}",
                    "cases": [{"match": "${3:gold}", "taskRef": "${4:get-user}"}],
                    "default": {"taskRef": "${5:get-user}$0"},
                },
            },
        ),
        _snippet(
            "block step",
            "Steps as one step.",
            {"id": "${1:block}", "tasks": [{"id": "${2:first}", "taskRef": "${3:get-user}$0"}]},
        ),
    ),
    ForEach: (_snippet("items", "A loop over a list.", {"items": "{{${1:input.ids}}}$0"}),),
    Http: (_snippet("GET", "A request that reads.", {"method": "GET", "url": "{{env.API}}/$0"}),),
    Retry: (_snippet("retry", "Three attempts.", {"maxAttempts": 3, "initialDelay": "${1:200ms}$0"}),),
    Trigger: (
        _snippet(
            "schedule",
            "Starts at the times of a cron expression.",
            {"type": "schedule", "id": "${1:nightly}", "cron": "${2:0 6 * * *}", "timezone": "${3:UTC}$0"},
        ),
        _snippet(
            "webhook",
            "Starts when a request comes in.",
            {"type": "webhook", "id": "${1:hook}", "path": "${2:hook}", "secretRef": "${3:WEBHOOK_SECRET}$0"},
        ),
    ),
}
