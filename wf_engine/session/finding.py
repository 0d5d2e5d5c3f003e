"""The workflow that somebody means."""

from collections.abc import Sequence

from wf_engine.text import WfError, did_you_mean
from wf_engine.workspace import Definition, Workspace, reference


def find_workflow(workspace: Workspace, name: str | None, path: str | None) -> Definition:
    """The workflow `[ns/]name[@version]` of a file, or of the workspace; without a name the only one there is.

    A bare name that stands in one namespace only is found there. Raises WfError.
    """
    there = [each for each in workspace.definitions("Workflow") if path is None or each.path == path]
    if name is None:
        found = there
    else:
        wanted = reference(name, "")
        found = [
            each
            for each in there
            if each.key.name == wanted.name
            and wanted.namespace in ("", each.key.namespace)
            and wanted.version in (None, each.key.version)
        ]
    if len({(each.key.namespace, each.key.name) for each in found}) == 1:
        return found[0]
    raise _refusal(name, found, there, "the workspace" if path is None else "the file")


def _refusal(name: str | None, found: Sequence[Definition], there: Sequence[Definition], place: str) -> WfError:
    names = list(dict.fromkeys(map(_shown, there)))
    if not there:
        hint = "A workflow is a document with `kind: Workflow` and a name."
        return WfError(f"There is no workflow in {place}.", hint=hint)
    listed = ", ".join(f"`{each}`" for each in names)
    if name is None:
        return WfError(f"There are {len(names)} workflows in {place}; say which one.", hint=f"It is one of {listed}.")
    if found:
        which = " and ".join(f"`{_shown(each)}`" for each in found)
        return WfError(f"`{name}` stands in more than one namespace of {place}.", hint=f"Say which: {which}.")
    return WfError(f"There is no workflow `{name}` in {place}.{did_you_mean(name, names)}", hint=f"There is {listed}.")


def _shown(definition: Definition) -> str:
    key = definition.key
    name = key.name if key.namespace == "default" else f"{key.namespace}/{key.name}"
    return f"{name}@{key.version}" if key.version else name
