"""Extract a literal to an input of the workflow, with its type and itself as the default."""

import re

from wf_engine.editing.refactoring.model import Change, Refactoring, Selection
from wf_engine.editing.refactoring.writing import entry_added, entry_before, flow, free_name, template
from wf_engine.expressions.grammar import is_name
from wf_engine.language import shapes
from wf_engine.syntax import Map, Scalar
from wf_engine.text import FileEdit

_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string"}
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")


def _literal(selection: Selection) -> Scalar | None:
    cursor = selection.cursor
    node = cursor.node if cursor else None
    if cursor is None or selection.workflow is None or not isinstance(node, Scalar) or cursor.trail.on_key:
        return None
    is_tree = isinstance(cursor.field.shape, shapes.Tree) and "tasks" in cursor.trail.path
    is_literal = type(node.value) in _TYPES and not node.broken and "{{" not in node.text and node.anchor is None
    one_line = node.style in ("plain", "single", "double")
    return node if is_tree and is_literal and one_line and cursor.site is None else None


def _name(selection: Selection) -> str:
    cursor = selection.cursor
    keys = [key for key in cursor.trail.path if isinstance(key, str)] if cursor else []
    words = _WORD.findall(keys[-1]) if keys and is_name(keys[-1]) else []
    wanted = "".join([*words[:1], *(word[:1].upper() + word[1:] for word in words[1:])]) or "value"
    declared = _declared(selection)
    return free_name(wanted, [pair.name for pair in declared.pairs] if declared else ())


def _spec(selection: Selection) -> Map | None:
    model = selection.workflow.model if selection.workflow else None
    return model.spec.node if model and model.spec else None


def _declared(selection: Selection) -> Map | None:
    """The map in which the inputs are declared."""
    spec = _spec(selection)
    found = spec.get("input") if spec else None
    kind = found.get("type") if isinstance(found, Map) else None
    if isinstance(found, Map) and isinstance(kind, Scalar) and kind.value == "object":
        found = found.get("properties")
    return found if isinstance(found, Map) else None


def _offer(selection: Selection) -> str | None:
    return f"Extract to the input `{_name(selection)}`" if _literal(selection) is not None else None


def _change(selection: Selection) -> Change | None:
    node, spec = _literal(selection), _spec(selection)
    if node is None or spec is None:
        return None
    name = _name(selection)
    added = _added(selection, spec, f"{name}: {flow({'type': _TYPES[type(node.value)], 'default': node.value})}")
    if added is None:
        return None
    read = f"input.{name}"
    return Change((*added, selection.edit(selection.place(node.place), template(read))))


def _added(selection: Selection, spec: Map, entry: str) -> list[FileEdit] | None:
    declared = _declared(selection)
    if declared is not None and (declared.flow or declared.pairs):
        return entry_added(selection, declared, [entry])
    tasks = spec.pair("tasks")
    if spec.pair("input") is not None or tasks is None:
        return None
    if spec.flow:
        return entry_added(selection, spec, [f"input: {{{entry}}}"])
    return entry_before(selection, tasks, f"input:\n  {entry}")


EXTRACT_INPUT = Refactoring("extract-input", "refactor.extract", _offer, _change)
