"""What the server knows of its client and of the documents: open ones by version, and the current snapshots."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.capabilities import ServerCapabilitiesBuilder

from wf_engine.language import DefinitionKey
from wf_engine.text import Diagnostic, Text
from wf_engine.workspace import SourceFile, Workspace
from wf_lsp.client import Client
from wf_lsp.convert import Encoding, Json, path_of, uri_of
from wf_lsp.projects import Changed, Project, Projects, is_inside
from wf_lsp.pulls import Pulls
from wf_lsp.settings import ClientSettings

if TYPE_CHECKING:
    from wf_engine.editing import Observed
    from wf_lsp.child import Child
    from wf_lsp.features.semantic_tokens import Sent
    from wf_lsp.last_runs import LastRun
    from wf_lsp.warm import Warm


@dataclass
class OpenDocument:
    """A document that the client edits."""

    uri: str
    version: int
    language: str

    @property
    def ours(self) -> bool:
        """Whether the client says that it is a document of ours."""
        return self.language in ("workflow", "yaml.workflow")


@dataclass(frozen=True)
class Published:
    """What was last said of a document, and of which version."""

    version: int | None
    diagnostics: tuple[Diagnostic, ...]
    items: list[Json] = field(default_factory=list)
    """The diagnostics as the protocol has them."""
    result: str = ""
    """The name under which a client that pulls has them; the same while they are the same."""


class Session:
    """The state of one client's session. Documents are named by path, or by URI where they are no files."""

    def __init__(self) -> None:
        self.client = Client()
        self.encoding: Encoding = types.PositionEncodingKind.Utf16
        self.folders: list[str] = []
        self.trusted: bool | None = None
        """What the client said of all its folders, None where it did not say."""
        self.trusted_roots: set[str] = set()
        """The roots that the user was asked about and trusts."""
        self.confirmed: set[tuple[DefinitionKey, tuple[str, ...]]] = set()
        """Workflows that may always send requests by these unsafe methods."""
        self.last_runs: dict[str, dict[str, LastRun]] = {}
        """By root and workflow."""
        self.first_settings = self.settings = ClientSettings()
        self.projects = Projects()
        self.open: dict[str, OpenDocument] = {}
        self.published: dict[str, Published] = {}
        self.pulls = Pulls()
        self.tokens: dict[str, Sent] = {}
        self.observed: dict[DefinitionKey, Observed] = {}
        """What the runs of this session showed, by workflow."""
        self.recalled: set[DefinitionKey] = set()
        """Workflows that were looked for in the history."""
        self.notes: dict[str, str] = {}
        """What was said of configuration files, by root."""
        self.runs: dict[str, Child] = {}
        """Running child processes, by the id of the execution as soon as it is known."""

    @classmethod
    def of(cls, params: types.InitializeParams) -> "Session":
        """The session of a client, by what it says of itself: what it can do, its folders, what it trusts."""
        session = cls()
        session.client = Client.of(params.capabilities)
        session.encoding = ServerCapabilitiesBuilder.choose_position_encoding(params.capabilities)
        folders = [folder.uri for folder in params.workspace_folders or ()]
        if not folders and params.root_uri:
            folders = [params.root_uri]
        session.folders = [path_of(uri) for uri in folders]
        options = params.initialization_options
        trusted = options.get("trusted") if isinstance(options, dict) else None
        session.trusted = trusted if isinstance(trusted, bool) else None
        session.first_settings = session.settings = ClientSettings.of(options)
        return session

    @property
    def folder(self) -> str | None:
        """The client's first folder."""
        return self.folders[0] if self.folders else None

    def trusts(self, root: str) -> bool:
        """Whether requests may be sent from a root, and all of its configuration holds."""
        return self.trusted is True or root in self.trusted_roots

    def environ(self, project: Project) -> dict[str, str]:
        """What the environment of a child needs: where to keep the history, which an untrusted file has no say in."""
        return {} if self.trusts(project.root) else {"WF_HISTORY": project.workspace.settings.history.url}

    def project(self, path: str) -> Project:
        """The project that a document belongs to."""
        return self.projects.of(path, self.folder)

    def workspace(self, path: str) -> Workspace:
        """The current snapshot that a document is part of."""
        return self.project(path).workspace

    def text(self, path: str) -> Text | None:
        """The text of a document."""
        file = self.workspace(path).files.get(path)
        return file.text if file else None

    def put(self, path: str, file: SourceFile | None) -> list[Changed]:
        """Takes in a new version of a document, or that it is gone (None)."""
        return self.projects.apply(path, file, self.folder)

    def uri(self, path: str) -> str:
        """The name that the client uses for a document."""
        known = self.open.get(path)
        return known.uri if known else uri_of(path)

    def belongs(self, path: str) -> bool:
        """Whether a file lies in a folder of the client's."""
        return any(is_inside(path, folder) for folder in self.folders)

    def roots(self) -> set[str]:
        """The roots of what the client has open."""
        return {self.projects.root_of(Path(folder)) for folder in self.folders} | {
            self.project(path).root for path in self.open
        }

    @cached_property
    def warm(self) -> "Warm":
        """The child process that waits for the next run."""
        from wf_lsp.warm import Warm  # only who runs anything wants one

        return Warm()

    async def close(self) -> None:
        """Ends what still runs, and what waits."""
        if "warm" in self.__dict__:
            await self.warm.close()
        children = list(self.runs.values())
        for child in children:
            child.stop()
        for child in children:
            await child.ended()
