"""What the commands share: reading their argument, and asking the engine in a child process."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from wf_engine.language import WorkflowDocument
from wf_lsp.convert import path_of

if TYPE_CHECKING:
    from wf_engine.workspace import Definition
    from wf_lsp.server import WfServer

Json = dict[str, Any]


def failure(message: str, hint: str | None = None) -> Json:
    """The answer of a command that could not be carried out."""
    return {"error": {"message": message, "hint": hint}}


def argument(arguments: tuple[Any, ...]) -> Json:
    """The one object that a command takes; without it an empty one."""
    return arguments[0] if arguments and isinstance(arguments[0], dict) else {}


def wanted_workflow(server: "WfServer", wanted: Json) -> "Definition | str":
    """The workflow that an argument names, or why there is none."""
    uri = wanted.get("uri")
    if not isinstance(uri, str):
        return "the argument needs `uri`, the document of the workflow"
    file = server.session.workspace.files.get(path_of(uri))
    found = [each for each in file.definitions() if isinstance(each.model, WorkflowDocument)] if file else []
    name = wanted.get("workflow")
    if name is not None:
        found = [each for each in found if each.key.name == name]
    if len(found) == 1:
        return found[0]
    if not found:
        return f"there is no workflow `{name}` in this document" if name else "there is no workflow in this document"
    return "this document has several workflows: " + ", ".join(each.key.name for each in found)


def run_request(server: "WfServer", definition: "Definition", wanted: Json, *, dry: bool) -> Json:
    """What `wf run --stdin` takes; what is open in the editor stands in for what is on disk."""
    session = server.session
    documents = {path: session.workspace.files[path].text.value for path in session.open if path in session.workspace.files}
    return {
        "root": root_of(server, definition.path),
        "path": definition.path,
        "workflow": definition.key.name,
        "input": wanted.get("input") or {},
        "documents": documents,
        "mode": wanted.get("mode") or "live",
        "dryRun": dry,
    }


def root_of(server: "WfServer", path: str) -> str | None:
    """The folder of the workspace in which a file lies, else the file's own."""
    inside = [root for root in server.session.roots if path.startswith(root.rstrip("/") + "/")]
    if inside:
        return max(inside, key=len)
    parent = Path(path).parent
    return str(parent) if parent.is_dir() else None


def needs_input(definition: "Definition", wanted: Json) -> Json | None:
    """The answer where inputs are required and none are given: what to ask the user for."""
    if wanted.get("input") is not None or not definition.contract.required:
        return None
    spec = definition.model.spec
    examples = getattr(spec, "examples", None) or ()
    example = next((each.input for each in examples if isinstance(each.input, dict)), None)
    if example is None:
        from wf_engine.analysis.inputs import example_of

        example = {name: example_of(definition.contract.inputs.get(name)) for name in definition.contract.required}
    schema = definition.contract.input_schema
    return {"needsInput": True, "workflow": definition.key.name, "schema": schema, "example": example}
