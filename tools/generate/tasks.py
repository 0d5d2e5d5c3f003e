"""examples/tasks/: a task for each endpoint of the test API, from its declaration.

What an example gives is what the service answers: the tasks are run, against it, to find out.
"""

import asyncio
import re
from pathlib import Path
from typing import Any

from tools.generate.yaml_style import document
from wf_engine.execution import Engine
from wf_engine.project import load_settings
from wf_engine.testapi import running
from wf_engine.testapi.calls import Endpoint, Example
from wf_engine.testapi.endpoints import DOMAINS
from wf_engine.testapi.schemas import record
from wf_engine.workspace import Workspace

_EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
_UNSAFE = ("POST", "PATCH")
_ACCEPTED = 202
_RUN = "run.workflow.yaml"


def render() -> dict[str, str]:
    """The files."""
    paths = task_paths()
    bare = {paths[endpoint.task.name]: document(_task(domain, endpoint, {})) for domain, endpoint in _all()}
    outputs = asyncio.run(_outputs(bare))
    return {paths[endpoint.task.name]: document(_task(domain, endpoint, outputs)) for domain, endpoint in _all()}


def task_paths() -> dict[str, str]:
    """The path of each file from the root, by the name of its task."""
    return {
        endpoint.task.name: f"examples/tasks/{domain}/{endpoint.task.name}.task.yaml" for domain, endpoint in _all()
    }


def _all() -> list[tuple[str, Endpoint]]:
    return [(domain, endpoint) for domain, endpoints in DOMAINS.items() for endpoint in endpoints]


_Outputs = dict[tuple[str, str], Any]
"""What examples give, by the names of task and example."""


def _task(domain: str, endpoint: Endpoint, outputs: _Outputs) -> dict[str, Any]:
    task, fields = endpoint.task, {**endpoint.takes, **endpoint.task.input}
    module = endpoint.handler.__module__.replace(".", "/")
    retry = {"# Every attempt carries the same Idempotency-Key, so that nothing is done twice.": None}
    safe = {**retry, "retry": {"maxAttempts": 3}} if endpoint.method in _UNSAFE and "retry" not in task.settings else {}
    return {
        f"# {endpoint.label} of the test API. `make generate` writes this from {module}.py.": None,
        "apiVersion": "workflow.io/v1",
        "kind": "WorkflowTask",
        "metadata": {"name": task.name},
        "spec": {
            "type": "http",
            "description": endpoint.about,
            "category": domain,
            "tags": [domain, *task.tags],
            **({"inputSchema": record(fields)} if fields else {}),
            "outputSchema": endpoint.output,
            "http": _http(endpoint),
            **task.settings,
            **safe,
            "examples": [_example(endpoint, each, outputs) for each in task.examples],
        },
    }


def _http(endpoint: Endpoint) -> dict[str, Any]:
    task = endpoint.task
    path = re.sub(r"\{(\w+)(:path)?\}", lambda found: "" if found[2] else f"{{{{input.{found[1]}}}}}", endpoint.path)
    query = {**_read(endpoint.query), **task.query}
    body = {**_read(endpoint.body), **task.body}
    absent = {"# `?.` gives null where there is nothing, and what is null is left out.": None}
    return {
        "method": endpoint.method,
        "url": f"{{{{env.API}}}}{path}",
        **(absent if "?." in str(query) else {}),
        **({"query": query} if query else {}),
        **({"headers": task.headers} if task.headers else {}),
        **({"body": body} if body else {}),
        **({"successStatus": [_ACCEPTED]} if endpoint.status == _ACCEPTED else {}),
    }


def _read(fields: dict[str, Any]) -> dict[str, str]:
    """Each field with the template that reads it from the input."""
    return {
        key.removesuffix("?"): f"{{{{input{'?' if key.endswith('?') else ''}.{key.removesuffix('?')}}}}}"
        for key in fields
    }


def _example(endpoint: Endpoint, example: Example, outputs: _Outputs) -> dict[str, Any]:
    key = (endpoint.task.name, example.name)
    name = f"{example.name} ({example.fails})" if example.fails else example.name
    return {"name": name, "input": example.input, **({"output": outputs[key]} if key in outputs else {})}


async def _outputs(files: dict[str, str]) -> _Outputs:
    found: _Outputs = {}
    with running() as url:
        settings = load_settings(_EXAMPLES, {"WF_ENV_API": url})
        workspace = Workspace.of(files, settings)
        async with Engine() as engine:
            for _, endpoint in _all():
                for example in endpoint.task.examples:
                    if not example.fails and not endpoint.task.varies:
                        found[endpoint.task.name, example.name] = await _output(engine, workspace, endpoint, example)
    return found


async def _output(engine: Engine, workspace: Workspace, endpoint: Endpoint, example: Example) -> Any:
    """What a task gives after a few calls on a service that was just started."""
    execution: Any = None
    for task, given in (("reset-service", {}), *example.after, (endpoint.task.name, example.input)):
        step = {"id": "call", "taskRef": task, "input": given}
        spec = {"tasks": [step], "output": "{{tasks.call.output}}"}
        text = document({"apiVersion": "workflow.io/v1", "kind": "Workflow", "metadata": {"name": "run"}, "spec": spec})
        around = workspace.with_text(_RUN, text)
        definition = around.workflow("run")
        assert definition is not None
        execution = await engine.execute(around, definition, {}, sink=[].append)
        assert execution["status"] == "succeeded", (endpoint.label, example.name, execution["errors"])
    return execution["output"]
