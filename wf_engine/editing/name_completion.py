"""Completion of names that a user gives in maps and in `metadata`, of those that mean something already."""

import re
from collections.abc import Collection, Iterator

from wf_engine.analysis import nested
from wf_engine.analysis.tested import step_paths, tested_workflow
from wf_engine.editing.cursor import Cursor
from wf_engine.editing.items import Item, Kind
from wf_engine.editing.setting_names import secret_items
from wf_engine.language import Metadata, WorkflowDocument, shapes
from wf_engine.language.documents import is_name
from wf_engine.workspace import Definition

_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")
_HEADERS = {
    "Accept": "which types are understood",
    "Authorization": "who asks, such as `Bearer …`",
    "Content-Type": "the type of the body",
    "Accept-Language": "which languages are understood",
    "Cache-Control": "how caches on the way behave",
    "Cookie": "cookies",
    "If-Match": "only if it is this version",
    "If-None-Match": "only if it is another version",
    "Idempotency-Key": "the same request is carried out once",
    "User-Agent": "which program asks",
    "X-Request-Id": "joins what belongs together in logs",
}


def map_names(cursor: Cursor, shape: shapes.MapOf, present: Collection[str | None]) -> Iterator[Item]:
    """Names that may stand in a map, by the field that it is."""
    for item in _names(cursor, shape, cursor.container.spec.name if cursor.container.spec else ""):
        if item.label not in present:
            yield item


def _names(cursor: Cursor, shape: shapes.MapOf, field: str) -> Iterator[Item]:
    yield from (Item(name, Kind.PROPERTY, name, inner.wanted) for name, inner in shape.known)
    if field == "headers":
        yield from (Item(name, Kind.PROPERTY, name, about) for name, about in _HEADERS.items())
    test = cursor.tree.test or cursor.source.test
    tested = tested_workflow(cursor.workspace, test) if test else None
    if field == "secrets" and test:
        yield from secret_items(cursor)
    elif field in ("mocks", "steps") and tested:
        yield from _of_steps(tested, tasks=field == "mocks")


def _of_steps(tested: Definition, *, tasks: bool) -> Iterator[Item]:
    """The paths of the steps of a workflow; before them, for mocks, the tasks that it runs."""
    model = tested.model
    steps = model.spec.tasks or () if isinstance(model, WorkflowDocument) and model.spec else ()
    refs = dict.fromkeys(step.task_ref for step in nested(tuple(steps)) if step.task_ref)
    for name in refs if tasks else ():
        yield Item(name, Kind.REFERENCE, name, "a task that the workflow runs")
    for name in step_paths(tested):
        if not tasks or name not in refs:
            yield Item(name, Kind.STEP, name, "a step of the workflow", rank=1)


def metadata_values(cursor: Cursor) -> Iterator[Item]:
    """Values of `metadata`: the name that the file promises, namespaces that there are, versions that come next."""
    spec = cursor.field.spec
    if cursor.trail.path == ("metadata", "annotations", "workflow.io/version"):
        yield from (Item(text, Kind.VALUE, text, about) for text, about in _next_versions(cursor).items())
    if cursor.container.record is not Metadata or spec is None:
        return
    if spec.name == "name":
        stem = re.split(r"[\\/]", cursor.source.path)[-1].partition(".")[0].lower()
        if is_name(stem):
            yield Item(stem, Kind.VALUE, stem, "as the file is called")
    elif spec.name == "namespace":
        for name in sorted({namespace for _, namespace, _ in cursor.workspace.names} | {"default"}):
            yield Item(name, Kind.VALUE, name)


def _next_versions(cursor: Cursor) -> dict[str, str]:
    """What may follow the highest version of the document's workflow, with what each number tells its users."""
    definition = cursor.source.definition or cursor.tree.definition
    key = definition.key if definition else None
    others = cursor.workspace.names.get((key.kind, key.namespace, key.name), ()) if key else ()
    found = [match for each in others if each is not definition and (match := _VERSION.match(each.key.version))]
    if not found:
        return {"1.0.0": "the first one", "0.1.0": "a beginning that may still change"}
    major, minor, patch = map(int, found[0].groups())
    return {
        f"{major}.{minor}.{patch + 1}": "mended",
        f"{major}.{minor + 1}.0": "can do more",
        f"{major + 1}.0.0": "is used in another way",
    }
