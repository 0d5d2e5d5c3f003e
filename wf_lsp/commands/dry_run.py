"""wf.dryRun `{uri, workflow?, input?}`: the plan of a workflow, with the values that are known before. Nothing is sent."""

from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from wf_engine.workspace import Definition
from wf_lsp.commands.requests import (
    argument,
    ended_early,
    environ_of,
    example_input,
    failure,
    needs_input,
    run_request,
    wanted_workflow,
)
from wf_lsp.convert import Json
from wf_lsp.observing import remember_dry_run

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


async def dry_run(server: "WfServer", *arguments: Any) -> Json:
    """`{workflow, plan, templates}` as `wf plan --json` prints it. Without an input, the first example's is taken."""
    wanted = argument(arguments)
    definition = wanted_workflow(server, wanted)
    if isinstance(definition, str):
        return failure(definition)
    given = wanted.get("input")
    if given is None and definition.contract.required:
        if not getattr(definition.model.spec, "examples", None):
            return needs_input(definition)
        given = example_input(definition)
    return await planned(server, definition, given or {})


async def planned(server: "WfServer", definition: Definition, given: Json | None) -> Json:
    """The plan of a workflow with an input, else with what its defaults tell; its values are shown as hints."""
    request = run_request(server, definition, given, dry=True)
    root, warm = request["root"], server.session.warm
    child = warm.take(root, environ_of(server, root))
    warm.prepare(root, environ_of(server, root))
    async with aclosing(child.lines(request)) as lines:
        async for line in lines:
            answer: Json = line.get("plan", line)
            if "plan" in line and given is not None:
                remember_dry_run(server, definition, given)
            return answer
    return ended_early("The dry run", child.errors)
