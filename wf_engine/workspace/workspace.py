"""The workspace: all documents under some folders and the settings, as one value."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from wf_engine.language import DefinitionKey
from wf_engine.syntax import Place
from wf_engine.text import Edit, Location
from wf_engine.workspace.contracts import Contract
from wf_engine.workspace.files import Definition, SourceDocument, SourceFile
from wf_engine.workspace.references import Reference, reference, version_order
from wf_engine.workspace.settings import Settings

Name = tuple[str, str, str]
"""Kind, namespace and name."""
Names = Mapping[Name, tuple[Definition, ...]]
"""Definitions by name, the highest version first."""
Contracts = Mapping[Name, tuple[Contract, ...]]


@dataclass(frozen=True)
class Change:
    """A file that is new or has another text (`file`), or that is gone (None)."""

    path: str
    file: SourceFile | None


@dataclass(frozen=True, eq=False)
class Workspace:
    """An immutable snapshot. `apply` and `edited` make a new one that shares all that did not change."""

    files: Mapping[str, SourceFile] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    names: Names = field(default_factory=dict)
    contracts: Contracts = field(default_factory=dict)
    """The same object as in the snapshot before, unless a contract changed: what rests on contracts alone still holds."""
    complete: bool = True
    """False while files are still being read: what is not there may yet come, so nothing is reported as missing."""
    secrets: tuple[str, ...] = ()
    """Names of the secrets that are known to be there, for suggestions alone."""
    memo: dict[Any, Any] = field(default_factory=dict)
    """What earlier snapshots found out, keyed by what it was found out about; a reader compares the facts it rests on."""

    @classmethod
    def of(cls, files: Mapping[str, str], settings: Settings | None = None) -> "Workspace":
        """The workspace of some texts by path."""
        parsed = (Change(path, SourceFile.parse(path, text)) for path, text in files.items())
        return cls(settings=settings or Settings()).apply(parsed)

    def apply(self, changes: Iterable[Change]) -> "Workspace":
        """The workspace after some changes."""
        files, names = dict(self.files), dict(self.names)
        touched: set[Name] = set()
        for change in changes:
            before = files.get(change.path)
            if change.file is None:
                files.pop(change.path, None)
            else:
                files[change.path] = change.file
            touched |= _reindex(names, before, change.file)
        return replace(self, files=files, names=names, contracts=_contracts(self.contracts, names, touched))

    def with_text(self, path: str, text: str) -> "Workspace":
        """The workspace with a file of this text."""
        return self.apply([Change(path, SourceFile.parse(path, text))])

    def without(self, path: str) -> "Workspace":
        """The workspace without a file."""
        return self.apply([Change(path, None)])

    def edited(self, path: str, edit: Edit) -> "Workspace":
        """The workspace after an edit in a file."""
        return self.apply([Change(path, self.files[path].edited(edit))])

    def with_settings(self, settings: Settings) -> "Workspace":
        """The workspace under other settings."""
        return replace(self, settings=settings)

    def with_secrets(self, names: Iterable[str]) -> "Workspace":
        """The workspace where these secrets are there."""
        return replace(self, secrets=tuple(names))

    def completed(self, *, complete: bool = True) -> "Workspace":
        """The same workspace once all its files are read, or while they are being read."""
        return replace(self, complete=complete)

    def documents(self) -> Iterator[SourceDocument]:
        """All documents of ours."""
        for file in self.files.values():
            for document in file.documents:
                if document.ours:
                    yield document

    def definitions(self, kind: str) -> Iterator[Definition]:
        """All definitions of a kind."""
        for (of_kind, _, _), found in self.names.items():
            if of_kind == kind:
                yield from found

    def task(self, ref: str, namespace: str = "default") -> Definition | None:
        """The task that `[ns/]name` means in a document of `namespace`."""
        wanted = reference(ref, namespace)
        found = self.names.get(("WorkflowTask", wanted.namespace, wanted.name))
        return found[0] if found else None

    def workflow(self, ref: str, namespace: str = "default") -> Definition | None:
        """The workflow that `[ns/]name[@version]` means in a document of `namespace`."""
        wanted = reference(ref, namespace)
        found = self.names.get(("Workflow", wanted.namespace, wanted.name), ())
        return next((each for each in found if wanted.version is None or each.key.version == wanted.version), None)

    def contract(self, kind: str, wanted: Reference) -> Contract | None:
        """The contract of what a reference means."""
        found = self.contracts.get((kind, wanted.namespace, wanted.name), ())
        return next((each for each in found if wanted.version is None or each.key.version == wanted.version), None)

    def names_of(self, kind: str, namespace: str) -> tuple[str, ...]:
        """Names of a kind as a document of `namespace` writes them, in order, those of its own namespace first."""
        own = [name for of_kind, ns, name in self.names if of_kind == kind and ns == namespace]
        others = [f"{ns}/{name}" for of_kind, ns, name in self.names if of_kind == kind and ns != namespace]
        return (*sorted(own), *sorted(others))

    def location(self, document: SourceDocument, place: Place) -> Location:
        """The location of a place in a document of this workspace."""
        return self.files[document.path].location(document.index, place)


def _reindex(
    names: dict[Name, tuple[Definition, ...]], before: SourceFile | None, after: SourceFile | None
) -> set[Name]:
    """Replaces the definitions of a file by those it has now; gives the names that were touched."""
    old = before.definitions() if before else ()
    new = after.definitions() if after else ()
    for definition in old:
        name = _name(definition.key)
        left = tuple(each for each in names[name] if each is not definition)
        if left:
            names[name] = left
        else:
            del names[name]
    for definition in new:
        name = _name(definition.key)
        names[name] = tuple(sorted((*names.get(name, ()), definition), key=_place))
        names[name] = tuple(sorted(names[name], key=lambda each: version_order(each.key.version), reverse=True))
    return {_name(definition.key) for definition in (*old, *new)}


def _place(definition: Definition) -> tuple[str, int]:
    """Of two definitions that are equal in everything, the first in this order counts, whichever was read first."""
    return (definition.path, definition.source.index)


def _contracts(before: Contracts, names: Names, touched: set[Name]) -> Contracts:
    changed: dict[Name, tuple[Contract, ...]] = {}
    for name in touched:
        now = tuple(each.contract for each in names.get(name, ()))
        if now != before.get(name, ()):
            changed[name] = now
    if not changed:
        return before
    return {name: contracts for name, contracts in {**before, **changed}.items() if contracts}


def _name(key: DefinitionKey) -> Name:
    return (key.kind, key.namespace, key.name)
