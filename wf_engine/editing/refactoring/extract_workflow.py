"""Extract steps to a sub-workflow: its inputs are what they read, its output is what others read of them."""

from dataclasses import dataclass, field
from typing import Any

from wf_engine.editing.names.spelling import inside
from wf_engine.editing.refactoring.model import Change, Refactoring, Selection
from wf_engine.editing.refactoring.reads import Read, all_reads
from wf_engine.editing.refactoring.wrapping import FLOW, block_lines, ids, redirected, taken
from wf_engine.editing.refactoring.writing import entry_removed, flow, free_name, shifted, template, written
from wf_engine.language import Step
from wf_engine.syntax import Scalar, Seq
from wf_engine.text import Edit, FileEdit, Span
from wf_engine.types import to_schema

_STEPS_AT = 4
"""The column of the dashes in the new document."""


@dataclass
class _Parts:
    """What goes over into the new workflow."""

    inputs: dict[str, tuple[str, Any]] = field(default_factory=dict)
    """By name: the expression that gives it, and its schema."""
    edits: list[FileEdit] = field(default_factory=list)
    """Edits of the text of the steps."""
    waits: dict[str, None] = field(default_factory=dict)


def _offer(selection: Selection) -> str | None:
    steps = selection.steps
    own = set(map(id, selection.workflow.steps)) if selection.workflow is not None else set()
    whole = all(id(step) in own for step in steps)
    if not steps or not whole or block_lines(selection, steps) is None:
        return None
    named = f"`{steps[0].id}`" if len(steps) == 1 else f"{len(steps)} steps"
    return f"Extract {named} to a workflow of its own"


def _change(selection: Selection) -> Change | None:
    steps = selection.steps
    held = block_lines(selection, steps) if steps and selection.workflow else None
    if held is None or selection.workflow is None:
        return None
    span, dash = held
    workspace, model = selection.workspace, selection.workflow.model
    known = {name for kind, ns, name in workspace.names if kind == "Workflow" and ns == selection.workflow.namespace}
    own = (model.metadata.name if model.metadata else None) or "workflow"
    name = free_name(f"{own}-{(steps[0].id or 'part').lower().replace('_', '-').strip('-')}"[:60], known)
    step_id = free_name("extracted", taken(selection))
    outside = redirected(selection, steps, step_id)
    parts = _moved(selection, steps, span)
    if outside is None or parts is None:
        return None
    read = [each for each in ids(steps) if any(f".{step_id}.output.{each}" in edit.edit.new_text for edit in outside)]
    body = _with(selection.file.text.slice(span), span.start, parts.edits)
    steps_text = f"  tasks: [{body}]" if dash == FLOW else "  tasks:\n" + shifted(body, _STEPS_AT - dash)
    document = _document(selection, name, parts, steps_text, read)
    call = selection.edit(span, _call(step_id, name, parts, dash))
    if selection.new_files:
        folder, slash, _ = selection.path.rpartition("/")
        return Change((*outside, call), {f"{folder}{slash}{name}.workflow.yaml": document})
    end = len(selection.file.text)
    gap = "" if selection.file.text.value.endswith("\n") else "\n"
    return Change((*outside, call, selection.edit(Span(end, end), f"{gap}---\n{document}")))


def _moved(selection: Selection, steps: tuple[Step, ...], span: Span) -> _Parts | None:
    """What the steps read of the rest; None where that cannot be handed over as a value."""
    inside_ids, parts = set(ids(steps)), _Parts()
    held = {each.step.id for each in selection.analyses if span.start <= _start(selection, each.step) < span.end}
    names: dict[str, str] = {}
    for read in all_reads(selection):
        node = read.site.site.node
        if not span.start <= selection.place(node.place).start < span.end:
            continue
        if read.root.name == "tasks" and read.names[:1] and read.names[0] not in inside_ids | held:
            least = 2
        elif read.root.name == "input":
            least = 1
        else:
            continue
        count = read.sure
        if count < least or (least > 1 and read.names[1] != "output"):
            return None
        replaced = inside(node, read.upto(count), f"input.{_input(read, count, parts, names)}")
        if replaced is None:
            return None
        parts.edits += selection.edits(*replaced)
    _waits(selection, steps, inside_ids, parts)
    return parts


