"""Old spellings of `retry` (language §10): n retries are n + 1 attempts."""

from collections.abc import Mapping

from wf_engine.language.durations import duration_ms
from wf_engine.language.sites import Problem
from wf_engine.language.spellings.model import OLD_KINDS, Edits, Rewritten, Rule, key_edit, old, rewritten, synthetic
from wf_engine.language.values import first_line, given
from wf_engine.syntax.nodes import Map, Node, Pair, Scalar, Seq, resolved

_MOST_ATTEMPTS = 10


def _whole(node: Node) -> int | None:
    value = node.value if isinstance(node, Scalar) and not node.broken else None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _own(pair: Pair) -> bool:
    """Whether the value is this entry's alone, with no anchor that others refer to and no tag that says what it is."""
    value = pair.value
    apart = value.segment is not pair.key.segment
    return apart or not {"&", "!"} & set(value.segment.text[pair.key.end : value.start])


def _attempts(pair: Pair) -> tuple[Scalar | None, tuple[Problem, ...]]:
    """The attempts that a number of retries means; None where it is no number."""
    node = resolved(pair.value)
    retries = _whole(node)
    if retries is None:
        return _no_number(pair, node)
    if 0 <= retries < _MOST_ATTEMPTS:
        return synthetic(node, str(retries + 1), retries + 1), ()
    scalar = synthetic(node, str(retries + 1), retries + 1)
    scalar.broken = True
    message = f"`{retries}` is out of range: a whole number of retries from 0 to {_MOST_ATTEMPTS - 1} is wanted"
    hint = "today it is `retry: {maxAttempts: …}`, the first attempt included, at most 10"
    return scalar, (Problem("invalid-value", pair.value.place, message, hint, node=node),)


def _no_number(pair: Pair, node: Node) -> tuple[Scalar | None, tuple[Problem, ...]]:
    if not isinstance(node, Map | Seq | Scalar) or (isinstance(node, Scalar) and node.broken):
        return None, ()
    scalar = synthetic(node, "")
    scalar.broken = True
    wanted = f"a whole number of retries from 0 to {_MOST_ATTEMPTS - 1}"
    if isinstance(node, Scalar) and node.style == "missing":
        problem = Problem("wrong-type", pair.key.place, f"`{pair.name}` has no value", f"write {wanted}")
        return scalar, (problem,)
    better = node.text if isinstance(node, Scalar) and node.text.isdecimal() and node.text.isascii() else None
    hint = "write it without quotes" if better else None
    message = f"{given(node)}, but {wanted} is wanted"
    return scalar, (Problem("wrong-type", first_line(node), message, hint, node=node, better=better),)


def _max_retries(_: Map, pair: Pair) -> Rewritten:
    attempts, wrong = _attempts(pair)
    key = synthetic(pair.key, "maxAttempts")
    if attempts is None or wrong:
        said = wrong or (old("old-retry-policy", pair.key.place, "maxRetries", "maxAttempts", ()),)
        return Rewritten(pair.changed(key=key, value=attempts or pair.value), said)
    edits = (*key_edit(pair, "maxAttempts"), (pair.value.place, attempts.text)) if _own(pair) else ()
    said = (old("old-retry-policy", pair.key.place, pair.name or "", f"maxAttempts: {attempts.text}", edits),)
    return Rewritten(pair.changed(key=key, value=attempts), said)


def _backoff_ms(_: Map, pair: Pair) -> Rewritten:
    node = resolved(pair.value)
    milliseconds = _whole(node)
    key = synthetic(pair.key, "initialDelay")
    if isinstance(node, Scalar) and isinstance(node.value, str) and duration_ms(node.value) is not None:
        said = old("old-backoff", pair.key.place, "backoffMs", "initialDelay", key_edit(pair, "initialDelay"))
        return Rewritten(pair.changed(key=key), (said,))
    if milliseconds is None or milliseconds < 0:
        return Rewritten(pair.changed(key=key), (old("old-backoff", pair.key.place, "backoffMs", "initialDelay", ()),))
    delay = synthetic(node, f"{milliseconds}ms")
    edits = (*key_edit(pair, "initialDelay"), (pair.value.place, delay.text))
    said = old("old-backoff", pair.key.place, "backoffMs", f"initialDelay: {delay.text}", edits)
    return Rewritten(pair.changed(key=key, value=delay), (said,))


