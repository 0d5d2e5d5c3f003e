"""What the commands share: reading their argument, and asking the engine in a child process."""

from typing import TYPE_CHECKING, Any

from wf_engine.analysis.inputs import example_of
from wf_engine.language import WorkflowDocument
from wf_engine.workspace import Definition
from wf_lsp.convert import Json, path_of
from wf_lsp.projects import NOWHERE, is_file

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


def failure(message: str, hint: str | None = None) -> Json:
    """The answer of a command that could not be carried out."""
    return {"error": {"message": message, "hint": hint}}


def ended_early(what: str, said: str) -> Json:
    """The answer where a child process ended without one; what it said on stderr goes along."""
    return failure(f"{what} gave no answer.", said[-2000:] or "The server's log may say more.")


def argument(arguments: tuple[Any, ...]) -> Json:
    """The one object that a command takes; without it an empty one."""
    return arguments[0] if arguments and isinstance(arguments[0], dict) else {}


def wanted_workflow(server: "WfServer", wanted: Json) -> Definition | str:
    """The workflow that an argument names, or why there is none."""
    uri, name = wanted.get("uri"), wanted.get("workflow")
    if not isinstance(uri, str):
        return "The argument needs `uri`, the document that the workflow is in."
    path = path_of(uri)
    file = server.session.workspace(path).files.get(path)
    found = [each for each in file.definitions() if isinstance(each.model, WorkflowDocument)] if file else []
    chosen = [each for each in found if name is None or each.key.name == name]
    if len(chosen) == 1:
        return chosen[0]
    names = ", ".join(f"`{each.key.name}`" for each in found)
    if not found:
        return "There is no workflow in this document: it has `kind: Workflow` and a name."
    if not chosen:
        return f"There is no workflow `{name}` in this document; there is {names}."
    return f"There are several workflows in this document; say which one: {names}."


def run_request(server: "WfServer", definition: Definition, given: Any, *, dry: bool) -> Json:
    """What `wf run --stdin` takes; what is open in the editor stands in for what is on disk."""
    session = server.session
    workspace = session.workspace(definition.path)
    documents = {path: workspace.files[path].text.value for path in session.open if path in workspace.files}
    return {
        "root": folder_of(server, definition.path),
        "path": definition.path,
        "workflow": definition.key.name,
        "input": given,
        "documents": {path: text for path, text in documents.items() if is_file(path)},
        "dryRun": dry,
    }


def folder_of(server: "WfServer", path: str) -> str | None:
    """The root of the project that a document belongs to; None where it is in none."""
    return server.session.project(path).root or None


def environ_of(server: "WfServer", folder: str | None) -> dict[str, str]:
    """What the environment of a child in a project's folder needs besides our own."""
    session = server.session
    project = session.projects.by_root.get(folder or NOWHERE)
    return session.environ(project) if project is not None else {}


def example_input(definition: Definition) -> Json:
    """An input to begin with: the first example's, else a value for each input that must be given."""
    examples = getattr(definition.model.spec, "examples", None) or ()
    first = next((each.input for each in examples if isinstance(each.input, dict)), None)
    if first is not None:
        return dict(first)
    return {name: example_of(definition.contract.inputs.get(name)) for name in definition.contract.required}


def needs_input(definition: Definition) -> Json:
    """The answer where inputs are required and none are given: what to ask the user for."""
    schema = definition.contract.input_schema
    return {"needsInput": True, "workflow": definition.key.name, "schema": schema, "example": example_input(definition)}
