"""textDocument/codeLens: Run and Dry run above every workflow; above every definition, how often it is referred to."""

from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.editing import reference_count
from wf_engine.language import WorkflowDocument
from wf_lsp.convert import Json, path_of, range_of

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


def code_lens(server: "WfServer", params: types.CodeLensParams) -> list[Json]:
    """The lenses of a document, at the names that it defines."""
    session = server.session
    path = path_of(params.text_document.uri)
    file = session.workspace(path).files.get(path)
    found: list[Json] = []
    for source in file.documents if file else ():
        definition = source.definition
        if file is None or definition is None or definition.name_place is None:
            continue
        where = range_of(file.text, file.span(source.index, definition.name_place), session.encoding)
        if isinstance(definition.model, WorkflowDocument):
            argument = {"uri": params.text_document.uri, "workflow": definition.key.name}
            for title, command in (("▶ Run", "wf.run"), ("Dry run", "wf.dryRun")):
                found.append({"range": where, "command": {"title": title, "command": command, "arguments": [argument]}})
        count = reference_count(session.workspace(path), definition)
        title = f"{count} reference{'' if count == 1 else 's'}"
        found.append({"range": where, "command": {"title": title, "command": ""}})
    return found
