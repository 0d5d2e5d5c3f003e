"""What a task's `cache` says of one call: whether it is looked up, and what makes two calls the same (language §2)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from wf_engine.execution.caching import CacheUse
from wf_engine.execution.errors import Failure, StepError
from wf_engine.execution.transport import Request
from wf_engine.expressions import Expression, evaluate, resolve
from wf_engine.language import Cache, merged
from wf_engine.planning import inserted

_CREDENTIALS: Final = frozenset({"authorization", "cookie", "proxy-authorization"})
_OURS: Final = "idempotency-key"


def cache_policy(written: Cache | None, method: str, task: str) -> "CachePolicy | None":
    """The policy of the task that is called `task`, None where answers to this method are not kept."""
    if written is None:
        return None
    cache = merged(Cache, written)
    if method not in (cache.methods or ()):
        return None
    return CachePolicy(
        task=task,
        ttl=(cache.ttl or 0) / 1000,
        stale=(cache.stale_while_revalidate or 0) / 1000,
        only_success=bool(cache.only_success),
        key=written.key,
        bypass_when=written.bypass_when,
    )


@dataclass(frozen=True, slots=True)
class CachePolicy:
    """A task's `cache`, its durations in seconds."""

    task: str
    ttl: float
    stale: float
    only_success: bool
    key: Any
    bypass_when: Any

    def use(self, request: Request, scope: Mapping[str, Any]) -> CacheUse | None:
        """How a request uses the cache, None where it is left out. Raises ExpressionError, StepError."""
        if self._bypassed(scope):
            return None
        return CacheUse(self._key(request, scope), self.ttl, self.stale, self.only_success)

    def _bypassed(self, scope: Mapping[str, Any]) -> bool:
        written = self.bypass_when
        value = evaluate(written, scope) if isinstance(written, Expression) else written
        if value is None or value is False:
            return False
        if value is not True:
            raise StepError(_no_boolean())
        return True

    def _key(self, request: Request, scope: Mapping[str, Any]) -> tuple[str, ...]:
        """Without a `key`, all that is sent; with one, still whoever asks: nobody gets what others were shown."""
        if self.key is None:
            headers = {name: value for name, value in request.headers.items() if name.lower() != _OURS}
            body = "" if request.body is None else hashlib.sha256(request.body).hexdigest()
            return (self.task, request.method, request.url, body, _digest(headers))
        private = _CREDENTIALS | request.sensitive
        headers = {name: value for name, value in request.headers.items() if name.lower() in private}
        return (self.task, inserted(resolve(self.key, scope)), _digest(headers))


def _digest(headers: Mapping[str, str]) -> str:
    """What tells headers apart without keeping their values."""
    lines = sorted(f"{name.lower()}:{value}" for name, value in headers.items())
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def _no_boolean() -> Failure:
    return Failure(
        code="EXPRESSION_ERROR",
        message="`cache.bypassWhen` gives neither true nor false.",
        suggestion="Compare the value with something, such as `input.fresh == true`.",
    )
