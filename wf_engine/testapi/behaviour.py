"""How a request asks to be treated, whatever its endpoint: slowly, with a failure, with some failures and then well."""

from dataclasses import dataclass

from wf_engine.testapi.answers import Answer
from wf_engine.testapi.calls import Call
from wf_engine.testapi.failures import FAILURES, MAX_DELAY_MS, failure
from wf_engine.testapi.reading import integer_of


@dataclass(frozen=True, slots=True)
class Option:
    """A query parameter of every endpoint, and the header that says the same; the parameter wins."""

    query: str
    header: str
    about: str

    def of(self, call: Call) -> str:
        """What the request says; empty where it says nothing."""
        values = call.query.get(self.query)
        return values[-1] if values else call.headers.get(self.header.lower(), "")


DELAY = Option("delay", "X-Test-Delay", "Wait so many milliseconds before anything else.")
FAIL = Option("fail", "X-Test-Fail", f"Do nothing and answer with a status of 400 to 599, or: {', '.join(FAILURES)}.")
FAIL_TIMES = Option("failTimes", "X-Test-Fail-Times", "Fail (with 503, or as `fail` says) so many times, then answer.")
FAIL_KEY = Option("failKey", "X-Test-Fail-Key", "Requests with the same key are counted together for `failTimes`.")
OPTIONS = (DELAY, FAIL, FAIL_TIMES, FAIL_KEY)


def delay_of(call: Call) -> float:
    """Seconds to wait first; raises 400."""
    return integer_of(DELAY.of(call) or "0", DELAY.query, 0, MAX_DELAY_MS) / 1000


def failure_of(call: Call) -> Answer | None:
    """The failure that is due, if one is; counts the request; raises 400."""
    kind, times = FAIL.of(call), FAIL_TIMES.of(call)
    if not kind and not times:
        return None
    due = failure(kind or "503")
    if times:
        key = FAIL_KEY.of(call) or call.path
        if call.state.count(f"fail {call.method} {key}") > integer_of(times, FAIL_TIMES.query):
            return None
    return due
