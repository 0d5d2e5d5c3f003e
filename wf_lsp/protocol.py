"""The protocol as pygls has it, with a text store of our own and errors that are answered once."""

import logging
from typing import Any

from lsprotocol import types
from pygls.protocol import LanguageServerProtocol, lsp_method

log = logging.getLogger("wf.lsp")

NOT_INITIALIZED = -32002
INVALID_REQUEST = -32600
PARSE_ERROR = -32700
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
CANCELLED = -32800


class Protocol(LanguageServerProtocol):
    """Hands documents to our handlers only: pygls' own store splits lines where editors do not."""

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Any:
        """Opens a document."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Any:
        """Edits a document."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Any:
        """Closes a document."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None

    def handle_batch(self, messages: list[Any]) -> None:
        """Handles what came in together; a request that is cancelled in the same breath is never started."""
        cancelled = {
            message["params"].get("id")
            for message in messages
            if isinstance(message, dict) and message.get("method") == "$/cancelRequest" and isinstance(message.get("params"), dict)
        }
        for message in messages:
            self._handle(message, cancelled)

    def _handle(self, message: Any, cancelled: set[Any]) -> None:
        if isinstance(message, Exception):
            self._refuse(None, PARSE_ERROR, f"this is not JSON: {message}")
            return
        if isinstance(message, list):
            self._refuse(None, INVALID_REQUEST, "batches are not part of the Language Server Protocol")
            return
        if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
            self._refuse(message.get("id") if isinstance(message, dict) else None, INVALID_REQUEST, "this is no JSON-RPC 2.0 message")
            return
        identity, method = message.get("id"), message.get("method")
        if method is not None and identity is not None:
            fault = self._fault_of_state(str(method))
            if identity in cancelled:
                fault = (CANCELLED, "cancelled")
            if fault is not None:
                self._refuse(identity, *fault)
                return
        elif method is not None and self._workspace is None and method not in ("exit", "initialized"):
            return
        self._dispatch(message)

    def _fault_of_state(self, method: str) -> tuple[int, str] | None:
        if self._workspace is None and method != types.INITIALIZE:
            return NOT_INITIALIZED, "the server is not initialized yet"
        if self._workspace is not None and method == types.INITIALIZE:
            return INVALID_REQUEST, "the server is initialized already"
        if self._shutdown:
            return INVALID_REQUEST, "the server is shutting down"
        return None

    def _dispatch(self, message: dict[str, Any]) -> None:
        try:
            structured = self.structure_message(message)
        except Exception as error:  # noqa: BLE001 - whatever cattrs cannot read is the sender's mistake
            if message.get("id") is not None and message.get("method") is not None:
                self._refuse(message["id"], INVALID_PARAMS, f"the parameters of {message['method']} cannot be read: {error}")
            else:
                log.warning("a message could not be read: %s", message.get("method"))
            return
        self.handle_message(structured)

    def _refuse(self, identity: Any, code: int, text: str) -> None:
        self._send_response(identity, error=types.ResponseError(code=code, message=text))
