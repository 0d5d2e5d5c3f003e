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
    root = files(
        {
            "wf.toml": f"[env]\nAPI = '{service}'\n[network]\nallow_loopback = true\n[history]\nurl = 'history.db'\n",
            "user.task.yaml": _task("user", "/users/1"),
            "missing.task.yaml": _task("missing", "/users/99"),
            "slow.task.yaml": _task("slow", "/delay/5000"),
            "hello.workflow.yaml": _workflow("hello", "user") + "  output: 'Hello, {{tasks.a.output.name}}!'\n",
            "fail.workflow.yaml": _workflow("fail", "missing"),
            "slow.workflow.yaml": _workflow("slow", "user", "slow"),
            "bad.workflow.yaml": _workflow("bad", "usr"),
        }
    )
    return Project.open(root, environ={})


def _task(name: str, path: str) -> str:
    http = f'{{method: GET, url: "{{{{env.API}}}}{path}"}}'
    head = f"apiVersion: workflow.io/v1\nkind: WorkflowTask\nmetadata: {{name: {name}}}\n"
    return f"{head}spec:\n  type: http\n  http: {http}\n"


def _workflow(name: str, *tasks: str) -> str:
    steps = "".join(f"    - {{id: {step}, taskRef: {task}}}\n" for step, task in zip("abc", tasks, strict=False))
    return f"apiVersion: workflow.io/v1\nkind: Workflow\nmetadata: {{name: {name}}}\nspec:\n  tasks:\n{steps}"
