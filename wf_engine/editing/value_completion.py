"""Completion of values: words, names of tasks and steps, what an input may be."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from wf_engine.analysis import StepAnalysis, WorkflowAnalysis, nested
from wf_engine.editing.called import called_contract
from wf_engine.editing.cursor import Cursor
from wf_engine.editing.documentation import contract_markdown
from wf_engine.editing.items import Item, Kind
from wf_engine.editing.name_completion import metadata_values
from wf_engine.editing.pipeline_completion import operation_items, path_items
from wf_engine.editing.pipeline_shapes import OneOperation, PathOrTree, PathToOne
from wf_engine.editing.placeholder import Placed
from wf_engine.editing.schema_words import FORMATS, likely_types
from wf_engine.editing.setting_names import secret_items
from wf_engine.editing.snippets import task_snippet
from wf_engine.editing.time_completion import cron_items, duration_items, zone_items
from wf_engine.editing.waiting import calling, cannot_wait_for
from wf_engine.editing.yaml_words import yaml_word
from wf_engine.language import fields_of, shapes
from wf_engine.syntax import Map, Scalar, Seq
from wf_engine.types import Answer, Type, assignable, properties, property_of
from wf_engine.workspace import Contract

_STATUSES = ("2xx", "200", "201", "202", "204", "404", "409", "3xx", "4xx")
_WORDS = re.compile(r"[a-z0-9]+")


def value_items(cursor: Cursor, placed: Placed, shape: shapes.Shape | None) -> Iterator[Item]:
    """The values of a shape that may stand at the cursor."""
    items = _ITEMS.get(type(shape))
    return iter(items(cursor, placed, shape)) if items is not None else iter(())


def _enum(cursor: Cursor, _: Placed, shape: shapes.Enum) -> Iterator[Item]:
    likely = _likely_word(cursor)
    return (Item(name, Kind.VALUE, name, about, rank=name != likely) for name, about in shape.values)


def _in_brackets(cursor: Cursor, placed: Placed, shape: shapes.ListOf) -> Iterator[Item]:
    """A list that is only begun, of items that are words."""
    if isinstance(shape.item, shapes.StepId | shapes.Enum | shapes.StatusCode):
        for item in value_items(cursor, placed, shape.item):
            yield replace(item, insert=f"[{item.insert}]")


def _likely_word(cursor: Cursor) -> str | None:
    """The word of an enumeration that goes with what stands around it."""
    around = cursor.trail.crumbs[-1].container if cursor.trail.crumbs else None
    match cursor.trail.path:
        case ("kind",):
            return "WorkflowTask" if cursor.source.path.endswith(".task.yaml") else "Workflow"
        case ("spec", "http", "method"):
            return "POST" if isinstance(around, Map) and around.pair("body") else "GET"
        case ("spec", "type"):
            return "transform" if isinstance(around, Map) and around.pair("transform") else "http"
    return None


def _words(*words: str) -> Iterator[Item]:
    for word in words:
        yield Item(word, Kind.VALUE, word)


def _schema_values(cursor: Cursor, placed: Placed, shape: shapes.Shape) -> Iterator[Item]:
    inside = cursor.field.inside
    if inside[-1:] == ("type",) or (inside[-2:-1] == ("type",) and isinstance(inside[-1], int)):
        for rank, word in enumerate(likely_types(cursor)):
            text = word if word != "null" or placed.quoted else '"null"'
            yield Item(word, Kind.VALUE, text, rank=rank)
    elif inside[-2:-1] == ("required",) and isinstance(inside[-1], int):
        yield from _required(cursor)
    elif inside[-1:] == ("format",):
        yield from _words(*FORMATS)
    elif inside[-1:] == ("required",) and not (isinstance(shape, shapes.Parameters) and len(inside) == _PARAMETER):
        yield from (replace(item, insert=f"[{item.insert}]") for item in _required(cursor))
    elif inside[-1:] and inside[-1] in ("required", "additionalProperties", "uniqueItems", "deprecated"):
        yield from _words("true", "false")


_PARAMETER = 2
"""Keys in front of a keyword of a parameter: its name, and the keyword."""


def _required(cursor: Cursor) -> Iterator[Item]:
    """The properties that are declared beside `required` and not listed yet."""
    listed = cursor.trail.crumbs[-1].container
    depth = -2 if isinstance(listed, Seq) else -1
    schema = cursor.trail.crumbs[depth].container
    properties = schema.get("properties") if isinstance(schema, Map) else None
    taken = {item.text for item in listed.items if isinstance(item, Scalar)} if isinstance(listed, Seq) else set()
    names = [pair.name for pair in properties.pairs if pair.name] if isinstance(properties, Map) else []
    for rank, name in enumerate(name for name in names if name not in taken):
        yield Item(name, Kind.PROPERTY, yaml_word(name), rank=rank)


def _references(cursor: Cursor, placed: Placed, kind: str) -> Iterator[Item]:
    record, container = cursor.container.record, cursor.trail.crumbs[-1].container
    takes_input = record is not None and "input" in fields_of(record)
    wants_input = takes_input and isinstance(container, Map) and container.pair("input") is None
    own = cursor.source.definition
    excluded = calling(cursor.workspace, own.key) if own and kind == "Workflow" else frozenset()
    for name in cursor.workspace.names_of(kind, cursor.namespace):
        namespace, _, bare = name.rpartition("/")
        found = cursor.workspace.contracts.get((kind, namespace or cursor.namespace, bare), ())
        for label, contract in _spelt(name, found):
            if contract.key in excluded:
                continue
            yield _reference(cursor, placed, contract, label, wants_input=wants_input, far=bool(namespace))


def _spelt(name: str, found: Sequence[Contract]) -> Iterator[tuple[str, Contract]]:
    """A name without a version, which means the highest, and with each that there is."""
    yield from ((name, contract) for contract in found[:1])
    yield from ((f"{name}@{each.key.version}", each) for each in found if each.key.version)


def _reference(cursor: Cursor, placed: Placed, contract: Contract, name: str, *, wants_input: bool, far: bool) -> Item:
    text, snippet = name, None
    if wants_input and not placed.quoted:
        text, snippet = task_snippet(name, contract, _given(cursor.step, contract), flow=placed.flow)
    pinned = "@" in name
    rank = -_likeness(cursor, contract, name) + 100 * far + 1000 * (contract.deprecated is not None)
    rank += 10 * pinned - 20 * (pinned and "@" in placed.typed)
    return Item(
        name, Kind.REFERENCE, text, contract.description or "", contract_markdown(contract), snippet,
        deprecated=contract.deprecated is not None, rank=rank,
    )  # fmt: skip


def _likeness(cursor: Cursor, contract: Contract, name: str) -> int:
    """How well a definition goes with what stands in the step already: its input, and the words of its id."""
    node = cursor.trail.crumbs[-1].container
    given, own = (node.get("input"), node.get("id")) if isinstance(node, Map) else (None, None)
    names = {pair.name for pair in given.pairs} if isinstance(given, Map) else set()
    fits = bool(names) and names <= contract.inputs.keys() and names >= set(contract.required)
    words = set(_WORDS.findall(own.text.lower())) if isinstance(own, Scalar) else set()
    return 4 * fits + len(words & set(_WORDS.findall(name.lower())))


def _given(step: StepAnalysis | None, contract: Contract) -> Mapping[str, str]:
    """What the required inputs may be given from: the workflow's own inputs of the same name, where they fit."""
    own = step.scope.input if step else None
    if own is None:
        return {}
    return {name: f'"{{{{input.{name}}}}}"' for name in contract.required if _fits(own, name, contract, name)}


