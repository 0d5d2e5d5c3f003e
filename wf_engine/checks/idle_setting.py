"""WF213 idle-setting."""

from collections.abc import Iterator

from wf_engine.analysis import TaskAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.language import TaskSpec
from wf_engine.language.defaults import default
from wf_engine.language.task import Cache
from wf_engine.syntax import Seq
from wf_engine.text import Severity

_OF_CALLS = ("retry", "cache", "circuitBreaker", "responseValidation")
"""Settings that only a call has a use for."""


@check(
    "task",
    "WF213",
    "idle-setting",
    Severity.WARNING,
    "A setting of a task that has no effect on what it does.",
    tags=("unnecessary",),
    yields_to="fields",
)
def idle_setting(task: TaskAnalysis) -> Iterator[Draft]:
    """What belongs to calls has no effect on a transformation, and a cache none on methods that it does not keep."""
    spec = task.model.spec
    if spec is None or spec.node is None:
        return
    if spec.type == "transform" and spec.node.pair("http") is None:
        for pair in spec.node.pairs:
            if pair.name in _OF_CALLS:
                message = f"`{pair.name}` has no effect on a transformation, which makes no call"
                yield Draft(pair.key.place, message, "remove it")
    yield from _cache(spec)


def _unreadable_methods(cache: Cache) -> bool:
    node = cache.node.get("methods") if cache.node else None
    return node is not None and not (isinstance(node, Seq) and len(node.items) == len(cache.methods or ()))


def _cache(spec: TaskSpec) -> Iterator[Draft]:
    pair = spec.node.pair("cache") if spec.node else None
    if pair is None or spec.cache is None or spec.http is None or spec.http.method is None or spec.type != "http":
        return
    if _unreadable_methods(spec.cache):
        return
    kept = spec.cache.methods if spec.cache.methods is not None else default(Cache, "methods")
    if spec.http.method not in kept:
        message = (
            f"nothing is ever kept: the cache is for {', '.join(kept) or 'no method'}, and this is {spec.http.method}"
        )
        yield Draft(pair.key.place, message, f"remove `cache`, or add `methods: [{spec.http.method}]` to it")
