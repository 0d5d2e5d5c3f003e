"""wf.run `{uri, workflow?, input?, mode?}`: runs a workflow and answers with its execution."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from lsprotocol import types

from wf_lsp.child import Child
from wf_lsp.commands.requests import Json, argument, failure, needs_input, run_request, wanted_workflow

if TYPE_CHECKING:
    from wf_engine.workspace import Definition
    from wf_lsp.server import WfServer

_ALLOW = "Run"


async def run(server: "WfServer", *arguments: Any) -> Json:
    """The execution as `wf run --json` prints it; while it runs, its events as `wf/event` notifications."""
    wanted = argument(arguments)
    definition = wanted_workflow(server, wanted)
    if isinstance(definition, str):
        return failure(definition)
    if not await _trusted(server):
        return failure("this workspace is not trusted, so nothing is sent from it", "trust the workspace, or use Dry run")
    question = needs_input(definition, wanted)
    if question is not None:
        return question
    return await _run(server, definition, wanted)


async def _trusted(server: "WfServer") -> bool:
    """What the client said; where it did not say, the user is asked once."""
    session = server.session
    if session.trusted is None:
        answer = await server.window_show_message_request_async(
            types.ShowMessageRequestParams(
                types.MessageType.Warning,
                "Running a workflow sends real requests to the services that it names. Run workflows of this workspace?",
                [types.MessageActionItem(_ALLOW), types.MessageActionItem("Don't run")],
            )
        )
        if answer is None or answer.title != _ALLOW:
            return False
        session.trusted = True
    return session.trusted


async def _run(server: "WfServer", definition: "Definition", wanted: Json) -> Json:
    session = server.session
    request = run_request(server, definition, wanted, dry=False)
    child = Child(["run", "--stdin"], request["root"])
    key = str(uuid4())
    session.runs[key] = child
    progress = _Progress(server, definition.key.name, child, len(getattr(definition.model.spec, "tasks", None) or ()))
    answer: Json | None = None
    try:
        await progress.begin()
        async for line in child.lines(request):
            if "event" in line:
                progress.report(line["event"])
                server.protocol.notify("wf/event", {"executionId": line["event"].get("executionId"), "uri": wanted.get("uri"), "event": line["event"]})
            else:
                answer = line.get("execution", line)
    finally:
        progress.end()
        session.runs.pop(key, None)
    return answer if answer is not None else failure("the run gave no answer", child.errors.strip() or None)


class _Progress:
    """The run's progress bar, with a button to cancel, if the client has one."""

    def __init__(self, server: "WfServer", name: str, child: Child, total: int) -> None:
        self.server, self.name, self.child, self.total = server, name, child, max(total, 1)
        window = server.session.client.window
        self.token = str(uuid4()) if window and window.work_done_progress else None
        self.done = 0

    async def begin(self) -> None:
        if self.token is None:
            return
        progress = self.server.work_done_progress
        await progress.create_async(self.token)
        begin = types.WorkDoneProgressBegin(f"Running {self.name}", cancellable=True, percentage=0)
        progress.begin(self.token, begin)
        progress.tokens[self.token].add_done_callback(lambda future: self.child.stop() if future.cancelled() else None)

    def report(self, event: Json) -> None:
        if self.token is None or event.get("type") != "stepFinished":
            return
        self.done += 1
        share = min(100 * self.done // self.total, 100)
        message = f"{event.get('path')}: {event.get('status')}"
        self.server.work_done_progress.report(self.token, types.WorkDoneProgressReport(message=message, percentage=share))

    def end(self) -> None:
        if self.token is not None:
            self.server.work_done_progress.end(self.token, types.WorkDoneProgressEnd())
