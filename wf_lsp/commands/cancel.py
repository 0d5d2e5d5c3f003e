"""wf.cancel `{executionId?}`: ends a run that was started from this editor, without an id all of them."""

from typing import TYPE_CHECKING, Any

from wf_lsp.commands.requests import argument

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


async def cancel(server: "WfServer", *arguments: Any) -> dict[str, int]:
    """`{cancelled: n}`: the number of runs that were asked to end."""
    identity, runs = argument(arguments).get("executionId"), server.session.runs
    chosen = [child for key, child in runs.items() if identity in (None, key)]
    for child in chosen:
        child.stop()
    return {"cancelled": len(chosen)}
