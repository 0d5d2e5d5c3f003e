"""Requests that carry an Idempotency-Key are done once: a repetition gets the first answer again."""

from dataclasses import replace

from wf_engine.testapi.answers import Answer, ApiError
from wf_engine.testapi.calls import Call, Handler

_SUCCESS = range(200, 300)


def answered_once(handler: Handler, call: Call) -> Answer:
    """The handler's answer, or the one that a POST or PATCH with the same key got before.

    Failures are not kept. Raises 422 where the key comes back with another body.
    """
    key = call.headers.get("idempotency-key")
    if key is None or call.method not in {"POST", "PATCH"}:
        return handler(call)
    known = call.state.answered.get((call.path, key))
    if known is None:
        answer = handler(call)
        if answer.status in _SUCCESS:
            call.state.answered[call.path, key] = (call.body, answer)
        return answer
    body, answer = known
    if body != call.body:
        raise ApiError(422, "idempotency_key_reused", f"The key {key} came with another body before.")
    return replace(answer, headers={**answer.headers, "Idempotent-Replayed": "true"})
