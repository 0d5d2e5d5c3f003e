"""The server: which method is answered by which feature, and how it begins and ends.

A feature is imported when it is first asked for, so that the answer to `initialize` waits for none of them.
"""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

import wf_engine
from wf_lsp.memory import Memory
from wf_lsp.parents import Parents
from wf_lsp.protocol import INTERNAL_ERROR, Json, Protocol, Sender
from wf_lsp.scheduler import Scheduler
from wf_lsp.token_legend import LEGEND
from wf_lsp.transport import FrameReader, Frames, Inbox, Output, work

if TYPE_CHECKING:
    from wf_lsp.session import Session

log = logging.getLogger("wf.lsp")

FEATURES: tuple[tuple[str, str, Any], ...] = (
    (types.INITIALIZE, "lifecycle:initialize", None),
    (types.INITIALIZED, "lifecycle:initialized", None),
    (types.TEXT_DOCUMENT_DID_OPEN, "text_sync:did_open", None),
    (types.TEXT_DOCUMENT_DID_CHANGE, "text_sync:did_change", None),
    (types.TEXT_DOCUMENT_DID_SAVE, "text_sync:did_save", types.SaveOptions(include_text=False)),
    (types.TEXT_DOCUMENT_DID_CLOSE, "text_sync:did_close", None),
    (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, "watched_files:did_change_watched_files", None),
    (types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, "folders:did_change_workspace_folders", None),
    (
        types.TEXT_DOCUMENT_COMPLETION,
        "completion:completion",
        types.CompletionOptions(trigger_characters=[".", "{", " ", ":", "|", "/", '"'], resolve_provider=True),
    ),
    (types.COMPLETION_ITEM_RESOLVE, "completion:resolve", None),
    (types.TEXT_DOCUMENT_HOVER, "hover:hover", None),
    (types.TEXT_DOCUMENT_DEFINITION, "definition:definition", None),
    (types.TEXT_DOCUMENT_TYPE_DEFINITION, "type_definition:type_definition", None),
    (types.TEXT_DOCUMENT_REFERENCES, "references:references", None),
    (types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, "document_highlight:document_highlight", None),
    (types.TEXT_DOCUMENT_PREPARE_RENAME, "prepare_rename:prepare_rename", None),
    (types.TEXT_DOCUMENT_RENAME, "rename:rename", types.RenameOptions(prepare_provider=True)),
    (types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY, "call_hierarchy:prepare_call_hierarchy", None),
    (types.CALL_HIERARCHY_INCOMING_CALLS, "call_hierarchy:incoming_calls", None),
    (types.CALL_HIERARCHY_OUTGOING_CALLS, "call_hierarchy:outgoing_calls", None),
    (types.WORKSPACE_SYMBOL, "workspace_symbol:workspace_symbol", types.WorkspaceSymbolOptions(resolve_provider=True)),
    (types.WORKSPACE_SYMBOL_RESOLVE, "workspace_symbol:resolve", None),
    (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, "document_symbol:document_symbol", None),
    (
        types.TEXT_DOCUMENT_CODE_ACTION,
        "code_action:code_action",
        types.CodeActionOptions(
            [
                types.CodeActionKind.QuickFix,
                types.CodeActionKind.RefactorExtract,
                types.CodeActionKind.RefactorInline,
                types.CodeActionKind.RefactorRewrite,
                types.CodeActionKind.SourceFixAll,
            ],
            resolve_provider=True,
        ),
    ),
    (types.CODE_ACTION_RESOLVE, "code_action:resolve", None),
    (types.TEXT_DOCUMENT_CODE_LENS, "code_lens:code_lens", types.CodeLensOptions(resolve_provider=False)),
    (types.WORKSPACE_DID_CHANGE_CONFIGURATION, "configuration:did_change_configuration", None),
    (types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, "semantic_tokens:semantic_tokens_full", LEGEND),
    (types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA, "semantic_tokens:semantic_tokens_full_delta", LEGEND),
    (types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, "semantic_tokens:semantic_tokens_range", LEGEND),
    (types.TEXT_DOCUMENT_FOLDING_RANGE, "folding_range:folding_range", None),
    (types.TEXT_DOCUMENT_SELECTION_RANGE, "selection_range:selection_range", None),
    (types.TEXT_DOCUMENT_DOCUMENT_LINK, "document_link:document_link", None),
    (
        types.TEXT_DOCUMENT_SIGNATURE_HELP,
        "signature_help:signature_help",
        types.SignatureHelpOptions(trigger_characters=["(", ",", "{"], retrigger_characters=[")"]),
    ),
    (types.TEXT_DOCUMENT_INLAY_HINT, "inlay_hint:inlay_hint", None),
    (types.TEXT_DOCUMENT_LINKED_EDITING_RANGE, "linked_editing_range:linked_editing_range", None),
    (types.TEXT_DOCUMENT_FORMATTING, "formatting:formatting", None),
    (types.TEXT_DOCUMENT_RANGE_FORMATTING, "formatting:range_formatting", None),
    (
        types.TEXT_DOCUMENT_ON_TYPE_FORMATTING,
        "formatting:on_type_formatting",
        types.DocumentOnTypeFormattingOptions(first_trigger_character="\n"),
    ),
)

