"""Whether a workflow may run: no error in its document nor in any that it uses (language §12)."""

from collections.abc import Iterator

from wf_engine.analysis import facts_of
from wf_engine.checks import absolute, file_units
from wf_engine.language import WorkflowDocument
from wf_engine.text import Diagnostic, Severity, WfError
from wf_engine.workspace import Definition, Workspace


class InvalidDocuments(WfError):  # noqa: N818 - named for what the user sees
    """Documents with errors do not run; `diagnostics` has the errors, at least one."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        count = "an error" if len(diagnostics) == 1 else f"{len(diagnostics)} errors"
        message = f"The workflow cannot run: there is {count} in what it is made of."
        message = message if len(diagnostics) == 1 else message.replace("there is", "there are")
        super().__init__(message, diagnostics[0].location, "`wf validate` says more, and `wf validate --fix` mends what it can.")
        self.diagnostics = diagnostics


def require_ready(workspace: Workspace, definition: Definition) -> None:
    """Raises InvalidDocuments where the workflow, or a definition that it uses, has an error."""
    found = [error for used in used_by(workspace, definition) for error in _errors(workspace, used)]
    if found:
        raise InvalidDocuments(tuple(found))


def used_by(workspace: Workspace, definition: Definition) -> tuple[Definition, ...]:
    """The definition and all that it uses, directly or through others, each once."""
    found: dict[int, Definition] = {}
    todo = [definition]
    while todo:
        each = todo.pop()
        if id(each) not in found:
            found[id(each)] = each
            todo.extend(_targets(workspace, each))
    return tuple(found.values())


def _targets(workspace: Workspace, definition: Definition) -> Iterator[Definition]:
    model = definition.model
    if not isinstance(model, WorkflowDocument) or model.spec is None:
        return
    resolve = {"WorkflowTask": workspace.task, "Workflow": workspace.workflow}
    for step in model.spec.tasks or ():
        for kind, ref in facts_of(step).refs:
            target = resolve[kind](ref, definition.key.namespace)
            if target is not None:
                yield target


def _errors(workspace: Workspace, definition: Definition) -> list[Diagnostic]:
    work = file_units(workspace, definition.path)
    known = [(source, results) for source, results in work.known if source is definition.source]
    done = [(source, unit.run()) for source, unit in work.todo if source is definition.source]
    found = absolute(workspace, definition.path, (*known, *done))
    return [each for each in found if each.severity is Severity.ERROR]
