"""Whether a name may be changed, and whether another may stand in its place: reasons as sentences."""

import re
from collections.abc import Callable

from wf_engine.analysis import analyse_workflow, nested
from wf_engine.editing.names.finding import occurrences_of
from wf_engine.editing.names.model import Occurrence, Subject
from wf_engine.language import STEP_ID
from wf_engine.language.documents import DNS_LABEL
from wf_engine.syntax import Crumb, Map, trail
from wf_engine.text import Location
from wf_engine.workspace import Workspace
from wf_engine.workspace.references import is_version

_LONGEST = 63
_VARIABLE = r"^[A-Za-z_][A-Za-z0-9_]*$"
_PATTERNS = {
    "task": (DNS_LABEL, "lower-case letters, digits and `-`, at most 63 characters"),
    "workflow": (DNS_LABEL, "lower-case letters, digits and `-`, at most 63 characters"),
    "step": (STEP_ID, "letters, digits, `_`, and `-` between them; no digit first"),
    "loop": (_VARIABLE, "letters, digits and `_`; no digit first"),
    "env": (_VARIABLE, "letters, digits and `_`; no digit first"),
    "secret": (_VARIABLE, "letters, digits and `_`; no digit first"),
}
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f]")

Places = list[tuple[Location, Occurrence]]


def unchangeable(workspace: Workspace, subject: Subject, places: Places) -> str | None:
    """Why a thing cannot get another name at all; None where it can."""
    defined = any(each.role == "definition" for _, each in places)
    if subject.kind in ("task", "workflow", "version") and not defined:
        return f"There is no {subject.spoken} `{subject.name}` in this workspace that could be renamed"
    if subject.kind == "env" and subject.name in workspace.settings.env:
        return f"`env.{subject.name}` is configured in wf.toml; configure it there by the new name first"
    return None


def refusal(workspace: Workspace, subject: Subject, places: Places, name: str) -> str | None:
    """Why a thing cannot get this name; None where it can."""
    invalid = _invalid(subject, name)
    return invalid or _CLASHES.get(subject.kind, _configured)(workspace, subject, places, name)


def _invalid(subject: Subject, name: str) -> str | None:
    if not name:
        return "A name has at least one character"
    if subject.kind == "version":
        return None if is_version(name) else f"`{name}` is no version such as `1.4.0` (SemVer)"
    if _INVISIBLE.search(name):
        return "A name holds no line ends and no other invisible characters"
    pattern, hint = _PATTERNS.get(subject.kind, (None, ""))
    fits = pattern is None or re.fullmatch(pattern.removesuffix("$"), name)
    too_long = subject.kind in ("task", "workflow") and len(name) > _LONGEST
    return None if fits and not too_long else f"`{name}` is no name for a {subject.spoken}: {hint}"


def _definition(workspace: Workspace, subject: Subject, _: Places, name: str) -> str | None:
    (namespace,) = subject.owner
    kind = "WorkflowTask" if subject.kind == "task" else "Workflow"
    if workspace.names.get((kind, namespace, name)):
        return f"There is a {subject.spoken} `{name}` already"
    if occurrences_of(workspace, Subject(subject.kind, name, subject.owner)):
        return f"Something refers to a {subject.spoken} `{name}` already, which would then mean this one"
    return None


def _version(workspace: Workspace, subject: Subject, _: Places, name: str) -> str | None:
    namespace, workflow = subject.owner
    taken = {each.key.version for each in workspace.names.get(("Workflow", namespace, workflow), ())}
    return f"There is a version `{name}` of `{workflow}` already" if name in taken else None


def _step(workspace: Workspace, _: Subject, places: Places, name: str) -> str | None:
    source = places[0][1].source
    workflow = analyse_workflow(workspace, source)
    steps = nested(workflow.steps) if workflow else ()
    return f"There is a step `{name}` in this workflow already" if name in {step.id for step in steps} else None


def _key(workspace: Workspace, subject: Subject, _: Places, name: str) -> str | None:
    crumb = declaring(workspace, subject)
    siblings = crumb.container.pairs if crumb and isinstance(crumb.container, Map) else ()
    return f"There is a `{name}` beside `{subject.name}` already" if name in {pair.name for pair in siblings} else None


def _loop(workspace: Workspace, subject: Subject, _: Places, name: str) -> str | None:
    crumb = declaring(workspace, subject)
    loop = crumb.container if crumb and isinstance(crumb.container, Map) else None
    if subject.implied:
        loop = crumb.pair.value if crumb and crumb.pair and isinstance(crumb.pair.value, Map) else None
    own = {"item", "index"} - {subject.name} if loop is not None else set()
    for key, implied in (("itemVar", "item"), ("indexVar", "index")):
        written = loop.get(key) if loop else None
        if written is not None:
            own = (own - {implied}) | {getattr(written, "text", "")}
    return f"This loop has a variable `{name}` already" if name in own - {subject.name} else None


def _configured(workspace: Workspace, subject: Subject, _: Places, name: str) -> str | None:
    if occurrences_of(workspace, Subject(subject.kind, name)):
        return f"The {subject.spoken} `{name}` is read already: the two would become one"
    if subject.kind == "env" and workspace.settings.env and name not in workspace.settings.env:
        return f"`env.{name}` is not configured; add it to `[env]` in wf.toml first"
    return None


_CLASHES: dict[str, Callable[[Workspace, Subject, Places, str], str | None]] = {
    "task": _definition,
    "workflow": _definition,
    "version": _version,
    "step": _step,
    "input": _key,
    "property": _key,
    "loop": _loop,
}


def declaring(workspace: Workspace, subject: Subject) -> Crumb | None:
    """The entry of a map in which a thing is declared."""
    if subject.place is None:
        return None
    file = workspace.files[subject.place.path].file
    index = file.document_at(subject.place.span.start)
    crumbs = trail(file.documents[index], subject.place.span.start - file.starts[index]).crumbs
    return crumbs[-1] if crumbs else None
