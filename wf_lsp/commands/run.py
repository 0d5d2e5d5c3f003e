"""wf.run `{uri, workflow?, input?, mode?, seed?, executionId?}`: runs a workflow and answers with its execution.

With `mode: mock` nothing is sent and answers are made up from `seed`; `mode: replay` takes those of `executionId`.
"""

from contextlib import aclosing
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from wf_engine.workspace import Definition
from wf_lsp.commands.requests import (
    argument,
    ended_early,
    environ_of,
    failure,
    needs_input,
    run_request,
    wanted_workflow,
)
from wf_lsp.commands.trust import may_run
from wf_lsp.convert import Json
from wf_lsp.observing import remember_run
from wf_lsp.progress import Progress

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


async def run(server: "WfServer", *arguments: Any) -> Json:
    """The execution as `wf run --json` prints it; while it runs, its events as `wf/event` notifications.

    `{needsInput, workflow, schema, example}` where an input is required and none is given.
    """
    wanted = argument(arguments)
    definition = wanted_workflow(server, wanted)
    if isinstance(definition, str):
        return failure(definition)
    mode = wanted.get("mode") or "live"
    if wanted.get("input") is None and definition.contract.required and mode != "replay":
        return needs_input(definition)
    if mode not in _SENDS_NOTHING:
        refused = await may_run(server, definition)
        if refused is not None:
            return refused
    return await _Run(server, definition, wanted).until_done()


_SENDS_NOTHING = ("mock", "replay")


class _Run:
    """One run of a workflow in a child process."""

    def __init__(self, server: "WfServer", definition: Definition, wanted: Json) -> None:
        self.server = server
        self.definition = definition
        self.uri = wanted.get("uri")
        self.given: Json = {}
        self.request = run_request(server, definition, wanted.get("input"), dry=False)
        self.request |= {name: wanted[name] for name in ("mode", "seed", "executionId") if wanted.get(name) is not None}
        self.root = self.request["root"]
        self.child = server.session.warm.take(self.root, environ_of(server, self.root))
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
            async with aclosing(self.child.lines(self.request)) as lines:
                async for line in lines:
                    if "event" in line:
                        self._pass_on(line["event"])
                    else:
                        answer = line.get("execution", line)
        finally:
            self.child.stop()
            self.progress.end()
            runs.pop(self.key, None)
            self.server.session.warm.prepare(self.root, environ_of(self.server, self.root))
        if answer is None:
            return ended_early("The run", self.child.errors)
        if "tasks" in answer:
            remember_run(self.server, self.definition, self.given, answer)
        return answer

    def _pass_on(self, event: Json) -> None:
        """Tells the client of an event."""
        identity = event.get("executionId")
        if isinstance(identity, str) and identity != self.key:
            runs = self.server.session.runs
            runs[identity] = runs.pop(self.key)
            self.key = identity
        if event.get("type") == "executionStarted":
            self.given = event.get("input") or {}
        self.server.tell("wf/event", {"executionId": identity, "uri": self.uri, "event": event})
        if event.get("type") == "stepFinished" and not set("[].~") & set(str(event.get("path"))):
            self.done += 1
            share = min(100 * self.done // self.steps, 100)
            self.progress.report(f"{event.get('path')}: {event.get('status')}", share)
