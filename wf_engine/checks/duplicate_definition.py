"""WF306 duplicate-definition."""

from collections.abc import Iterator
from typing import NamedTuple

from wf_engine.analysis.tested import namespace_of
from wf_engine.checks.base import Draft, check
from wf_engine.language import DefinitionKey
from wf_engine.syntax import Place
from wf_engine.text import Severity
from wf_engine.workspace import SourceDocument, Workspace

_SPOKEN = {"Workflow": "workflow", "WorkflowTask": "task", "WorkflowTest": "test"}


class Named(NamedTuple):
    """A document with its name, and where that stands."""

    key: DefinitionKey
    source: SourceDocument
    place: Place


@check(
    "workspace",
    "WF306",
    "duplicate-definition",
    Severity.ERROR,
    "Two definitions of the same kind, namespace, name and version.",
)
def duplicate_definition(workspace: Workspace, source: SourceDocument) -> Iterator[Draft]:
    """Reported on each of them, with the place of the other."""
    own = _test(source) if source.test is not None else _definition(source)
    if own is None:
        return
    key = own.key
    others = [each for each in _of_that_name(workspace, key) if each.key == key and each.source is not source]
    if others:
        version = f" version {key.version}" if key.version else ""
        where = _where(source, others[0].source)
        message = f"the {_SPOKEN[key.kind]} `{key.name}`{version} is defined {where} too"
        hint = "rename one of them" + (", or give them different versions" if key.kind == "Workflow" else "")
        related = tuple((workspace.location(each.source, each.place), f"the other `{key.name}`") for each in others)
        yield Draft(own.place, message, hint, related)


def _of_that_name(workspace: Workspace, key: DefinitionKey) -> list[Named]:
    if key.kind == "WorkflowTest":
        return _tests(workspace).get(key, [])
    found = workspace.names.get((key.kind, key.namespace, key.name), ())
    return [named for each in found if (named := _definition(each.source)) is not None]


def _where(own: SourceDocument, other: SourceDocument) -> str:
    if other.path != own.path:
        return f"in `{_seen_from(own.path, other.path)}`"
    return "further up in this file" if other.index < own.index else "further down in this file"


def _seen_from(path: str, other: str) -> str:
    """A path from the folder that both files are in: what is above that says nothing."""
    shared = 0
    for number, (one, two) in enumerate(zip(path, other, strict=False)):
        if one != two:
            break
        if one in "/\\":
            shared = number + 1
    return other[shared:]


def _definition(source: SourceDocument) -> Named | None:
    own = source.definition
    return Named(own.key, source, own.name_place) if own is not None and own.name_place is not None else None


def _test(source: SourceDocument) -> Named | None:
    metadata = source.test.metadata if source.test else None
    node = metadata.node.get("name") if metadata and metadata.node else None
    if source.test is None or metadata is None or not metadata.name or node is None:
        return None
    return Named(DefinitionKey("WorkflowTest", namespace_of(source.test), metadata.name), source, node.place)


def _tests(workspace: Workspace) -> dict[DefinitionKey, list[Named]]:
    """The tests of a snapshot by name, for all that ask in it."""
    known: tuple[object, dict[DefinitionKey, list[Named]]] = workspace.memo.get("tests", (None, {}))
    if known[0] is not workspace.files:
        found: dict[DefinitionKey, list[Named]] = {}
        for named in filter(None, map(_test, workspace.documents())):
            found.setdefault(named.key, []).append(named)
        known = workspace.memo["tests"] = (workspace.files, found)
    return known[1]
