"""textDocument/signatureHelp."""

from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.editing import signature
from wf_lsp.convert import Json, offset_at, path_of, plain_text

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


def signature_help(server: "WfServer", params: types.SignatureHelpParams) -> Json | None:
    """The function that is being called at the position."""
    session = server.session
    path = path_of(params.text_document.uri)
    text = session.text(path)
    if text is None:
        return None
    found = signature(session.workspace(path), path, offset_at(text, params.position, session.encoding))
    if found is None:
        return None
    markdown = session.client.signature_markdown
    about: Json | str = (
        {"kind": "markdown", "value": found.documentation} if markdown else plain_text(found.documentation)
    )
    one: Json = {
        "label": found.label,
        "documentation": about,
        "parameters": [{"label": label} for label in found.parameters],
    }
    answer: Json = {"signatures": [one], "activeSignature": 0}
    return answer if found.active is None else {**answer, "activeParameter": found.active}
