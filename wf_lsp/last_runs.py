"""How the workflows of a project ended the last time: from its history, and from the runs of this session."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from wf_lsp.child import Child
from wf_lsp.features.configuration import refresh_lenses
from wf_lsp.projects import NOWHERE, Project

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_SEARCHED = 200
"""Executions that are looked through."""
_FILE = "sqlite:///"


class LastRun(NamedTuple):
    """An execution; `duration_ms` is None while it runs."""

    execution_id: str
    status: str
    duration_ms: float | None

    @classmethod
    def of(cls, execution: dict[str, Any]) -> "LastRun":
        """Of what the command line prints."""
        return cls(str(execution["executionId"]), str(execution["status"]), execution.get("durationMs"))


def last_runs(server: "WfServer", path: str) -> dict[str, LastRun]:
    """By workflow. The history is read once, in the background; the client is then told to ask again."""
    project = server.session.project(path)
    known = server.session.last_runs.get(project.root)
    if known is None:
        known = server.session.last_runs[project.root] = {}
        if server.inbox is not None and has_history(project) and server.session.client.refreshes_lenses:
            server.background(_read(server, project, known))
    return known


def has_history(project: Project) -> bool:
    """Whether anything may have been recorded of a project's runs."""
    url = project.workspace.settings.history.url
    exists = Path(url.removeprefix(_FILE)).exists() if "://" not in url or url.startswith(_FILE) else True
    return exists and project.root != NOWHERE


async def _read(server: "WfServer", project: Project, known: dict[str, LastRun]) -> None:
    child = Child(
        ["history", "--json", "--here", "--limit", str(_SEARCHED)], project.root, server.session.environ(project)
    )
    found = await child.whole()
    for execution in reversed(found) if isinstance(found, list) else ():
        known[str(execution.get("workflowName"))] = LastRun.of(execution)
    if known:
        refresh_lenses(server)
