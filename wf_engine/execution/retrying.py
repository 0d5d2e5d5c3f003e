"""Whether and when a failed attempt is made again (language §2)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

from wf_engine.execution.errors import Failure
from wf_engine.language import Retry, merged

_UNSAFE = frozenset({"POST", "PATCH"})


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Delays are in seconds. `unsafe`: repeating could do something twice, so only what was never sent is repeated."""

    max_attempts: int
    initial_delay: float
    multiplier: float
    max_delay: float
    jitter: bool
    causes: frozenset[str]
    unsafe: bool
    keyed: bool
    """Every attempt carries the same `Idempotency-Key`."""

    def delay(self, failure: Failure, attempts: int, random: Callable[[], float]) -> float | None:
        """Seconds to wait after `attempts` failed ones, None where no more are made; `random` gives [0, 1)."""
        if attempts >= self.max_attempts or failure.cause not in self.causes or (self.unsafe and failure.sent):
            return None
        try:
            delay = min(self.initial_delay * self.multiplier ** (attempts - 1), self.max_delay)
        except OverflowError:
            delay = self.max_delay
        if self.jitter:
            delay *= 0.5 + random() / 2
        return min(max(delay, failure.retry_after or 0), self.max_delay)


def retry_policy(method: str, step: Retry | None, task: Retry | None) -> RetryPolicy:
    """The policy of a step: what it writes, then what its task writes, then the defaults."""
    written = step is not None or task is not None
    retry = merged(Retry, step, task)
    may_repeat = written or method not in _UNSAFE
    return RetryPolicy(
        max_attempts=retry.max_attempts or 1,
        initial_delay=(retry.initial_delay or 0) / 1000,
        multiplier=retry.multiplier or 1,
        max_delay=(retry.max_delay or 0) / 1000,
        jitter=bool(retry.jitter),
        causes=frozenset(retry.causes or ()),
        unsafe=not may_repeat,
        keyed=written and method in _UNSAFE,
    )


def retry_after(header: str | None, now: float) -> float | None:
    """Seconds that a `Retry-After` header asks for, as a number or a date; None where it says nothing."""
    if header is None:
        return None
    header = header.strip()
    if header.isdecimal():
        return float(header[:12])
    try:
        date = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - now)
