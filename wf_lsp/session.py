"""What the server knows of its client and of the documents: open ones by version, and the current snapshot."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lsprotocol import types

if TYPE_CHECKING:
    from wf_engine.text import Diagnostic, Text
    from wf_engine.workspace import Workspace
    from wf_lsp.server import WfServer


@dataclass
class OpenDocument:
    """A document that the client edits."""

    uri: str
    version: int


@dataclass
class Published:
    """What was last said of a document."""

    version: int | None
    diagnostics: "tuple[Diagnostic, ...]"


@dataclass
class Session:
    """The state of one client's session."""

    server: "WfServer"
    snapshot: "Workspace | None" = None
    open: dict[str, OpenDocument] = field(default_factory=dict)
    """By path."""
    published: dict[str, Published] = field(default_factory=dict)
    roots: list[str] = field(default_factory=list)
    trusted: bool | None = None
    runs: dict[str, Any] = field(default_factory=dict)
    """Running child processes by execution or token."""

    @property
    def workspace(self) -> "Workspace":
        """The current snapshot."""
        if self.snapshot is None:
            from wf_engine.workspace import Workspace

            self.snapshot = Workspace()
        return self.snapshot

    @property
    def encoding(self) -> types.PositionEncodingKind | str:
        """The position encoding that was agreed on."""
        capabilities = getattr(self.server.protocol, "server_capabilities", None)
        chosen = capabilities.position_encoding if capabilities else None
        return chosen or types.PositionEncodingKind.Utf16

    @property
    def client(self) -> types.ClientCapabilities:
        """What the client can do."""
        return self.server.protocol.client_capabilities

    def text(self, path: str) -> "Text | None":
        """The text of a file."""
        file = self.workspace.files.get(path)
        return file.text if file else None

    def uri(self, path: str) -> str:
        """The name that the client uses for a file."""
        from wf_lsp.convert import uri_of

        known = self.open.get(path)
        return known.uri if known else uri_of(path)

    @property
    def uris(self) -> dict[str, str]:
        """The client's names of open documents by path."""
        return {path: each.uri for path, each in self.open.items()}

    def close(self) -> None:
        """Stops what still runs."""
        for process in self.runs.values():
            process.stop()