def _start(selection: Selection, step: Step) -> int:
    return selection.extent(step.node).start if step.node is not None else -1


def _input(read: Read, count: int, parts: _Parts, names: dict[str, str]) -> str:
    """The name of the input that takes what is read."""
    text = read.text(count)
    if text not in names:
        last = read.names[count - 1]
        wanted = read.names[0] if last == "output" else last
        names[text] = name = free_name(wanted.replace("-", "_"), parts.inputs)
        parts.inputs[name] = (text, to_schema(read.type(count)))
    return names[text]


def _waits(selection: Selection, steps: tuple[Step, ...], inside_ids: set[str], parts: _Parts) -> None:
    """Takes waits for steps that stay out of the steps."""
    for step in steps:
        pair = step.node.pair("dependsOn") if step.node else None
        listed = pair.value if pair else None
        if pair is None or not isinstance(listed, Seq):
            continue
        items = [item.text for item in listed.items if isinstance(item, Scalar)]
        parts.waits.update(dict.fromkeys(item for item in items if item not in inside_ids))
        kept = [item for item in items if item in inside_ids]
        if not kept:
            parts.edits += entry_removed(selection, pair)
        elif len(kept) < len(items):
            parts.edits.append(selection.edit(written(selection, listed), flow(kept)))


def _with(text: str, start: int, edits: list[FileEdit]) -> str:
    for each in sorted(dict.fromkeys(edits), key=lambda each: each.edit.span, reverse=True):
        edit: Edit = each.edit
        text = text[: edit.span.start - start] + edit.new_text + text[edit.span.end - start :]
    return text


def _call(step_id: str, name: str, parts: _Parts, dash: int) -> str:
    if dash == FLOW:
        entries = [f"id: {step_id}", f"workflowRef: {name}"]
        entries += [f"dependsOn: {flow(list(parts.waits))}"] if parts.waits else []
        given = ", ".join(f"{each}: {template(text)}" for each, (text, _) in parts.inputs.items())
        return "{" + ", ".join([*entries, f"input: {{{given}}}"] if given else entries) + "}"
    lead = " " * dash
    lines = [f"{lead}- id: {step_id}", f"{lead}  workflowRef: {name}"]
    if parts.waits:
        lines.append(f"{lead}  dependsOn: {flow(list(parts.waits))}")
    if parts.inputs:
        lines.append(f"{lead}  input:")
        lines += [f"{lead}    {each}: {template(text)}" for each, (text, _) in parts.inputs.items()]
    return "\n".join(lines)


def _document(selection: Selection, name: str, parts: _Parts, steps: str, read: list[str]) -> str:
    workflow = selection.workflow
    namespace = workflow.namespace if workflow else "default"
    lines = ["apiVersion: workflow.io/v1", "kind: Workflow", "metadata:", f"  name: {name}"]
    lines += [f"  namespace: {namespace}"] if namespace != "default" else []
    lines.append("spec:")
    if parts.inputs:
        schemas = {each: schema if isinstance(schema, dict) else {} for each, (_, schema) in parts.inputs.items()}
        lines += ["  input:", "    type: object", f"    required: {flow(list(schemas))}", "    properties:"]
        lines += [f"      {each}: {flow(schema)}" for each, schema in schemas.items()]
    lines.append(steps)
    if read:
        lines.append("  output:")
        lines += [f"    {each}: {template(f'tasks.{each}.output')}" for each in read]
    return "\n".join(lines) + "\n"


EXTRACT_WORKFLOW = Refactoring("extract-workflow", "refactor.extract", _offer, _change)
