"""Answers that no client wants, by the word that asks for them; `fail` takes them on every endpoint."""

from collections.abc import Mapping
from types import MappingProxyType

from wf_engine.testapi.answers import Answer, Ending, answer, status_answer
from wf_engine.testapi.reading import integer_of, invalid

_WRONG_TYPES = {"id": 1, "name": ["not", "a", "text"], "email": None, "tier": {"gold": True}, "country": 49}

FAILURES: Mapping[str, Answer] = MappingProxyType(
    {
        "reset": Answer(ending=Ending.RESET),
        "hang": Answer(ending=Ending.HANG),
        "truncated": Answer(body=b'{"complete":false,"filling":"' + b"x" * 970 + b'"}', ending=Ending.TRUNCATED),
        "garbage": Answer(body=b'{"id": "1", "name": '),
        "wrong-type": answer(_WRONG_TYPES),
        "html": Answer(body=b"<!doctype html><title>Maintenance</title><p>Back soon.</p>", content_type="text/html"),
        "empty": Answer(204, content_type=None),
    }
)


def failure(kind: str) -> Answer:
    """The failure of that name or status code, such as `503` or `reset`; raises 400."""
    if kind in FAILURES:
        return FAILURES[kind]
    if not kind.isdigit():
        raise invalid(f"`{kind}` is no failure; there are the statuses 400 to 599, {', '.join(FAILURES)}.")
    return status_answer(integer_of(kind, "fail", 400, 599))
