"""The workspace: an immutable snapshot of all documents and the settings; definitions found by name."""

from wf_engine.workspace.contracts import Contract
from wf_engine.workspace.files import OURS, Definition, SourceDocument, SourceFile
from wf_engine.workspace.references import Reference, reference, version_order
from wf_engine.workspace.settings import Format, Settings
from wf_engine.workspace.workspace import Change, Workspace

__all__ = [
    "OURS",
    "Change",
    "Contract",
    "Definition",
    "Format",
    "Reference",
    "Settings",
    "SourceDocument",
    "SourceFile",
    "Workspace",
    "reference",
    "version_order",
]
