"""WF211 invalid-header."""

from collections.abc import Iterator

from wf_engine.analysis import TaskAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.language.values import first_line
from wf_engine.syntax import Map, Scalar
from wf_engine.text import Severity

_TOKEN = frozenset("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_BREAKS = {"\r": "a line end", "\n": "a line end", "\0": "a NUL character"}


@check("task", "WF211", "invalid-header", Severity.ERROR, "A header that cannot be sent.", yields_to="breaks")
def invalid_header(task: TaskAnalysis) -> Iterator[Draft]:
    """Names are words of HTTP, and no value may end a line."""
    http = task.model.spec.http if task.model.spec else None
    headers = http.node.get("headers") if http and http.node else None
    for pair in headers.pairs if isinstance(headers, Map) else ():
        name, value = pair.name, pair.value
        if name is not None and (not name or not _TOKEN.issuperset(name)):
            message = f"`{name}` is no name of a header"
            yield Draft(pair.key.place, message, "letters, digits and `-`, such as `X-Request-Id`")
        if isinstance(value, Scalar) and isinstance(value.value, str) and not value.broken:
            found = next((mark for mark in _BREAKS if mark in value.value), None)
            if found is not None:
                message = f"there is {_BREAKS[found]} in this header, which would end it"
                yield Draft(first_line(value), message, "write it on one line, without `|` or `>`")
