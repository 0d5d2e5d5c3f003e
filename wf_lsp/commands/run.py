"""wf.run `{uri, workflow?, input?, mode?}`: runs a workflow and answers with its execution."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from lsprotocol import types

from wf_engine.workspace import Definition
from wf_lsp.child import Child
from wf_lsp.commands.requests import argument, ended_early, failure, needs_input, run_request, wanted_workflow
from wf_lsp.convert import Json
from wf_lsp.progress import Progress

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_ALLOW, _REFUSE = "Run", "Don't Run"


async def run(server: "WfServer", *arguments: Any) -> Json:
    """The execution as `wf run --json` prints it; while it runs, its events as `wf/event` notifications.

    `{needsInput, workflow, schema, example}` where an input is required and none is given.
    """
    wanted = argument(arguments)
    definition = wanted_workflow(server, wanted)
    if isinstance(definition, str):
        return failure(definition)
    if wanted.get("input") is None and definition.contract.required:
        return needs_input(definition)
    if not await _trusted(server):
        return failure("This workspace is not trusted, so nothing is sent from it.", "Trust it, or use Dry run.")
    return await _Run(server, definition, wanted).until_done()


async def _trusted(server: "WfServer") -> bool:
    """What the client said; where it did not say, the user is asked once."""
    session = server.session
    if session.trusted is None:
        question = (
            "Running a workflow sends real requests to the services that it names. Run workflows of this workspace?"
        )
        actions = [types.MessageActionItem(_ALLOW), types.MessageActionItem(_REFUSE)]
        params = types.ShowMessageRequestParams(types.MessageType.Warning, question, actions)
        answer = await server.window_show_message_request_async(params)
        if answer is None or answer.title != _ALLOW:
            return False
        session.trusted = True
    return session.trusted


class _Run:
    """One run of a workflow in a child process."""

    def __init__(self, server: "WfServer", definition: Definition, wanted: Json) -> None:
        self.server = server
        self.uri = wanted.get("uri")
        mode = wanted.get("mode") or "live"
        self.request = run_request(server, definition, wanted.get("input"), dry=False, mode=mode)
        self.child = Child(["run", "--stdin"], self.request["root"])
        self.progress = Progress(server, f"Running {definition.key.name}", self.child.stop)
        self.key = str(uuid4())
        self.steps = max(len(getattr(definition.model.spec, "tasks", None) or ()), 1)
        self.done = 0

    async def until_done(self) -> Json:
        """Runs it to its end, and gives the execution. A request that is cancelled cancels the run."""
        runs = self.server.session.runs
        runs[self.key] = self.child
        answer: Json | None = None
        self.progress.start()
        try:
            async for line in self.child.lines(self.request):
                if "event" in line:
                    self._pass_on(line["event"])
                else:
                    answer = line.get("execution", line)
        finally:
            self.child.stop()
            self.progress.end()
            runs.pop(self.key, None)
        return answer if answer is not None else ended_early("The run", self.child.errors)

    def _pass_on(self, event: Json) -> None:
        """Tells the client of an event."""
        identity = event.get("executionId")
        if isinstance(identity, str) and identity != self.key:
            runs = self.server.session.runs
            runs[identity] = runs.pop(self.key)
            self.key = identity
        self.server.tell("wf/event", {"executionId": identity, "uri": self.uri, "event": event})
        if event.get("type") == "stepFinished" and not set("[].~") & set(str(event.get("path"))):
            self.done += 1
            share = min(100 * self.done // self.steps, 100)
            self.progress.report(f"{event.get('path')}: {event.get('status')}", share)
