"""Whether a workflow may run: no error in its document nor in any that it uses (language §12)."""

from collections.abc import Iterable, Iterator, Mapping

from wf_engine.analysis import facts_of
from wf_engine.checks import absolute, file_units
from wf_engine.language import WorkflowDocument
from wf_engine.text import Diagnostic, Severity, Text, WfError
from wf_engine.workspace import Definition, Workspace


class InvalidDocuments(WfError):  # noqa: N818 - named for what the user sees
    """Documents with errors do not run. `diagnostics` has the errors, at least one, `texts` what they are in."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...], texts: Mapping[str, Text]) -> None:
        count = len(diagnostics)
        errors = "is an error" if count == 1 else f"are {count} errors"
        message = f"The workflow cannot run: there {errors} in what it is made of."
        hint = "`wf validate` shows all there is to say, and `wf validate --fix` mends what it can."
        super().__init__(message, diagnostics[0].location, hint)
        self.diagnostics = diagnostics
        self.texts = texts


def require_ready(workspace: Workspace, definition: Definition) -> None:
    """Raises InvalidDocuments where the workflow, or a definition that it uses, has an error."""
    refuse(workspace, (each for used in used_by(workspace, definition) for each in _findings(workspace, used)))


def refuse(workspace: Workspace, found: Iterable[Diagnostic]) -> None:
    """Raises InvalidDocuments where there are errors among the findings."""
    errors = tuple(each for each in found if each.severity is Severity.ERROR)
    if errors:
        raise InvalidDocuments(errors, {path: file.text for path, file in workspace.files.items()})


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


def _findings(workspace: Workspace, definition: Definition) -> Iterable[Diagnostic]:
    work = file_units(workspace, definition.path)
    known = [(source, results) for source, results in work.known if source is definition.source]
    done = [(source, unit.run()) for source, unit in work.todo if source is definition.source]
    return absolute(workspace, definition.path, (*known, *done), silent=False)
