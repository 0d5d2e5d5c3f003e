"""wf.showPlan `{uri, workflow?}`: the order of a workflow's steps, with what its defaults alone tell of its values."""

from typing import TYPE_CHECKING, Any

from wf_lsp.commands.dry_run import planned
from wf_lsp.commands.requests import argument, failure, wanted_workflow
from wf_lsp.convert import Json

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


async def show_plan(server: "WfServer", *arguments: Any) -> Json:
    """`{workflow, plan, templates}` as `wf plan --json` prints it without an input."""
    definition = wanted_workflow(server, argument(arguments))
    return failure(definition) if isinstance(definition, str) else await planned(server, definition, None)
