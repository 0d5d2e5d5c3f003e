"""wf.showReferences `{uri, position}`: the places that use what is defined there; behind the lens that counts them."""

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from wf_lsp.commands.requests import argument, failure
from wf_lsp.convert import Json
from wf_lsp.features.references import references

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


async def show_references(server: "WfServer", *arguments: Any) -> Json:
    """`{locations: [{uri, range}]}`, which an editor may show as it shows all references."""
    wanted = argument(arguments)
    uri, at = wanted.get("uri"), wanted.get("position")
    if not isinstance(uri, str) or not isinstance(at, dict):
        return failure("The argument needs `uri` and `position`.")
    place = types.Position(int(at.get("line", 0)), int(at.get("character", 0)))
    context = types.ReferenceContext(include_declaration=False)
    return {"locations": references(server, types.ReferenceParams(context, types.TextDocumentIdentifier(uri), place))}
