"""wf.compare `{a, b?, uri?}`: two executions side by side; without `b`, the latest."""

from typing import TYPE_CHECKING, Any

from wf_lsp.child import Child
from wf_lsp.commands.history import project_folder
from wf_lsp.commands.requests import argument, ended_early, environ_of, failure
from wf_lsp.convert import Json

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


async def compare(server: "WfServer", *arguments: Any) -> Json:
    """What `wf compare --json` prints."""
    wanted = argument(arguments)
    first, second = wanted.get("a"), wanted.get("b")
    if not isinstance(first, str) or first.startswith("-"):
        return failure("The argument needs `a`, the id of an execution.")
    others = [second] if isinstance(second, str) and not second.startswith("-") else []
    folder = project_folder(server, wanted.get("uri"))
    child = Child(["compare", first, *others, "--json"], folder, environ_of(server, folder))
    answer = await child.whole()
    return answer if isinstance(answer, dict) else ended_early("The comparison", child.errors)
