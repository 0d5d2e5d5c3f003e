"""The JSON Schema of a plan as `wf plan --json` gives it."""

from collections.abc import Mapping
from typing import Any

_TEXT = {"type": "string"}
_STEPS = {"$ref": "#/$defs/steps"}
_REFS = {
    "taskRef": {"type": ["string", "null"], "description": "The task that runs; null where it is no task."},
    "workflowRef": {**_TEXT, "description": "The workflow that runs as one step."},
    "kind": {
        "enum": ["workflow", "transform", "switch", "block", "value"],
        "description": "What runs, where it is no task.",
    },
    "value": {**_TEXT, "description": "Of a switch: the expression that chooses."},
    "steps": {**_STEPS, "description": "The steps of a block."},
}


def _object(about: str, properties: Mapping[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "description": about,
        "type": "object",
        "properties": dict(properties),
        "required": required,
        "additionalProperties": False,
    }


_LOOP = _object(
    "A loop: the step runs once for each item.",
    {
        "items": {**_TEXT, "description": "The list, as it is written."},
        "itemVar": {**_TEXT, "description": "Name of the item."},
        "atOnce": {
            "type": ["integer", "null"],
            "description": "Iterations at once; null for as many as the workflow allows.",
        },
    },
    ["items", "itemVar", "atOnce"],
)
_NODE = _object(
    "A step.",
    {
        "id": _TEXT,
        **_REFS,
        "level": {"type": "integer", "minimum": 0, "description": "How many steps in a row it waits for, from 0."},
        "condition": {**_TEXT, "description": "When it runs."},
        "forEach": _LOOP,
        "branches": {"type": "array", "items": {"$ref": "#/$defs/branch"}},
    },
    ["id", "taskRef", "level"],
)
_BRANCH = _object(
    "What may run in a step's place.",
    {
        "role": {"enum": ["case", "default", "else", "fallback"]},
        "label": {**_TEXT, "description": "When it runs, in a word or two."},
        **_REFS,
    },
    ["role", "label"],
)
_ORDER = {"type": "array", "items": _TEXT}
_GRAPH = {
    "nodes": {"type": "array", "items": {"$ref": "#/$defs/node"}, "description": "The steps in the order of the text."},
    "edges": {
        "type": "array",
        "description": "Which step waits for which.",
        "items": _object("`to` waits for `from`.", {"from": _TEXT, "to": _TEXT}, ["from", "to"]),
    },
    "parallelGroups": {"type": "array", "items": _ORDER, "description": "The steps by level."},
}
_TEMPLATE = _object(
    "A template, or the output of a transform whose input is known.",
    {
        "path": {**_TEXT, "description": "Where it stands: `user.input.id`, `output.name`."},
        "expression": {**_TEXT, "description": "How it is written."},
        "value": {"description": "Its value, where all of it is known."},
        "display": {
            **_TEXT,
            "description": "Its value as text, with `<tasks.x.output.y: type>` for what is not known.",
        },
    },
    ["path", "expression", "display"],
)
PLAN_SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "plan.schema.json",
    "title": "Plan",
    **_object(
        "What a run would do, as `wf plan --json` gives it.",
        {
            "workflow": _TEXT,
            "plan": _object(
                "The steps and their order.",
                {
                    **_GRAPH,
                    "executionOrder": {**_ORDER, "description": "The steps, each behind those it waits for."},
                    "criticalPath": {**_ORDER, "description": "The chain of steps that takes longest."},
                    "estimatedDurationMs": {
                        "type": ["number", "null"],
                        "minimum": 0,
                        "description": "Of the critical path, from the durations of earlier runs; null without any.",
                    },
                },
                [*_GRAPH, "executionOrder", "criticalPath", "estimatedDurationMs"],
            ),
            "templates": {"type": "array", "items": {"$ref": "#/$defs/template"}},
        },
        ["workflow", "plan", "templates"],
    ),
    "$defs": {
        "steps": _object("Steps in a scope of their own.", _GRAPH, list(_GRAPH)),
        "node": _NODE,
        "branch": _BRANCH,
        "template": _TEMPLATE,
    },
}