def _fits(own: Type, name: str, contract: Contract, wanted: str) -> bool:
    have, want = property_of(own, name), property_of(contract.input_type, wanted)
    return have.status in ("required", "optional") and assignable(have.type, want.type).answer is not Answer.NO


def _step_ids(cursor: Cursor) -> Iterator[Item]:
    step = cursor.step
    excluded = cannot_wait_for(cursor)
    lists = [crumb.container for crumb in cursor.trail.crumbs if isinstance(crumb.container, Seq)]
    taken = {item.text for item in lists[-1].items if isinstance(item, Scalar)} if lists else set()
    runs = _runs(cursor.workflow)
    for name in step.siblings if step else ():
        if name not in excluded and name not in taken:
            yield Item(name, Kind.STEP, name, runs.get(name, ""))


def _runs(workflow: WorkflowAnalysis | None) -> dict[str | None, str]:
    """What each step runs; of two equal ids the first counts."""
    runs: dict[str | None, str] = {}
    for step in nested(workflow.steps) if workflow else ():
        runs.setdefault(step.id, step.task_ref or step.workflow_ref or "")
    return runs


def _input_values(cursor: Cursor, placed: Placed) -> Iterator[Item]:
    """Words that the schema lists, the workflow's inputs that fit, and the template that most values are."""
    contract, name = called_contract(cursor), cursor.trail.path[-1]
    schema = contract.inputs.get(name) if contract and isinstance(name, str) else None
    for word in _listed(schema):
        text = word if placed.quoted and isinstance(word, str) else yaml_word(word)
        yield Item(_label(word), Kind.VALUE, text, rank=0)
    own = cursor.step.scope.input if cursor.step else None
    if contract is not None and isinstance(name, str) and own is not None:
        for given in properties(own):
            if _fits(own, given, contract, name):
                yield _template(f"input.{given}", placed, rank=1 if given == name else 2)
    if cursor.field.shape == shapes.Tree("map"):
        return
    quote = "" if placed.quoted else '"'
    yield Item(
        "{{ }}", Kind.SNIPPET, f"{quote}{{{{}}}}{quote}", "a template", snippet=f"{quote}{{{{$0}}}}{quote}", rank=3
    )


