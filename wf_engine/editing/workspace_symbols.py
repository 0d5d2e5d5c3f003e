"""Workspace symbols: tasks, workflows, steps and inputs of all files by a few letters of their names."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from wf_engine.analysis import nested
from wf_engine.language import WorkflowSpec
from wf_engine.syntax import Map, Place, Scalar
from wf_engine.text import Location
from wf_engine.workspace import Definition, Workspace

MOST = 200
"""Symbols of one answer: of more, a person reads none."""


@dataclass(frozen=True, slots=True)
class Found:
    """A thing with a name; where it stands is told when somebody asks (`located`)."""

    name: str
    kind: Literal["task", "workflow", "step", "input"]
    container: str
    """The workflow that it is in, or the namespace."""
    path: str
    index: int
    """Number of the document in the file."""


def workspace_symbols(workspace: Workspace, query: str) -> tuple[Found, ...]:
    """What goes with some letters, the best first: they stand in its name in their order."""
    scored = [(score, number, each) for number, each in enumerate(_all(workspace)) if (score := _score(each, query))]
    scored.sort(key=lambda each: (-each[0], each[2].name, each[1]))
    return tuple([each for _, _, each in scored[:MOST]])


def located(workspace: Workspace, symbol: Found) -> Location | None:
    """Where a symbol stands; None where it is gone."""
    file = workspace.files.get(symbol.path)
    if file is None or symbol.index >= len(file.documents):
        return None
    source = file.documents[symbol.index]
    definition = source.definition
    place = _place(definition, symbol) if definition else None
    return workspace.location(source, place) if place else None


def _place(definition: Definition, symbol: Found) -> Place | None:
    spec = definition.model.spec
    if symbol.kind in ("task", "workflow"):
        return definition.name_place
    if symbol.kind == "step":
        steps = nested(spec.tasks or ()) if isinstance(spec, WorkflowSpec) else ()
        found = next((step for step in steps if step.id == symbol.name and step.node is not None), None)
        node = found.node.get("id") if found and found.node else None
        return node.place if node else None
    inputs = _inputs(definition)
    return inputs[symbol.name].place if symbol.name in inputs else None


def _all(workspace: Workspace) -> Iterator[Found]:
    for path in sorted(workspace.files):
        for definition in workspace.files[path].definitions():
            key, index = definition.key, definition.source.index
            kind: Literal["task", "workflow"] = "task" if key.kind == "WorkflowTask" else "workflow"
            yield Found(key.name, kind, key.namespace, path, index)
            spec = definition.model.spec
            for name in _inputs(definition):
                yield Found(name, "input", key.name, path, index)
            for step in nested(spec.tasks or ()) if isinstance(spec, WorkflowSpec) else ():
                if step.id:
                    yield Found(step.id, "step", key.name, path, index)


def _inputs(definition: Definition) -> dict[str, Scalar]:
    """The keys of the inputs of a workflow by name."""
    spec = definition.model.spec
    written = spec.node.get("input") if isinstance(spec, WorkflowSpec) and spec.node else None
    if isinstance(written, Map) and isinstance(kind := written.get("type"), Scalar) and kind.value == "object":
        written = written.get("properties")
    pairs = written.pairs if isinstance(written, Map) else ()
    return {pair.name: pair.key for pair in pairs if pair.name is not None and isinstance(pair.key, Scalar)}


_KINDS = {"workflow": 3, "task": 2, "step": 1, "input": 0}


def _score(symbol: Found, query: str) -> float:
    """How well a name goes with some letters; 0 where they do not stand in it in their order."""
    name, wanted = symbol.name.lower(), "".join(query.lower().split())
    rank = 1 + _KINDS[symbol.kind] / 10
    if not wanted:
        return rank
    if name == wanted:
        return 100 + rank
    if name.startswith(wanted):
        return 50 + rank - len(name) / 1000
    if wanted in name:
        return 25 + rank - len(name) / 1000
    return rank if _in_order(wanted, name) else 0


def _in_order(wanted: str, name: str) -> bool:
    rest = iter(name)
    return all(letter in rest for letter in wanted)
