"""Requests for diagnostics that wait until a document is checked."""

import asyncio

from pygls.exceptions import JsonRpcContentModified


class Pulls:
    """Those who wait, by document."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[asyncio.Future[None]]] = {}

    async def wait(self, path: str) -> None:
        """Until the document is checked. Raises JsonRpcContentModified once its text is another."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(path, []).append(future)
        await future

    def answer(self, path: str) -> bool:
        """Lets those go on who wait for a document; False where nobody does."""
        waiting = [future for future in self._waiting.pop(path, ()) if not future.done()]
        for future in waiting:
            future.set_result(None)
        return bool(waiting)

    def outdated(self, path: str) -> None:
        """Refuses those who wait for a version of a document that is gone."""
        for future in self._waiting.pop(path, ()):
            if not future.done():
                future.set_exception(JsonRpcContentModified("the document was changed meanwhile"))

    def fail(self, path: str, error: Exception) -> None:
        """A bug: nobody will ever check this version."""
        for future in self._waiting.pop(path, ()):
            if not future.done():
                future.set_exception(error)
