"""The server: which method is answered by which feature, and the one mutable thing, the current snapshot.

A feature is imported when it is first asked for, so that the answer to `initialize` waits for none of them.
"""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

import wf_engine
from wf_lsp.protocol import Protocol
from wf_lsp.scheduler import Scheduler
from wf_lsp.transport import Inbox, Output, work

log = logging.getLogger("wf.lsp")

FEATURES: tuple[tuple[str, str, Any], ...] = (
    (types.INITIALIZE, "lifecycle:initialize", None),
    (types.INITIALIZED, "lifecycle:initialized", None),
    (types.TEXT_DOCUMENT_DID_OPEN, "text_sync:did_open", None),
    (types.TEXT_DOCUMENT_DID_CHANGE, "text_sync:did_change", None),
    (types.TEXT_DOCUMENT_DID_CLOSE, "text_sync:did_close", None),
    (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, "watched_files:did_change_watched_files", None),
    (types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, "folders:did_change_workspace_folders", None),
    (
        types.TEXT_DOCUMENT_COMPLETION,
        "completion:completion",
        types.CompletionOptions(trigger_characters=[".", "{", " ", ":", "|", "\n", "@", "/"]),
    ),
    (types.TEXT_DOCUMENT_HOVER, "hover:hover", None),
    (types.TEXT_DOCUMENT_DEFINITION, "definition:definition", None),
    (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, "document_symbol:document_symbol", None),
    (
        types.TEXT_DOCUMENT_CODE_ACTION,
        "code_action:code_action",
        types.CodeActionOptions([types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll]),
    ),
    (types.TEXT_DOCUMENT_CODE_LENS, "code_lens:code_lens", types.CodeLensOptions(resolve_provider=False)),
)

COMMANDS: tuple[tuple[str, str], ...] = (
    ("wf.dryRun", "dry_run:dry_run"),
    ("wf.run", "run:run"),
    ("wf.trace", "trace:trace"),
    ("wf.history", "history:history"),
    ("wf.cancel", "cancel:cancel"),
)


class WfServer(LanguageServer):
    """A language server for one client."""

    def __init__(self) -> None:
        super().__init__("wf", wf_engine.__version__, protocol_cls=Protocol)
        from wf_lsp.session import Session

        self.session = Session(self)
        self.scheduler = Scheduler()
        self.scheduler.on_error = self.report_bug
        self.inbox: Inbox | None = None
        for method, target, options in FEATURES:
            self.feature(method, options)(_lazy(self, f"wf_lsp.features.{target}"))
        for name, target in COMMANDS:
            self.command(name)(_lazy_command(self, f"wf_lsp.commands.{target}"))

    def schedule(self, key: str, steps: Any, priority: int) -> None:
        """Work for later; see `Scheduler`."""
        self.scheduler.schedule(key, steps, priority)
        if self.inbox is not None:
            self.inbox.wake()

    def report_bug(self, what: str, error: Exception) -> None:
        """Notes a bug of ours once, with what is needed to repeat it."""
        log.error("a bug in %s: %s", what, error, exc_info=error)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Logs; a message box for every bug would punish the user for it."""
        log.error("%s: %s", getattr(source, "__name__", source), error)

    def serve(self) -> int:
        """Talks to a client on stdin and stdout until it leaves."""
        stdout, sys.stdout = sys.stdout.buffer, sys.stderr
        try:
            asyncio.run(self._serve(stdout))
        except SystemExit as leaving:
            return leaving.code if isinstance(leaving.code, int) else 0
        except KeyboardInterrupt:
            return 130
        return 0 if self.protocol._shutdown else 1  # noqa: SLF001 - pygls offers no other way

    async def _serve(self, stdout: Any) -> None:
        self.protocol.set_writer(Output(stdout))
        self.inbox = Inbox(asyncio.get_running_loop())
        self.inbox.start(sys.stdin.buffer)
        watch = asyncio.create_task(self._leave_with_parent())
        protocol = self.protocol
        if not isinstance(protocol, Protocol):
            raise TypeError("the server was made with another protocol")
        try:
            await work(self.inbox, protocol.handle_batch, self.scheduler.step)
        finally:
            watch.cancel()
            self.session.close()

    async def _leave_with_parent(self) -> None:
        """Ends the process when the editor that started it is gone without a word."""
        while True:
            await asyncio.sleep(5)
            if self.process_id and not _alive(self.process_id):
                os._exit(1)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _load(target: str) -> Callable[..., Any]:
    module, _, name = target.partition(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function


def _lazy(server: WfServer, target: str) -> Callable[[Any], Any]:
    """A handler that imports its feature when it is first called."""
    loaded: list[Callable[..., Any]] = []

    def handle(params: Any) -> Any:
        if not loaded:
            loaded.append(_load(target))
        return loaded[0](server, params)

    return handle


def _lazy_command(server: WfServer, target: str) -> Callable[..., Any]:
    async def handle(*arguments: Any) -> Any:
        return await _load(target)(server, *arguments)

    return handle


def main(argv: list[str]) -> int:
    """`wf lsp`: serves stdio. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="wf lsp", description="The language server.")
    parser.add_argument("--stdio", action="store_true", help="talk on stdin and stdout (the default)")
    parser.add_argument("--log-file", help="write the log there instead of to stderr")
    parser.add_argument("--log-level", default="warning", choices=["debug", "info", "warning", "error"])
    options = parser.parse_args(argv)
    logging.basicConfig(filename=options.log_file, level=options.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("pygls").setLevel(logging.CRITICAL if options.log_level != "debug" else logging.DEBUG)
    return WfServer().serve()
