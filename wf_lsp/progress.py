"""A progress bar at the client, if it has any."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from lsprotocol import types

if TYPE_CHECKING:
    from concurrent.futures import Future

    from wf_lsp.server import WfServer


class Progress:
    """Work whose progress is shown. With `on_cancel`, the user may end it."""

    def __init__(self, server: "WfServer", title: str, on_cancel: Callable[[], None] | None = None) -> None:
        self._progress = server.work_done_progress
        self._possible = server.session.client.progress
        self._title = title
        self._on_cancel = on_cancel
        self._token = str(uuid4())
        self._state = "new"

    def start(self) -> None:
        """Asks the client for the bar. It shows once the client has agreed, unless the work is done by then."""
        if self._possible and self._state == "new":
            self._state = "asked"
            self._progress.create(self._token, self._begin)

    def _begin(self, _: Any) -> None:
        if self._state != "asked":
            return
        self._state = "shown"
        begin = types.WorkDoneProgressBegin(self._title, cancellable=self._on_cancel is not None, percentage=0)
        self._progress.begin(self._token, begin)
        self._progress.tokens[self._token].add_done_callback(self._ended)

    def _ended(self, future: "Future[Any]") -> None:
        if future.cancelled() and self._on_cancel is not None and self._state == "shown":
            self._on_cancel()

    def report(self, message: str, percentage: int | None = None) -> None:
        """Says how far the work is."""
        if self._state == "shown":
            self._progress.report(self._token, types.WorkDoneProgressReport(message=message, percentage=percentage))

    def end(self) -> None:
        """The work is done."""
        if self._state == "shown":
            self._progress.end(self._token, types.WorkDoneProgressEnd())
        self._state = "ended"
        self._progress.tokens.pop(self._token, None)