_MULTIPLIERS = {"exponential": 2, "fixed": 1, "constant": 1}


def _backoff(_: Map, pair: Pair) -> Rewritten:
    """A duration or a number of milliseconds is the first wait; a word says how the waits grow."""
    node = resolved(pair.value)
    text = node.text if isinstance(node, Scalar) else ""
    number = _MULTIPLIERS.get(text)
    if number is not None:
        return _as(pair, "multiplier", synthetic(node, str(number), number))
    milliseconds = _whole(node)
    if milliseconds is not None and milliseconds >= 0:
        return _as(pair, "initialDelay", synthetic(node, f"{milliseconds}ms"))
    if duration_ms(text) is not None:
        return _as(pair, "initialDelay", synthetic(node, text))
    if isinstance(node, Scalar) and node.broken:
        return Rewritten(pair.changed(key=synthetic(pair.key, "initialDelay")), ())
    broken = synthetic(node, text)
    broken.broken = True
    message = "`backoff` is a duration such as `200ms`, or `exponential`, or `fixed`"
    hint = "today it is `initialDelay`, the first wait, and `multiplier`, how much longer each one is"
    said = Problem("invalid-value", pair.value.place, message, hint, node=node)
    return Rewritten(pair.changed(key=synthetic(pair.key, "initialDelay"), value=broken), (said,))


def _as(pair: Pair, name: str, value: Scalar) -> Rewritten:
    edits = (*key_edit(pair, name), (pair.value.place, value.text))
    said = old("old-retry-policy", pair.key.place, "backoff", f"{name}: {value.text}", edits)
    return Rewritten(pair.changed(key=synthetic(pair.key, name), value=value), (said,))


def _policy(_: Map, pair: Pair) -> Rewritten:
    """`retryPolicy` with all that is old in it is one old spelling."""
    key, value = synthetic(pair.key, "retry"), resolved(pair.value)
    inner = rewritten(RETRY_RULES, value) if isinstance(value, Map) else None
    found = inner.problems if inner else ()
    edits: Edits = key_edit(pair, "retry")
    for problem in found:
        edits += problem.edits
    worse = tuple(problem for problem in found if problem.kind not in OLD_KINDS)
    said = old("old-retry-policy", pair.key.place, "retryPolicy", "retry", () if worse else edits)
    return Rewritten(pair.changed(key=key, value=inner.node if inner else pair.value), worse or (said,))


def _retry_count(_: Map, pair: Pair) -> Rewritten:
    attempts, wrong = _attempts(pair)
    value = attempts or pair.value
    entry = Pair(synthetic(pair.key, "maxAttempts"), value)
    node = Map(value.segment, value.start, value.end, (entry,), flow=True)
    now = f"retry: {{maxAttempts: {attempts.text if attempts else '…'}}}"
    edits: Edits = ()
    if attempts is not None and _own(pair):
        edits = (*key_edit(pair, "retry"), (pair.value.place, f"{{maxAttempts: {attempts.text}}}"))
    said = old("old-retry-count", pair.key.place, "retryCount", now, edits)
    return Rewritten(Pair(synthetic(pair.key, "retry"), node, merged=pair.merged), wrong or (said,))


RETRY_RULES: Mapping[str, Rule] = {"maxRetries": _max_retries, "backoffMs": _backoff_ms, "backoff": _backoff}
RETRIED_RULES: Mapping[str, Rule] = {"retryPolicy": _policy, "retryCount": _retry_count}
