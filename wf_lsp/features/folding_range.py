"""textDocument/foldingRange."""

from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.editing import folding
from wf_lsp.convert import Json, path_of

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


def folding_range(server: "WfServer", params: types.FoldingRangeParams) -> list[Json]:
    """Whole lines that can be folded; of more than the client takes those that hold most."""
    session = server.session
    path = path_of(params.text_document.uri)
    text = session.text(path)
    if text is None:
        return []
    found: dict[int, Json] = {}
    for fold in folding(session.workspace(path), path):
        first, last = text.position(fold.start).line, text.position(fold.end).line
        if first not in found and last > first:
            found[first] = {"startLine": first, "endLine": last, **({"kind": "comment"} if fold.comment else {})}
    most = session.client.fold_limit
    if most is None or len(found) <= most:
        return list(found.values())
    largest = sorted(found.values(), key=lambda each: each["startLine"] - each["endLine"])[:most]
    return sorted(largest, key=lambda each: each["startLine"])
