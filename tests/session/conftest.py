"""Projects in folders of their own, and the service that they call."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from wf_engine.session import Project
from wf_engine.testapi import running


@pytest.fixture(scope="session")
def service() -> Iterator[str]:
    with running() as url:
        yield url


@pytest.fixture
def files(tmp_path: Path) -> Callable[[Mapping[str, str]], Path]:
    """Writes files by relative path; gives the folder."""

    def write(texts: Mapping[str, str]) -> Path:
        for name, text in texts.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        return tmp_path

    return write


@pytest.fixture
def shop(files, service: str) -> Project:
    """A project with a task, a slow task and workflows that use them; its history lies beside its documents."""
    head = "apiVersion: workflow.io/v1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec:\n"
    task = head.format(kind="WorkflowTask", name="{0}") + "  type: http\n  http: {{method: GET, url: '{{{{env.API}}}}{1}'}}\n"
    workflow = head.format(kind="Workflow", name="{0}") + "  tasks:\n{1}"
    root = files({
        "wf.toml": f"[env]\nAPI = '{service}'\n[network]\nallow_loopback = true\n[history]\nurl = 'history.db'\n",
        "user.task.yaml": task.format("user", "/users/1"),
        "missing.task.yaml": task.format("missing", "/users/99"),
        "slow.task.yaml": task.format("slow", "/delay/5000"),
        "hello.workflow.yaml": workflow.format("hello", "    - {id: a, taskRef: user}\n")
        + "  output: 'Hello, {{tasks.a.output.name}}!'\n",
        "fail.workflow.yaml": workflow.format("fail", "    - {id: a, taskRef: missing}\n"),
        "slow.workflow.yaml": workflow.format("slow", "    - {id: a, taskRef: user}\n    - {id: b, taskRef: slow}\n"),
        "bad.workflow.yaml": workflow.format("bad", "    - {id: a, taskRef: usr}\n"),
    })
    return Project.open(root, environ={})
