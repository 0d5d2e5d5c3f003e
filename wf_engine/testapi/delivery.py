"""Sending answers: whole, in part, or not at all."""

import asyncio
from collections.abc import AsyncIterator

from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from wf_engine.testapi.answers import Answer, Ending, error

ABORT = "wf.abort"
"""The ASGI extension, offered by `serving`, that cuts the connection with a TCP reset: `() -> None`."""

_CHUNK = 64 * 1024


async def deliver(answer: Answer, scope: Scope, receive: Receive, send: Send) -> None:
    """Sends an answer in the way that its `ending` says; returns when nothing is left to do."""
    if answer.ending is Ending.HANG:
        await _client_left(receive)
    elif answer.ending in {Ending.RESET, Ending.TRUNCATED}:
        await _cut(answer, scope, receive, send)
    elif answer.ending is Ending.CHUNKED:
        chunked = StreamingResponse(_chunks(answer.body), answer.status, answer.headers, answer.content_type)
        await chunked(scope, receive, send)
    else:
        await Response(answer.body, answer.status, answer.headers, answer.content_type)(scope, receive, send)


async def still_there(receive: Receive, seconds: float) -> bool:
    """Waits, but no longer than the client does; False once it has left."""
    if seconds == 0:
        return True
    try:
        await asyncio.wait_for(_client_left(receive), seconds)
    except TimeoutError:
        return True
    return False


async def _client_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _cut(answer: Answer, scope: Scope, receive: Receive, send: Send) -> None:
    abort = scope.get("extensions", {}).get(ABORT)
    if abort is None:
        refusal = error(501, "not_implemented", "This server cannot cut connections; `wf test-api` can.")
        await Response(refusal.body, refusal.status, media_type=refusal.content_type)(scope, receive, send)
        return
    if answer.ending is Ending.TRUNCATED:
        length = str(len(answer.body)).encode()
        headers = [(b"content-type", str(answer.content_type).encode()), (b"content-length", length)]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body[: len(answer.body) // 2], "more_body": True})
    abort()
    await _client_left(receive)


async def _chunks(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), _CHUNK):
        yield body[start : start + _CHUNK]