WAITING_FEATURES: tuple[tuple[str, str, Any], ...] = (
    (
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        "pull_diagnostics:document_diagnostic",
        types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=True, identifier="wf"),
    ),
    (types.WORKSPACE_DIAGNOSTIC, "pull_diagnostics:workspace_diagnostic", None),
    (types.TEXT_DOCUMENT_INLINE_VALUE, "inline_value:inline_value", None),
)
"""Those whose answers wait for work that is scheduled."""

COMMANDS: tuple[tuple[str, str], ...] = (
    ("wf.dryRun", "dry_run:dry_run"),
    ("wf.run", "run:run"),
    ("wf.trace", "trace:trace"),
    ("wf.history", "history:history"),
    ("wf.cancel", "cancel:cancel"),
    ("wf.compare", "compare:compare"),
    ("wf.graph", "graph:graph"),
    ("wf.showPlan", "show_plan:show_plan"),
    ("wf.validateWorkspace", "validate_workspace:validate_workspace"),
    ("wf.showReferences", "show_references:show_references"),
    ("wf.applyEdit", "apply_edit:apply_edit"),
)

_INTERRUPTED = 130


class WfServer(LanguageServer):
    """A language server for one client."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__("wf", wf_engine.__version__, protocol_cls=Protocol)
        self.scheduler = Scheduler(self._job_failed, self._all_read)
        self.inbox: Inbox | None = None
        self.memory: Memory | None = None
        self.parent: int | None = None
        """The process of the client, where it named one that lives."""
        self._interrupted = False
        self._bugs: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.greeting: types.InitializeParams | None = None
        for method, target, options in FEATURES:
            call = _call if types.METHOD_TO_TYPES[method][1] else _notice
            self.feature(method, options)(partial(call, self, f"wf_lsp.features.{target}"))
        for method, target, options in WAITING_FEATURES:
            self.feature(method, options)(partial(_wait_for, self, f"wf_lsp.features.{target}"))
        for name, target in COMMANDS:
            self.command(name)(_command(self, f"wf_lsp.commands.{target}"))

    @cached_property
    def session(self) -> "Session":
        """What is known of the client and its documents."""
        from wf_lsp.session import Session

        return Session.of(self.greeting) if self.greeting else Session()

    def schedule(self, key: str, units: Iterator[None], priority: int) -> None:
        """Work for later; see `Scheduler`."""
        self.scheduler.schedule(key, units, priority)
        if self.inbox is not None:
            self.inbox.wake()

    def background(self, work: "Coroutine[Any, Any, None]") -> None:
        """Does something beside everything else; what goes wrong in it is reported."""

        def done(task: "asyncio.Task[None]") -> None:
            self._tasks.discard(task)
            error = None if task.cancelled() else task.exception()
            if isinstance(error, Exception):
                self.report_bug(task.get_name(), error)

        task = asyncio.get_running_loop().create_task(work, name=getattr(work, "__name__", "background"))
        self._tasks.add(task)
        task.add_done_callback(done)

    def tell(self, method: str, params: Json) -> None:
        """Sends a notification whose parameters are JSON."""
        self.protocol.tell(method, params)

    def report_bug(self, what: str, error: Exception, params: Any = None) -> None:
        """Logs a bug of ours with what is needed to repeat it; the same one again in a line only."""
        from wf_lsp import reports

        place = f"{what} {reports.place_of(error)}"
        if place in self._bugs:
            log.error("again, a bug in %s: %s", what, reports.masked(str(error)))
            return
        self._bugs.add(place)
        said = reports.report(what, error, self.protocol.plain(params), self._documents_of(params))
        log.error("a bug in %s: %s\nto repeat it: %s", what, reports.masked(str(error)), said)

    def _documents_of(self, params: Any) -> dict[str, str]:
        """The text of the document that a request is about, by URI."""
        uri = getattr(getattr(params, "text_document", None), "uri", None)
        if not isinstance(uri, str) or "session" not in self.__dict__:
            return {}
        from wf_lsp.convert import path_of

        text = self.session.text(path_of(uri))
        return {uri: text.value} if text is not None else {}

    def _job_failed(self, key: str, error: Exception) -> None:
        self.report_bug(key, error)
        self.session.pulls.fail(key.removeprefix("check "), error)

    def _all_read(self) -> bool:
        """Whether no project is being read in the background."""
        return all(project.workspace.complete for project in self.session.projects.by_root.values())

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Logs what pygls noticed and no feature of ours; a message box for every bug would punish the user for it."""
        if getattr(error, "code", INTERNAL_ERROR) == INTERNAL_ERROR and not isinstance(error, ReportedError):
            from wf_lsp import reports

            log.error("%s: %s", getattr(source, "__name__", source), reports.masked(str(error)))

    def serve(self) -> int:
        """Talks to a client on stdin and stdout until it leaves. Gives the exit code."""
        output = os.dup(1)
        os.dup2(2, 1)  # whoever prints, be it a library in C, prints to stderr
        sys.stdout = sys.stderr
        loop = asyncio.new_event_loop()
        with suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(signal.SIGINT, self._interrupt)
        try:
            with Parents().watched(self):
                loop.run_until_complete(self._serve(Output(output), FrameReader(partial(os.read, 0), 0)))
        except KeyboardInterrupt:
            return _INTERRUPTED
        # The client has left. Whatever still waits, such as for a child that is just being started, must not keep the
        # process, as `asyncio.run` would let it, and nobody wants to read that it waited.
        loop.set_exception_handler(lambda _loop, _context: None)
        if self._interrupted:
            return _INTERRUPTED
        return 0 if self.protocol.shut_down else 1

    def _interrupt(self) -> None:
        """Ends the session between two pieces of work: an exception could come up anywhere, even where nobody takes it."""
        self._interrupted = self.protocol.left = True
        if self.inbox is not None:
            self.inbox.wake()

    def converse(self, sender: Sender, source: FrameReader | Frames, token: str | None) -> None:
        """Talks to a client that came over a socket, until it leaves."""
        self.protocol.token = token
        asyncio.run(self._serve(sender, source))

    async def _serve(self, sender: Sender, source: FrameReader | Frames) -> None:
        self.protocol.sender = sender
        self.memory = Memory(self.scheduler.busy)
        self.inbox = inbox = Inbox(asyncio.get_running_loop())
        inbox.start(source)
        try:
            await work(
                inbox, self.protocol.receive, self.protocol.handle_next, self.scheduler.step, self.scheduler.busy
            )
        finally:
            if "session" in self.__dict__:
                await self.session.close()

    @property
    def goodbye(self) -> bool:
        """Whether the client has left as the protocol wants it."""
        return self.protocol.shut_down

    def end(self) -> None:
        """Ends the session, from another thread."""
        self.protocol.left = True
        if self.inbox is not None:
            self.inbox.nudge()


