"""The protocol as pygls has it, with an order of work of our own and errors that are answered once.

Messages wait in a queue, so that a request that is cancelled before its turn is never started.
"""

import hmac
import json
import logging
from collections import deque
from typing import Any
from typing import Protocol as Interface

import msgspec
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol

log = logging.getLogger("wf.lsp")

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
NOT_INITIALIZED = -32002
CANCELLED = -32800
CONTENT_MODIFIED = -32801

Json = dict[str, Any]

_DOCUMENTS = (types.TEXT_DOCUMENT_DID_OPEN, types.TEXT_DOCUMENT_DID_CHANGE, types.TEXT_DOCUMENT_DID_CLOSE)


class Sender(Interface):
    """Where messages go."""

    def send(self, body: bytes) -> None:
        """Sends a message."""


def decoded(body: bytes) -> Any:
    """The message in some bytes. Raises ValueError, and RecursionError for one that is nested too deeply."""
    try:
        return msgspec.json.decode(body)
    except msgspec.DecodeError:
        return json.loads(body)  # takes half characters, which editors send when one is deleted


def encoded(message: Json) -> bytes:
    """A message in bytes."""
    try:
        return msgspec.json.encode(message)
    except UnicodeEncodeError:
        return json.dumps(message).encode()


def _document(message: Json) -> str | None:
    """The URI of the document that a message is about."""
    params = message.get("params")
    document = params.get("textDocument") if isinstance(params, dict) else None
    uri = document.get("uri") if isinstance(document, dict) else None
    return uri if isinstance(uri, str) else None


def _asks_about(message: Any, uri: str) -> bool:
    """Whether a message is a request about a document."""
    return isinstance(message, dict) and "id" in message and "method" in message and _document(message) == uri


