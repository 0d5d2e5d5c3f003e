"""Create the task that a step runs and that is not there: its inputs from what is passed, its output from what is read."""

from typing import Any

from wf_engine.analysis import StepAnalysis, UseAnalysis
from wf_engine.analysis.inputs import value_type
from wf_engine.editing.refactoring.model import Change, Refactoring, Selection
from wf_engine.editing.refactoring.reads import all_reads
from wf_engine.editing.refactoring.writing import flow
from wf_engine.syntax import Map
from wf_engine.text import Span
from wf_engine.types import to_schema
from wf_engine.workspace import reference

_METHODS = (
    ("GET", ("get", "list", "find", "fetch", "read", "search", "check", "load")),
    ("DELETE", ("delete", "remove", "cancel")),
    ("PUT", ("update", "set", "put", "replace")),
)
_OUTPUT = 2


def _unknown(selection: Selection) -> tuple[StepAnalysis, UseAnalysis] | None:
    step = selection.cursor.step if selection.cursor and selection.workflow else None
    for use in step.uses if step else ():
        node = use.use.node
        unknown = use.contract is None and use.certain and use.use.kind == "WorkflowTask"
        if (
            step is not None
            and unknown
            and node is not None
            and selection.place(node.place).contains(selection.span.start)
        ):
            return step, use
    return None


def _offer(selection: Selection) -> str | None:
    found = _unknown(selection)
    return f"Create the task `{found[1].use.ref}`" if found else None


def _change(selection: Selection) -> Change | None:
    found = _unknown(selection)
    if found is None or selection.workflow is None:
        return None
    step, use = found
    wanted = reference(use.use.ref, selection.workflow.namespace)
    document = _document(wanted.name, wanted.namespace, _inputs(step, use), _outputs(selection, step))
    if selection.new_files:
        folder, slash, _ = selection.path.rpartition("/")
        path = f"{folder}{slash}{wanted.name}.task.yaml"
        if path not in selection.workspace.files:
            return Change((), {path: document})
    end = len(selection.file.text)
    gap = "" if selection.file.text.value.endswith("\n") else "\n"
    return Change((selection.edit(Span(end, end), f"{gap}---\n{document}"),))


def _inputs(step: StepAnalysis, use: UseAnalysis) -> dict[str, Any]:
    """The schemas of what is passed, wide enough for other values of their kind."""
    target = use.use.target.node
    written = target.get("input") if target else None
    if written is None and step.step.node is not None:
        written = step.step.node.get("input")
    pairs = written.pairs if isinstance(written, Map) else ()
    return {pair.name: _wide(to_schema(value_type(step, pair.value))) for pair in pairs if pair.name is not None}


def _wide(schema: Any) -> Any:
    """A schema without the words that a literal has of itself."""
    if not isinstance(schema, dict) or not ({"const", "enum"} & schema.keys()):
        return schema if isinstance(schema, dict) else {}
    value = schema["const"] if "const" in schema else schema["enum"][0]
    if "enum" in schema and len(schema["enum"]) > 1:
        return schema
    names = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return {"type": names[type(value)]} if type(value) in names else {}


def _outputs(selection: Selection, step: StepAnalysis) -> dict[str, Any]:
    """The properties that others read of the step's output."""
    simple = step.step.for_each is None and step.step.switch is None
    found: dict[str, Any] = {}
    for read in all_reads(selection) if simple else ():
        names = read.names
        if read.root.name == "tasks" and len(names) > _OUTPUT and names[:_OUTPUT] == (step.step.id, "output"):
            found.setdefault(names[_OUTPUT], {})
    return found


def _document(name: str, namespace: str, inputs: dict[str, Any], outputs: dict[str, Any]) -> str:
    first = name.partition("-")[0]
    method = next((method for method, words in _METHODS if first in words), "POST")
    lines = ["apiVersion: workflow.io/v1", "kind: WorkflowTask", "metadata:", f"  name: {name}"]
    lines += [f"  namespace: {namespace}"] if namespace != "default" else []
    lines += ["spec:", "  type: http"]
    for field, properties in (("inputSchema", inputs), ("outputSchema", outputs)):
        if properties:
            lines += [f"  {field}:", "    type: object", f"    required: {flow(list(properties))}", "    properties:"]
            lines += [f"      {flow(each)}: {flow(schema)}" for each, schema in properties.items()]
    lines += ["  http:", f"    method: {method}", f'    url: "https://example.com/{name}"']
    if method == "POST":
        lines += ['    body: "{{input}}"', "  retry: {maxAttempts: 1}"]
    return "\n".join(lines) + "\n"


CREATE_TASK = Refactoring("create-task", "quickfix", _offer, _change)
