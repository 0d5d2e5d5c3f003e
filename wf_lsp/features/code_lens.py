"""textDocument/codeLens: Run and Dry run above every workflow."""

from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.language import WorkflowDocument
from wf_lsp.convert import Json, path_of, range_of

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


def code_lens(server: "WfServer", params: types.CodeLensParams) -> list[Json]:
    """Two lenses a workflow, at its name."""
    session = server.session
    path = path_of(params.text_document.uri)
    file = session.workspace(path).files.get(path)
    found: list[Json] = []
    for source in file.documents if file else ():
        definition = source.definition
        if file is None or definition is None or not isinstance(definition.model, WorkflowDocument):
            continue
        if definition.name_place is None:
            continue
        where = range_of(file.text, file.span(source.index, definition.name_place), session.encoding)
        argument = {"uri": params.text_document.uri, "workflow": definition.key.name}
        for title, command in (("▶ Run", "wf.run"), ("Dry run", "wf.dryRun")):
            found.append({"range": where, "command": {"title": title, "command": command, "arguments": [argument]}})
    return found
