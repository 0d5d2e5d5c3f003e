"""WF310 duplicate-webhook."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, check
from wf_engine.language import Trigger, WorkflowDocument
from wf_engine.syntax import Place
from wf_engine.text import Location, Severity
from wf_engine.workspace import Definition, SourceDocument, Workspace


@check(
    "workspace",
    "WF310",
    "duplicate-webhook",
    Severity.WARNING,
    "Two webhooks that take the same requests.",
)
def duplicate_webhook(workspace: Workspace, source: SourceDocument) -> Iterator[Draft]:
    """In one workflow the later one is reported, of two workflows both; versions of a workflow follow one another."""
    own = _webhooks(source)
    others = _elsewhere(workspace, source.definition) if own else []
    before: list[tuple[Trigger, Place]] = []
    for trigger, place in own:
        requests = set(trigger.requests)
        for other, where in before:
            if requests.intersection(other.requests):
                yield _draft(trigger, place, "in this workflow", where)
                break
        else:
            taken = [each for each in others if requests.intersection(each.contract.webhooks)]
            yield from (_of_two(workspace, trigger, place, each) for each in taken[:1])
        before.append((trigger, place))


def _of_two(workspace: Workspace, trigger: Trigger, place: Place, other: Definition) -> Draft:
    where = [each for found, each in _webhooks(other.source) if set(found.requests).intersection(trigger.requests)]
    return _draft(trigger, place, f"of the workflow `{other.key.name}`", workspace.location(other.source, where[0]))


def _draft(trigger: Trigger, place: Place, whose: str, other: Place | Location) -> Draft:
    message = f"another webhook {whose} takes the requests to `{trigger.path}` too"
    hint = "one address starts one thing: give each a `path`, or `methods`, of its own"
    return Draft(place, message, hint, ((other, "the other webhook"),))


def _webhooks(source: SourceDocument) -> list[tuple[Trigger, Place]]:
    """The webhooks of a workflow that take requests, and where each path stands."""
    model = source.model
    spec = model.spec if isinstance(model, WorkflowDocument) else None
    found = []
    for trigger in (spec.triggers if spec else None) or ():
        path = trigger.node.get("path") if trigger.node is not None and trigger.requests else None
        if path is not None:
            found.append((trigger, path.place))
    return found


def _elsewhere(workspace: Workspace, own: Definition | None) -> list[Definition]:
    """Other workflows with webhooks, of each the highest version; none for a version that is not the highest itself."""
    if own is None:
        return []
    name = (own.key.namespace, own.key.name)
    if workspace.names[("Workflow", *name)][0].key != own.key:
        return []
    return [
        found[0]
        for (kind, *other), found in workspace.names.items()
        if kind == "Workflow" and tuple(other) != name and found[0].contract.webhooks
    ]