def _load(target: str) -> Callable[..., Any]:
    module, _, name = target.partition(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function


class ReportedError(JsonRpcException):
    """The answer to a request that met a bug of ours, which is in the log: there is nothing in it that may be secret."""

    def __init__(self, target: str) -> None:
        name = target.rpartition(":")[2]
        super().__init__(f"a bug in wf: {name} failed; the log of the server has what repeats it", INTERNAL_ERROR)


@contextmanager
def _reporting(server: WfServer, target: str, params: Any) -> Iterator[None]:
    """A bug in a feature is logged, and answered as an error."""
    try:
        yield
    except JsonRpcException:
        raise  # an answer that is meant
    except Exception as error:
        server.report_bug(target, error, params)
        raise ReportedError(target) from error


def _call(server: WfServer, target: str, params: Any) -> Any:
    """Calls a feature, which is imported by its first call."""
    with _reporting(server, target, params):
        return _load(target)(server, params)


def _notice(server: WfServer, target: str, params: Any) -> None:
    """Calls a feature that nobody is told the end of."""
    with suppress(ReportedError):
        _call(server, target, params)


async def _wait_for(server: WfServer, target: str, params: Any) -> Any:
    """Calls a feature that waits."""
    with _reporting(server, target, params):
        return await _load(target)(server, params)


def _command(server: WfServer, target: str) -> Callable[..., Any]:
    async def command(*arguments: Any) -> Any:
        with _reporting(server, target, arguments):
            return await _load(target)(server, *arguments)

    return command
