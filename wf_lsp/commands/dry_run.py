"""wf.dryRun `{uri, workflow?, input?}`: the plan of a workflow. No request is sent."""

from typing import TYPE_CHECKING, Any

from wf_lsp.child import Child
from wf_lsp.commands.requests import Json, argument, failure, run_request, wanted_workflow

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


async def dry_run(server: "WfServer", *arguments: Any) -> Json:
    """The plan as `wf plan --json` prints it."""
    wanted = argument(arguments)
    definition = wanted_workflow(server, wanted)
    if isinstance(definition, str):
        return failure(definition)
    request = run_request(server, definition, wanted, dry=True)
    child = Child(["run", "--stdin"], request["root"])
    answer: Json | None = None
    async for line in child.lines(request):
        answer = line
    if answer is None:
        return failure("the dry run gave no answer", child.errors.strip() or None)
    return answer.get("plan", answer) if "error" not in answer and "plan" in answer and "workflow" not in answer else answer