def _template(expression: str, placed: Placed, rank: int) -> Item:
    text = f"{{{{{expression}}}}}"
    return Item(text, Kind.VALUE, text if placed.quoted else f'"{text}"', rank=rank)


def _listed(schema: Any) -> list[Any]:
    if not isinstance(schema, Mapping):
        return []
    if schema.get("type") == "boolean":
        return [True, False]
    words = schema.get("enum", [schema["const"]] if "const" in schema else [])
    return words if isinstance(words, list) else []


def _label(word: Any) -> str:
    return word if isinstance(word, str) else json.dumps(word, ensure_ascii=False)


_ITEMS: Mapping[type[shapes.Shape] | type[None], Callable[[Cursor, Placed, Any], Iterable[Item]]] = {
    shapes.Enum: _enum,
    shapes.WordOrObj: _enum,
    shapes.Bool: lambda *_: _words("true", "false"),
    shapes.Duration: duration_items,
    shapes.Cron: lambda cursor, placed, _: cron_items(cursor, placed),
    shapes.Zone: lambda cursor, *_: zone_items(cursor),
    shapes.SecretName: lambda cursor, *_: secret_items(cursor),
    shapes.Str: lambda cursor, *_: metadata_values(cursor),
    shapes.StatusCode: lambda *_: _words(*_STATUSES),
    shapes.Ref: lambda cursor, placed, shape: _references(cursor, placed, shape.target),
    shapes.StepId: lambda cursor, *_: _step_ids(cursor),
    shapes.Path: lambda cursor, placed, _: path_items(cursor, placed),
    shapes.JsonSchema: _schema_values,
    shapes.Parameters: _schema_values,
    shapes.Tree: lambda cursor, placed, _: _input_values(cursor, placed),
    shapes.ListOf: _in_brackets,
    PathToOne: lambda cursor, placed, _: path_items(cursor, placed, one=True),
    PathOrTree: lambda cursor, placed, _: (*path_items(cursor, placed), *_input_values(cursor, placed)),
    OneOperation: lambda _, placed, __: operation_items(placed),
}
