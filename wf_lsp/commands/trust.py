"""Whether a workflow may be run for real: trust of the workspace, and a question before anything is changed."""

from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.session.readiness import used_by
from wf_engine.workspace import Definition
from wf_lsp.commands.requests import failure, folder_of
from wf_lsp.convert import Json

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_RUN, _ALWAYS, _REFUSE = "Run", "Always Run It", "Don't Run"
_SAFE = frozenset({"GET", "HEAD"})


async def may_run(server: "WfServer", definition: Definition) -> Json | None:
    """None where it may, else the answer that says why not. Nothing has been sent then."""
    session = server.session
    if not session.settings.on("run.enabled"):
        return failure("Runs are switched off in the editor's settings.", "`wf.run.enabled` switches them on.")
    if not await _trusted(server, definition.path):
        return failure("This workspace is not trusted, so nothing is sent from it.", "Trust it, or use Dry run.")
    if not session.workspace(definition.path).complete:
        await server.scheduler.rest()  # a task that is not read yet may send anything
    methods = sorted(_unsafe(server, definition))
    known = (definition.key, tuple(methods))
    if methods and known not in session.confirmed:
        sends = f"`{definition.key.name}` sends {' and '.join(methods)} requests, which may change something. Run it?"
        answer = await _asked(server, sends, _RUN, _ALWAYS, _REFUSE)
        if answer == _ALWAYS:
            session.confirmed.add(known)
        elif answer != _RUN:
            return failure("The run was not confirmed, so nothing was sent.", "Dry run shows what it would do.")
    return None


async def _trusted(server: "WfServer", path: str) -> bool:
    """What the client said; where it did not say, the user is asked once for a root."""
    session, root = server.session, folder_of(server, path) or ""
    if session.trusted is None and not session.trusts(root):
        question = (
            "Running a workflow sends real requests to the services that it names. Run workflows of this workspace?"
        )
        if await _asked(server, question, _RUN, _REFUSE) == _RUN:
            session.trusted_roots.add(root)
            from wf_lsp.indexing import load_settings

            load_settings(server, session.project(path))
    return session.trusts(root)


def _unsafe(server: "WfServer", definition: Definition) -> set[str]:
    """The methods that may change something, of all tasks that the workflow uses."""
    used = used_by(server.session.workspace(definition.path), definition)
    return {each.contract.method for each in used if each.contract.method} - _SAFE


async def _asked(server: "WfServer", question: str, *answers: str) -> str | None:
    actions = [types.MessageActionItem(answer) for answer in answers]
    params = types.ShowMessageRequestParams(types.MessageType.Warning, question, actions)
    answer = await server.window_show_message_request_async(params)
    return answer.title if answer is not None else None
