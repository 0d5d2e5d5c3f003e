"""wf.cancel: ends the runs that were started from this editor."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


async def cancel(server: "WfServer", *_: Any) -> dict[str, int]:
    """`{cancelled: n}`: the number of runs that were asked to end."""
    running = list(server.session.runs.values())
    for child in running:
        child.stop()
    return {"cancelled": len(running)}
