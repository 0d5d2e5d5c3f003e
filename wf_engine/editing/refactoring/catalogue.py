"""The refactorings there are, and what each makes of a selection: never more diagnostics than there were."""

from collections import Counter
from collections.abc import Iterator

from wf_engine.checks import diagnostics
from wf_engine.editing.names.verifying import edited
from wf_engine.editing.refactoring.all_inputs import ADD_INPUTS
from wf_engine.editing.refactoring.extract_input import EXTRACT_INPUT
from wf_engine.editing.refactoring.extract_workflow import EXTRACT_WORKFLOW
from wf_engine.editing.refactoring.inline_workflow import INLINE_WORKFLOW
from wf_engine.editing.refactoring.missing_task import CREATE_TASK
from wf_engine.editing.refactoring.model import Change, Refactoring, Selection
from wf_engine.editing.refactoring.parallel import MAKE_PARALLEL
from wf_engine.editing.refactoring.wrapping import WRAP_BLOCK, WRAP_CONDITION, WRAP_LOOP
from wf_engine.text import Edit, FileEdit, Span
from wf_engine.workspace import SourceFile, Workspace
from wf_engine.workspace.workspace import Change as FileChange

REFACTORINGS: tuple[Refactoring, ...] = (
    CREATE_TASK,
    EXTRACT_INPUT,
    EXTRACT_WORKFLOW,
    INLINE_WORKFLOW,
    ADD_INPUTS,
    WRAP_BLOCK,
    WRAP_LOOP,
    WRAP_CONDITION,
    MAKE_PARALLEL,
)


def offered(selection: Selection) -> Iterator[tuple[Refactoring, str]]:
    """The refactorings that may apply to a selection, each with its title; cheap."""
    if selection.path not in selection.workspace.files or not selection.source.ours:
        return
    for each in REFACTORINGS:
        title = each.offer(selection)
        if title is not None:
            yield each, title


def refactored(selection: Selection, name: str) -> Change | None:
    """What a refactoring does to a selection; None where it cannot, or something would be wrong after it."""
    found = next((each for each in REFACTORINGS if each.name == name), None)
    if found is None or found.offer(selection) is None:
        return None
    change = found.change(selection)
    if change is None:
        return None
    edits = [_with_line_ends(selection, each) for each in dict.fromkeys(change.edits)]
    new = {path: text.replace("\r\n", "\n") for path, text in change.new_files.items()}
    once = Change(tuple(sorted(edits, key=lambda each: (each.path, each.edit.span))), new)
    return once if _harmless(selection, once) else None


def _with_line_ends(selection: Selection, each: FileEdit) -> FileEdit:
    """An edit with the line ends of its file."""
    text = selection.workspace.files[each.path].text
    line_end = text.slice(Span(text.line_span(0).end, text.line_start(1))) or "\n"
    new = each.edit.new_text.replace("\r\n", "\n").replace("\n", line_end)
    return FileEdit(each.path, Edit(each.edit.span, new))


def applied(workspace: Workspace, change: Change) -> Workspace:
    """The workspace after a change."""
    new = [FileChange(path, SourceFile.parse(path, text)) for path, text in change.new_files.items()]
    return edited(workspace, change.edits).apply(new)


def _harmless(selection: Selection, change: Change) -> bool:
    after = applied(selection.workspace, change)
    paths = {selection.path, *change.new_files}
    before = _codes(selection.workspace, {selection.path})
    return not _codes(after, paths) - before


def _codes(workspace: Workspace, paths: set[str]) -> Counter[str]:
    """What is wrong; what is only more than needed comes along with the steps that are moved."""
    found = (each for path in paths for each in diagnostics(workspace, path))
    return Counter(each.code for each in found if "unnecessary" not in each.tags)
