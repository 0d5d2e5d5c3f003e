"""The route table as a Starlette application: reads requests, lets handlers answer, sends what they say."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from wf_engine.testapi.answers import Answer, ApiError, error
from wf_engine.testapi.behaviour import delay_of, failure_of
from wf_engine.testapi.calls import Call, Endpoint
from wf_engine.testapi.data import JsonObject
from wf_engine.testapi.delivery import deliver, still_there
from wf_engine.testapi.endpoints import ENDPOINTS
from wf_engine.testapi.idempotency import answered_once
from wf_engine.testapi.reading import given
from wf_engine.testapi.state import State

_BODY_REMEMBERED = 10_000
"""Bytes of each request's body that `/requests` shows."""


def build(behaviour: JsonObject) -> Starlette:
    """An application with a state of its own; `behaviour` is how every endpoint behaves at the start."""
    state = State(given_behaviour=behaviour)
    by_path: defaultdict[str, dict[str, Endpoint]] = defaultdict(dict)
    for endpoint in ENDPOINTS:
        by_path[endpoint.path][endpoint.method] = endpoint
    routes = [Route(path, _Resource(methods, state), methods=list(methods)) for path, methods in by_path.items()]
    return Starlette(routes=routes, exception_handlers={HTTPException: _no_such_route})


class _Resource:
    """A path: an ASGI application, because an answer may also be to hang or to cut the connection."""

    def __init__(self, methods: Mapping[str, Endpoint], state: State) -> None:
        self._methods = methods
        self._state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            call = await self._read(Request(scope, receive))
        except ClientDisconnect:
            return
        endpoint = self._methods["GET" if call.method == "HEAD" else call.method]
        with _watched(endpoint, call):
            answer = await _answer(endpoint, call, receive)
            if answer is not None and await still_there(receive, answer.delay):
                await deliver(answer, scope, receive, send)

    async def _read(self, request: Request) -> Call:
        return Call(
            method=request.method,
            path=request.scope["raw_path"].decode("ascii"),
            parameters=request.path_params,
            query=_grouped(request.query_params.multi_items()),
            headers=dict(request.headers.items()),
            body=await request.body(),
            state=self._state,
        )


def _watched(endpoint: Endpoint, call: Call) -> AbstractContextManager[None]:
    if not endpoint.counted:
        return nullcontext()
    body = call.body[:_BODY_REMEMBERED].decode(errors="replace")
    request = {"method": call.method, "path": call.path, "query": call.query, "headers": call.headers, "body": body}
    return call.state.traffic.watch(endpoint.label, request)


async def _answer(endpoint: Endpoint, call: Call, receive: Receive) -> Answer | None:
    """What to send; None where the client left meanwhile."""
    try:
        if not await still_there(receive, delay_of(endpoint, call)):
            return None
        return failure_of(endpoint, call) or answered_once(partial(respond, endpoint), call)
    except ApiError as refusal:
        return refusal.answer


def respond(endpoint: Endpoint, call: Call) -> Answer:
    """What an endpoint answers to a call; raises ApiError where it refuses."""
    return endpoint.handler(replace(call, given=given(endpoint, call)))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    values: defaultdict[str, list[str]] = defaultdict(list)
    for name, value in pairs:
        values[name].append(value)
    return dict(values)


async def _no_such_route(request: Request, exception: Exception) -> Response:
    status = exception.status_code if isinstance(exception, HTTPException) else 500
    headers = exception.headers if isinstance(exception, HTTPException) else None
    code = "method_not_allowed" if status == 405 else "not_found"  # noqa: PLR2004 - HTTP's own number
    said = error(status, code, f"{request.method} {request.url.path} is not served here; GET / lists what is.")
    return Response(said.body, status, headers, said.content_type)
