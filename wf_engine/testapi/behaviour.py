"""How a request asks to be treated, whatever its endpoint: slowly, with a failure, with some failures and then well."""

from collections.abc import Mapping
from dataclasses import dataclass

from wf_engine.testapi.answers import Answer
from wf_engine.testapi.calls import Call, Endpoint
from wf_engine.testapi.failures import FAILURES, failure
from wf_engine.testapi.reading import integer_of
from wf_engine.text import WfError

MAX_DELAY_MS = 600_000


@dataclass(frozen=True, slots=True)
class Option:
    """A query parameter of every endpoint, and the header that says the same.

    The parameter wins over the header, the header over what is configured for the endpoint, and that over what is
    configured for all.
    """

    query: str
    header: str
    about: str

    def of(self, call: Call, endpoint: Endpoint) -> str:
        """What the request or the configuration says; empty where neither says anything."""
        values = call.query.get(self.query)
        said = values[-1] if values else call.headers.get(self.header.lower())
        return self._configured(call, endpoint) if said is None else said

    def _configured(self, call: Call, endpoint: Endpoint) -> str:
        behaviour = call.state.behaviour
        found = [behaviour[key][self.query] for key in (endpoint.label, "*") if self.query in behaviour.get(key, ())]
        return str(found[0]) if found and endpoint.counted else ""


DELAY = Option("delay", "X-Test-Delay", "Wait so many milliseconds before anything else.")
FAIL = Option("fail", "X-Test-Fail", f"Do nothing and answer with a status of 400 to 599, or: {', '.join(FAILURES)}.")
FAIL_TIMES = Option("failTimes", "X-Test-Fail-Times", "Fail (with 503, or as `fail` says) so many times, then answer.")
FAIL_KEY = Option("failKey", "X-Test-Fail-Key", "Requests with the same key are counted together for `failTimes`.")
OPTIONS = (DELAY, FAIL, FAIL_TIMES, FAIL_KEY)


def require_sense(behaviour: Mapping[str, int | str]) -> None:
    """Raises WfError where what is configured for every endpoint could be done by none."""
    kind = str(behaviour.get(FAIL.query) or "503")
    if kind not in FAILURES and not (kind.isdecimal() and int(kind) in _FAILING):
        hint = f"There are the statuses 400 to 599, and: {', '.join(FAILURES)}."
        raise WfError(f"`{kind}` is no way to fail.", hint=hint)


_FAILING = range(400, 600)


def delay_of(endpoint: Endpoint, call: Call) -> float:
    """Seconds to wait first; raises 400."""
    return integer_of(DELAY.of(call, endpoint) or "0", DELAY.query, 0, MAX_DELAY_MS) / 1000


def failure_of(endpoint: Endpoint, call: Call) -> Answer | None:
    """The failure that is due, if one is; counts the request; raises 400."""
    kind, times = FAIL.of(call, endpoint), FAIL_TIMES.of(call, endpoint)
    if not kind and not times:
        return None
    due = failure(kind or "503")
    if times:
        key = FAIL_KEY.of(call, endpoint) or call.path
        if call.state.count(f"fail {call.method} {key}") > integer_of(times, FAIL_TIMES.query):
            return None
    return due
