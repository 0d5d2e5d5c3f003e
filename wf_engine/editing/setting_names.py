"""Completion of what a workspace is configured with: variables and secrets, by name."""

from collections import Counter
from collections.abc import Collection, Iterator

from wf_engine.analysis import facts_of, site_reads
from wf_engine.editing.cursor import Cursor
from wf_engine.editing.items import Item, Kind
from wf_engine.language import WorkflowDocument
from wf_engine.workspace import SourceDocument


def used_variables(cursor: Cursor) -> Iterator[Item]:
    """Variables that the workspace reads, the most used first, where none is configured: where it runs, they may be."""
    if not cursor.workspace.settings.env:
        yield from _items(_reads(cursor, "env"), (), "read elsewhere")


def secret_items(cursor: Cursor) -> Iterator[Item]:
    """Secrets that are there, then those that the workspace only names, the most used first."""
    yield from _items(_reads(cursor, "secrets"), cursor.workspace.secrets, "named elsewhere")


def _items(used: Counter[str], there: Collection[str], about: str) -> Iterator[Item]:
    order = sorted(used.keys() | set(there), key=lambda name: (name not in there, -used[name], name))
    for rank, name in enumerate(order):
        yield Item(name, Kind.PROPERTY, name, "configured" if name in there else about, rank=rank)


def _reads(cursor: Cursor, root: str) -> Counter[str]:
    """How often each name under a root is read, or given as `secretRef`, in all documents."""
    return Counter(
        name for source in cursor.workspace.documents() for of, name in _read_in(source) if of == root and name
    )


def _read_in(source: SourceDocument) -> Iterator[tuple[str, str | None]]:
    model = source.model
    spec = model.spec if isinstance(model, WorkflowDocument) else None
    for site in model.reading.sites if model else ():
        yield from site_reads(site)
    for step in spec.tasks or () if spec else ():
        yield from facts_of(step).reads
    for trigger in spec.triggers or () if spec else ():
        yield "secrets", trigger.secret_ref
