"""Which record has which old spellings (language §10)."""

from collections.abc import Mapping

from wf_engine.language.documents import API_VERSION, GROUPS, TaskDocument, TestDocument, WorkflowDocument
from wf_engine.language.records import Record
from wf_engine.language.spellings.model import Modern, Rewritten, Rule, key_edit, old, renamed, rewritten, synthetic
from wf_engine.language.spellings.pipeline import pipeline
from wf_engine.language.spellings.retries import RETRIED_RULES, RETRY_RULES
from wf_engine.language.spellings.wrapping import column, under_key
from wf_engine.language.task import Retry, TaskSpec, Transform
from wf_engine.language.workflow import ForEach, Step, WorkflowSpec
from wf_engine.syntax.nodes import Map, Pair, Place, Scalar, Seq, resolved
from wf_engine.text import Span

_OLD_VERSIONS = tuple(f"{group}/v1" for group in GROUPS[1:])
_SCHEMA_WORDS = frozenset(
    {"type", "properties", "required", "additionalProperties", "patternProperties", "description", "title", "default"}
    | {"$ref", "$defs", "$schema", "$id", "allOf", "anyOf", "oneOf", "not", "if", "enum", "const", "examples"}
)


def _api_version(_: Map, pair: Pair) -> Rewritten | None:
    node = resolved(pair.value)
    if not isinstance(node, Scalar) or node.text not in _OLD_VERSIONS:
        return None
    said = old("old-group", pair.value.place, node.text, API_VERSION, ((node.place, API_VERSION),))
    return Rewritten(pair.changed(value=synthetic(node, API_VERSION)), (said,))


def _condition(node: Map, pair: Pair) -> Rewritten | None:
    """A condition that is no map is its `if`."""
    value = resolved(pair.value)
    if not isinstance(value, Scalar) or value.style == "missing" or value.broken:
        return None
    key = Scalar(value.segment, value.start, value.start, "if", "if", "plain")
    inner = Map(value.segment, value.start, value.end, (Pair(key, pair.value),), flow=True)
    now = "condition: {if: …}"
    said = old("old-condition", pair.key.place, "condition: …", now, under_key(node, pair, "if"))
    return Rewritten(pair.changed(value=inner), (said,))


def _input_schema(_: Map, pair: Pair) -> Rewritten:
    """A JSON Schema under `input` is told by `type: object`, which need not be written under `inputSchema`."""
    key, value = synthetic(pair.key, "input"), resolved(pair.value)
    kind = value.get("type") if isinstance(value, Map) else None
    edits = key_edit(pair, "input")
    if isinstance(value, Map) and kind is None and not _parameters(value):
        first = value.pairs[0].key
        typed = Pair(synthetic(pair.key, "type"), synthetic(pair.key, "object"))
        behind = ", " if value.flow else "\n" + " " * column(first)
        edits = (*edits, (Place(first.segment, Span(first.start, first.start)), f"type: object{behind}"))
        value = Map(value.segment, value.start, value.end, (typed, *value.pairs), flow=value.flow)
    elif isinstance(value, Map) and isinstance(kind, Seq):
        typed = Pair(synthetic(kind, "type"), synthetic(kind, "object"))
        edits = (*edits, (kind.place, "object"))
        others = [typed if each.name == "type" else each for each in value.pairs]
        value = Map(value.segment, value.start, value.end, tuple(others), flow=value.flow)
    said = old("old-input-schema", pair.key.place, "inputSchema", "input", edits)
    return Rewritten(pair.changed(key=key, value=value), (said,))


def _parameters(value: Map) -> bool:
    """Whether a schema without a type is rather a map of parameters, or empty."""
    return all(pair.name not in _SCHEMA_WORDS and isinstance(resolved(pair.value), Map) for pair in value.pairs)


_DOCUMENT: Mapping[str, Rule] = {"apiVersion": _api_version}
_RULES: Mapping[type[Record], Mapping[str, Rule]] = {
    WorkflowDocument: _DOCUMENT,
    TaskDocument: _DOCUMENT,
    TestDocument: _DOCUMENT,
    WorkflowSpec: {"inputSchema": _input_schema},
    TaskSpec: {"request": renamed("old-request", "request", "http"), **RETRIED_RULES},
    Step: {"condition": _condition, **RETRIED_RULES},
    ForEach: {
        "maxParallel": renamed("old-max-parallel", "maxParallel", "maxConcurrency"),
        "collection": renamed("old-collection", "collection", "items"),
    },
    Transform: {"query": renamed("old-query", "query", "jsonPath"), "pipeline": pipeline},
    Retry: RETRY_RULES,
}
_NAMES: Mapping[type[Record], Mapping[str, str]] = {
    WorkflowSpec: {"inputSchema": "input"},
    TaskSpec: {"request": "http", "retryPolicy": "retry"},
    Step: {"retryPolicy": "retry"},
    ForEach: {"maxParallel": "maxConcurrency", "collection": "items"},
    Transform: {"query": "jsonPath"},
    Retry: {"maxRetries": "maxAttempts", "backoffMs": "initialDelay", "backoff": "initialDelay"},
}


def modernised(record: type[Record], node: Map) -> Modern:
    """The map of a record in today's spelling. Read once in the life of the node, which comes back where nothing is old."""
    rules = _RULES.get(record)
    if rules is None or rules.keys().isdisjoint(node.names):
        return Modern(node)
    return node.remember(("modern", record), lambda: _modern(rules, node))


def _modern(rules: Mapping[str, Rule], node: Map) -> Modern:
    old = ((rules[pair.name], pair) for pair in node.pairs if pair.name is not None and pair.name in rules)
    return rewritten(rules, node) if any(rule(node, pair) for rule, pair in old) else Modern(node)


def modern_name(record: type[Record], name: str) -> str:
    """Today's name of a field, whichever spelling is given."""
    return _NAMES.get(record, {}).get(name, name)
