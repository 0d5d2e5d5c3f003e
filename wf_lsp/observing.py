"""What runs showed is kept for hover, hints and lenses, which the client is then told to ask for again."""

from typing import TYPE_CHECKING

from wf_engine.editing import Observed
from wf_engine.language import WorkflowDocument
from wf_engine.planning import InputGate
from wf_engine.text import WfError
from wf_engine.workspace import Definition
from wf_lsp.child import Child
from wf_lsp.convert import Json
from wf_lsp.features.configuration import refresh_hints, refresh_lenses, refresh_values
from wf_lsp.last_runs import LastRun, has_history, last_runs
from wf_lsp.projects import Project

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


def remember_dry_run(server: "WfServer", definition: Definition, given: Json) -> None:
    """The input that a dry run was made with, completed with its defaults."""
    try:
        value = InputGate(definition.key.name, definition.contract.input_schema).checked(given)
    except WfError:
        return
    server.session.observed[definition.key] = Observed(dry=True, input=value)
    refresh_hints(server)


def remember_run(server: "WfServer", definition: Definition, given: Json, execution: Json) -> None:
    """The input of a run, the outputs of its steps and how long they took, and how it ended."""
    steps = [step for step in execution.get("tasks", ()) if step.get("status") in ("succeeded", "skipped")]
    server.session.observed[definition.key] = Observed(
        dry=False,
        input=given,
        outputs={step["path"]: (step["status"], step.get("output")) for step in steps},
        durations={step["path"]: step["durationMs"] for step in steps if step.get("durationMs") is not None},
    )
    last_runs(server, definition.path)[definition.key.name] = LastRun.of(execution)
    refresh_values(server)
    refresh_lenses(server)


async def recall(server: "WfServer", path: str) -> None:
    """Looks into the history for the last run of each workflow of a document of which this session has seen none."""
    session = server.session
    file, project = session.workspace(path).files.get(path), session.project(path)
    for definition in file.definitions() if file and has_history(project) else ():
        key = definition.key
        if isinstance(definition.model, WorkflowDocument) and key not in session.recalled:
            session.recalled.add(key)
            found = None if key in session.observed else await _last_trace(server, project, key.name)
            if found is not None and key not in session.observed:
                session.observed[key] = _traced(found)
                refresh_hints(server)


async def _last_trace(server: "WfServer", project: Project, workflow: str) -> Json | None:
    """The trace of the last execution of a workflow, as `wf trace --json` prints it."""
    environ = server.session.environ(project)
    options = ["history", "--json", "--here", "--limit", "1", "--workflow", workflow]
    found = await Child(options, project.root, environ).whole()
    if not isinstance(found, list) or not found:
        return None
    trace = await Child(["trace", str(found[0]["executionId"]), "--json"], project.root, environ).whole()
    return trace if isinstance(trace, dict) else None


def _traced(trace: Json) -> Observed:
    return Observed(
        dry=False,
        durations={each["taskId"]: each["durationMs"] for each in trace["taskTimings"] if each["durationMs"]},
        resolved={(each["path"], each["expression"]): each["value"] for each in trace["templateResolutions"]},
    )
