"""What runs showed is kept for hover, hints and lenses, which the client is then told to ask for again."""

from typing import TYPE_CHECKING

from wf_engine.editing import Observed
from wf_engine.planning import InputGate
from wf_engine.text import WfError
from wf_engine.workspace import Definition
from wf_lsp.convert import Json
from wf_lsp.features.configuration import refresh_hints, refresh_lenses
from wf_lsp.last_runs import LastRun, last_runs

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
    refresh_hints(server)
    refresh_lenses(server)
