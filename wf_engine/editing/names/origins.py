"""Where the shape of a value is written: in a schema, in an `output`, in the steps of a block (language §6)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from wf_engine.editing.names.model import Kind, Subject
from wf_engine.syntax import Map, Node, Scalar, Seq, resolved
from wf_engine.text import Location
from wf_engine.workspace import SourceDocument, Workspace


class Entry(NamedTuple):
    """What a key of a value means, and the shape of what stands under it."""

    subject: Subject | None
    value: "Origins"


class Origin:
    """One place that says what a value looks like; by itself it says nothing."""

    def entries(self, name: str) -> Iterable[Entry]:  # noqa: ARG002 - of nothing
        """What is under a key; nothing where the key is not declared."""
        return ()

    def items(self) -> "Origins":
        """The shape of the items, where the value is a list."""
        return ()

    def means(self) -> "Origins":
        """What the value is taken from, where that is written elsewhere."""
        return ()

    @property
    def location(self) -> Location | None:
        """Where it stands, None where that is no one place."""
        return None


Origins = tuple[Origin, ...]


@dataclass(frozen=True, eq=False)
class Described(Origin):
    """Base of the origins that stand in a document."""

    workspace: Workspace
    source: SourceDocument
    node: Node

    @property
    def location(self) -> Location | None:
        """Where it stands."""
        return self.workspace.location(self.source, self.node.place)

    def subject(self, kind: Kind, key: Node) -> Subject | None:
        """What is declared by a key of this document."""
        key = resolved(key)
        if not isinstance(key, Scalar):
            return None
        return Subject(kind, key.text, place=self.workspace.location(self.source, key.place))


_PARTS = ("allOf", "anyOf", "oneOf")
_BRANCHES = ("if", "then", "else", "not")


@dataclass(frozen=True, eq=False)
class Schema(Described):
    """A JSON Schema; `root` is what its references start from, `kind` what its own properties are."""

    root: Node
    kind: Kind = "property"

    def entries(self, name: str) -> Iterator[Entry]:
        """The property, wherever the schema declares it."""
        for schema in self.alternatives():
            properties = schema.get("properties")
            pair = properties.pair(name) if isinstance(properties, Map) else None
            if pair is not None:
                yield Entry(self.subject(self.kind, pair.key), (self._part(pair.value),))
            elif isinstance(rest := schema.get("additionalProperties"), Map):
                yield Entry(None, (self._part(rest),))

    def items(self) -> Origins:
        """The shape of the items."""
        found: list[Node] = []
        for schema in self.alternatives():
            found += [part for part in (schema.get("items"),) if isinstance(part, Map)]
            first = schema.get("prefixItems")
            found += first.items if isinstance(first, Seq) else ()
        return tuple([self._part(part) for part in found])

    def _part(self, node: Node) -> "Schema":
        return Schema(self.workspace, self.source, resolved(node), self.root)

    def alternatives(self) -> Iterator[Map]:
        """The schema and those that it is put together from, references followed."""
        seen: set[int] = set()
        todo = [self.node]
        while todo:
            node = resolved(todo.pop())
            if not isinstance(node, Map) or id(node) in seen:
                continue
            seen.add(id(node))
            yield node
            todo += [part for key in _BRANCHES if (part := node.get(key)) is not None]
            for key in _PARTS:
                parts = node.get(key)
                todo += parts.items if isinstance(parts, Seq) else ()
            reference = node.get("$ref")
            target = self._target(reference.text) if isinstance(reference, Scalar) else None
            todo += [target] if target is not None else []

    def _target(self, reference: str) -> Node | None:
        node: Node | None = self.root
        if not reference.startswith("#"):
            return None
        for key in filter(None, reference[1:].split("/")):
            step = key.replace("~1", "/").replace("~0", "~")
            if isinstance(node, Seq) and step.isdecimal() and int(step) < len(node.items):
                node = resolved(node.items[int(step)])
            else:
                node = node.get(step) if isinstance(node, Map) else None
        return node


@dataclass(frozen=True, eq=False)
class Parameters(Described):
    """A workflow's `input` as a map of parameters (language §3)."""

    def entries(self, name: str) -> Iterator[Entry]:
        """The parameter of that name."""
        pair = self.node.pair(name) if isinstance(self.node, Map) else None
        if pair is not None:
            value = resolved(pair.value)
            yield Entry(self.subject("input", pair.key), (Schema(self.workspace, self.source, value, value),))


@dataclass(frozen=True, eq=False)
class Made(Origin):
    """A value that is put together where it stands: a list or an object of an expression, the output of a loop."""

    entry_values: dict[str, Origins] = field(default_factory=dict)
    item_values: Origins = ()

    def entries(self, name: str) -> Iterator[Entry]:
        """What is under a key; no document declares it."""
        if name in self.entry_values:
            yield Entry(None, self.entry_values[name])

    def items(self) -> Origins:
        """The shape of the items."""
        return self.item_values


@dataclass(frozen=True, eq=False)
class Configured(Origin):
    """The roots `env` and `secrets`: their names stand in the configuration."""

    kind: Kind

    def entries(self, name: str) -> Iterator[Entry]:
        """Any name may be configured."""
        yield Entry(Subject(self.kind, name), ())


def entries_of(origins: Origins, name: str) -> tuple[tuple[Entry, ...], bool]:
    """What a key means of a value that comes from one of these, and whether it means one thing for certain."""
    found = [tuple(origin.entries(name)) for origin in leaves(origins)]
    entries = tuple([entry for each in found for entry in each])
    subjects = {entry.subject for entry in entries}
    return entries, len(subjects) == 1 and all(found)


def items_of(origins: Origins) -> Origins:
    """The shape of the items of a value that comes from one of these."""
    return tuple([item for origin in leaves(origins) for item in origin.items()])


def leaves(origins: Origins) -> Iterator[Origin]:
    """The origins, each that is taken from elsewhere replaced by where it is taken from."""
    seen: set[int] = set()
    todo = list(reversed(origins))
    while todo:
        origin = todo.pop()
        if id(origin) not in seen:
            seen.add(id(origin))
            taken = origin.means()
            todo.extend(reversed(taken))
            if not taken:
                yield origin
