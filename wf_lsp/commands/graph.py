"""wf.graph `{uri, workflow?, format?}`: a workflow as a picture, `mermaid` unless `format` is `dot` or `svg`."""

from typing import TYPE_CHECKING, Any

from wf_engine.planning.drawing import FORMATS, draw
from wf_engine.text import WfError
from wf_lsp.commands.requests import argument, failure, wanted_workflow
from wf_lsp.convert import Json

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


async def graph(server: "WfServer", *arguments: Any) -> Json:
    """`{workflow, format, text}`, the text as `wf graph` prints it, of the document as it is in the editor."""
    wanted = argument(arguments)
    definition = wanted_workflow(server, wanted)
    if isinstance(definition, str):
        return failure(definition)
    form = wanted.get("format") or "mermaid"
    if form not in FORMATS:
        return failure(f"There is no format `{form}`.", f"There is {', '.join(FORMATS)}.")
    try:
        text = draw(server.session.workspace(definition.path), definition, form)
    except WfError as error:
        return failure(error.message, error.hint)
    return {"workflow": definition.key.name, "format": form, "text": text}