class Protocol(LanguageServerProtocol):
    """Hands documents to our handlers only: pygls' own store splits lines where editors do not."""

    sender: Sender | None = None
    token: str | None = None
    """What the client has to give to be answered, if anything."""
    left = False
    """The client has said `exit`."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.waiting: deque[Any] = deque()

    @property
    def initialized(self) -> bool:
        """Whether `initialize` came."""
        return self._workspace is not None

    @property
    def shut_down(self) -> bool:
        """Whether `shutdown` came."""
        return bool(self._shutdown)

    def _get_handler(self, feature_name: str) -> Any:
        """Who handles a method. Of documents only we do; pygls would also remember each of their changes for ever."""
        if feature_name in _DOCUMENTS:
            return self.fm.features[feature_name]
        return super()._get_handler(feature_name)

    def receive(self, body: bytes) -> None:
        """Puts a message behind those that wait; a request that waits and is cancelled is answered at once."""
        try:
            message = decoded(body)
        except (ValueError, RecursionError) as error:
            self.refuse(None, PARSE_ERROR, f"this is not JSON: {error}")
            return
        if isinstance(message, dict) and message.get("method") == types.CANCEL_REQUEST:
            self._cancel(message.get("params"))
            return
        if isinstance(message, dict) and message.get("method") == types.TEXT_DOCUMENT_DID_CHANGE:
            self._refuse_outdated(_document(message))
        self.waiting.append(message)

    def _refuse_outdated(self, uri: str | None) -> None:
        """Answers the requests about a version of a document that will be gone before it is their turn."""
        for message in [each for each in self.waiting if uri is not None and _asks_about(each, uri)]:
            self.waiting.remove(message)
            self.refuse(message["id"], CONTENT_MODIFIED, "the document was changed meanwhile")

    def _cancel(self, params: Any) -> None:
        identity = params.get("id") if isinstance(params, dict) else None
        for message in self.waiting:
            if isinstance(message, dict) and message.get("id") == identity and "method" in message:
                self.waiting.remove(message)
                self.refuse(identity, CANCELLED, "cancelled")
                return
        if identity in self._request_futures:
            self._handle_cancel_notification(identity)

    def handle_next(self) -> bool | None:
        """Handles the first message that waits; False where there is none, None once the client has left."""
        if self.left:
            return None
        if not self.waiting:
            return False
        message = self.waiting.popleft()
        fault = self._fault(message)
        if fault is None:
            self._dispatch(message)
        elif not isinstance(message, dict) or "id" in message:
            self.refuse(message.get("id") if isinstance(message, dict) else None, *fault)
        return True

    def _fault(self, message: Any) -> tuple[int, str] | None:
        """Why a message is not handled."""
        if isinstance(message, list):
            return INVALID_REQUEST, "batches are no part of the Language Server Protocol"
        if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
            return INVALID_REQUEST, "this is no JSON-RPC 2.0 message"
        method = message.get("method")
        if method is None or method == types.EXIT:
            return None
        if not self.initialized and method != types.INITIALIZE:
            return NOT_INITIALIZED, "the server is not initialized yet"
        if not self.initialized and self.token is not None and not self._admitted(message):
            self.left = True
            return INVALID_REQUEST, "initializationOptions.token is not the token that was printed"
        if self.initialized and method == types.INITIALIZE:
            return INVALID_REQUEST, "the server is initialized already"
        return (INVALID_REQUEST, "the server is shutting down") if self._shutdown else None

    def _admitted(self, message: Json) -> bool:
        """Whether an `initialize` has the right token."""
        params = message.get("params")
        options = params.get("initializationOptions") if isinstance(params, dict) else None
        given = options.get("token") if isinstance(options, dict) else None
        return isinstance(given, str) and hmac.compare_digest(given.encode(), (self.token or "").encode())

    def _dispatch(self, message: Json) -> None:
        if message.get("method") == types.EXIT:
            self.left = True
            return
        try:
            structured = self.structure_message(message)
        except Exception as error:  # noqa: BLE001 - whatever cannot be read is the sender's mistake
            method = message.get("method")
            log.warning("the parameters of %s cannot be read: %s", method, error.__cause__ or error)
            if method is None:
                self._answer_unreadable(message.get("id"), error)
            elif "id" in message:
                self.refuse(message["id"], INVALID_PARAMS, f"the parameters of {method} cannot be read")
            return
        self.handle_message(structured)

    def _answer_unreadable(self, identity: Any, error: Exception) -> None:
        """Whoever waits for the answer waits no longer."""
        future = self._request_futures.pop(identity, None)
        if future is not None and not future.done():
            future.set_exception(JsonRpcException(f"the client's answer cannot be read: {error}", INVALID_REQUEST))

    def refuse(self, identity: Any, code: int, text: str) -> None:
        """Answers a request with an error."""
        self._send_response(identity, error=types.ResponseError(code=code, message=text))

    def _send_response(self, msg_id: Any, result: Any = None, error: types.ResponseError | None = None) -> None:
        self._result_types.pop(msg_id, None)
        message: Json = {"jsonrpc": "2.0", "id": msg_id}
        if error is not None:
            message["error"] = self._converter.unstructure(error)
        else:
            message["result"] = self._plain(result)
        self.send(message)

    def _plain(self, result: Any) -> Any:
        """A result as JSON; what is JSON already is left as it is."""
        first = result[0] if isinstance(result, list) and result else result
        if first is None or isinstance(first, dict | str | int | float | list | msgspec.Raw):
            return result
        return self._converter.unstructure(result)

    def plain(self, value: Any) -> Any:
        """Any value of the protocol as JSON."""
        return self._converter.unstructure(value)

    def _send_data(self, data: Any) -> None:
        """Sends what pygls made."""
        self.send(self._converter.unstructure(data))

    def send(self, message: Json) -> None:
        """Sends a message."""
        if self.sender is not None:
            self.sender.send(encoded(message))

    def tell(self, method: str, params: Json) -> None:
        """Sends a notification whose parameters are JSON."""
        self.send({"jsonrpc": "2.0", "method": method, "params": params})
