"""wf.validateWorkspace `{}`: checks every file that the client has a folder or an editor for, behind a progress bar."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from wf_engine.text import Severity
from wf_lsp.convert import Json
from wf_lsp.features.diagnostics import check_open, check_others
from wf_lsp.progress import Progress

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


async def validate_workspace(server: "WfServer", *_: Any) -> Json:
    """`{files, errors, warnings, hints, documents: [{uri, diagnostics}]}`, the diagnostics as the protocol has them."""
    session, progress = server.session, Progress(server, "Checking workflows")
    progress.start()
    try:
        for project in session.projects.by_root.values():
            check_open(server, project)
            check_others(server, project)
        await server.scheduler.rest()
    finally:
        progress.end()
    said = Counter(each.severity for published in session.published.values() for each in published.diagnostics)
    files = {path for project in session.projects.by_root.values() for path in project.workspace.files}
    return {
        "files": sum(path in session.open or session.belongs(path) for path in files),
        "errors": said[Severity.ERROR],
        "warnings": said[Severity.WARNING],
        "hints": said[Severity.HINT],
        "documents": [
            {"uri": session.uri(path), "diagnostics": published.items}
            for path, published in sorted(session.published.items())
            if published.items
        ],
    }
