"""The opened project: the Python door to everything that the command line does."""

import asyncio
import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from wf_engine.checks import BY_NAME, diagnostics
from wf_engine.project import Unreadable, find_root, load_settings, secrets
from wf_engine.session.contents import located, read_workspace
from wf_engine.session.finding import find_workflow
from wf_engine.session.fixing import mended
from wf_engine.session.past import existing_history, open_history, usual_durations
from wf_engine.session.readiness import refuse, require_ready
from wf_engine.session.saving import save
from wf_engine.text import Diagnostic, Location, Severity, WfError
from wf_engine.workspace import Definition, Settings, Workspace

if TYPE_CHECKING:
    from wf_engine.execution import Mode
    from wf_engine.history import History
    from wf_engine.planning import Plan
    from wf_engine.session.running import Watcher


class Fixed(NamedTuple):
    """A project after `Project.fixed`: the files that changed, not yet saved, and how many fixes were applied."""

    project: "Project"
    changed: tuple[str, ...]
    applied: int


@dataclass(frozen=True, eq=False)
class Project:
    """A folder of workflows as it was when it was opened: `Project.open("shop").run("user-profile", {"userId": "1"})`.

    `workspace` has the documents by absolute path; `unreadable` says which files are no text, and why.
    """

    root: Path
    workspace: Workspace
    unreadable: Mapping[str, Unreadable] = field(default_factory=dict)
    environ: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def open(
        cls,
        path: str | Path = ".",
        *,
        settings: Mapping[str, object] | None = None,
        texts: Mapping[str, str] | None = None,
        named: Iterable[str | Path] = (),
        root: str | Path | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> "Project":
        """Opens the workspace that a folder or a file is in: the nearest folder up with wf.toml, `[tool.wf]` or .git.

        `settings` overrides by setting name (`{"network.allow_loopback": True}`), `texts` by path what is on disk, as
        an editor's unsaved buffers do; `named` are further files that belong to it; `environ` stands for the
        process's environment. Raises WfError for a path that is not there and for settings that cannot be read.
        """
        place = located(path)
        given = {str(located(name)): text for name, text in (texts or {}).items()}
        if not place.exists() and str(place) not in given:
            raise WfError(f"There is no file or folder `{path}`.")
        top = located(root) if root is not None else find_root(place)
        variables = os.environ if environ is None else environ
        files = [*map(located, named), *([] if place.is_dir() else [place])]
        workspace, unreadable = read_workspace(top, load_settings(top, variables, settings), files, given)
        return cls(top, workspace, unreadable, dict(variables))

    @property
    def settings(self) -> Settings:
        """The settings that hold in it."""
        return self.workspace.settings

    def diagnostics(self, paths: Iterable[str | Path] | None = None) -> tuple[Diagnostic, ...]:
        """What there is to say of some of its files, else of all, file by file in the order of the text."""
        chosen = self.workspace.files if paths is None else [str(located(path)) for path in paths]
        return tuple(each for path in chosen for each in self._diagnostics(path))

    def _diagnostics(self, path: str) -> tuple[Diagnostic, ...]:
        if path not in self.workspace.files:
            raise WfError(f"`{path}` is no file of the workspace {self.root}.")
        unreadable = self.unreadable.get(path)
        if unreadable is None:
            return diagnostics(self.workspace, path)
        syntax = BY_NAME["syntax"]
        place = Location(path, unreadable.span)
        message, hint = f"The file {unreadable.reason}.", "a document is a text in UTF-8"
        return (Diagnostic(syntax.code, syntax.name, Severity.ERROR, place, message, hint),)

    def fixed(self, paths: Collection[str | Path]) -> Fixed:
        """The project with the fixes of some of its files applied as far as they go together. Writes nothing."""
        texts = [path for path in (str(located(each)) for each in paths) if path not in self.unreadable]
        workspace, applied = mended(self.workspace, texts)
        before, after = self.workspace.files, workspace.files
        changed = tuple(path for path in texts if before[path].text != after[path].text)
        return Fixed(replace(self, workspace=workspace), changed, applied)

    def with_workspace(self, workspace: Workspace) -> "Project":
        """The project with other documents. Writes nothing."""
        return replace(self, workspace=workspace)

    def save(self, paths: Iterable[str | Path]) -> None:
        """Writes files as the workspace has them. Raises WfError where one cannot be written."""
        for path in paths:
            save(located(path), self.workspace.files[str(located(path))].text.value)

    def workflow(self, name: str | None = None, path: str | Path | None = None) -> Definition:
        """The workflow `[ns/]name[@version]`, of a file where `path` is one, or the only one there is.

        Raises WfError where there is none, or, without a name, more than one; InvalidDocuments where the file has
        errors that may be why there is none.
        """
        if path is None or located(path).is_dir():
            return find_workflow(self.workspace, name, None)
        file = str(located(path))
        try:
            return find_workflow(self.workspace, name, file)
        except WfError:
            refuse(self.workspace, self._diagnostics(file))
            raise

    def require_ready(self, definition: Definition) -> None:
        """Raises InvalidDocuments where the workflow, or anything that it uses, has an error."""
        require_ready(self.workspace, definition)

    def plan(
        self,
        name: str | Definition | None = None,
        input: Mapping[str, Any] | None = None,  # noqa: A002 - the language's own word
        durations: Mapping[str, float] | None = None,
    ) -> "Plan":
        """What a run would do; nothing is called (language §7). Without an input its defaults are what is known of it.

        `durations` are milliseconds by step or task, else those of the workflow's latest runs.
        Raises InvalidInput, or another WfError where the steps make no graph.
        """
        from wf_engine.planning import plan  # its graph library costs a quarter of a second

        definition = name if isinstance(name, Definition) else self.workflow(name)
        known = self._usual_durations(definition) if durations is None else durations
        return plan(self.workspace, definition, input, known)

    def _usual_durations(self, definition: Definition) -> Mapping[str, float]:
        history = existing_history(self.settings)
        if history is None:
            return {}
        with history:
            return usual_durations(history, definition.key.name, str(self.root))

    def run(
        self,
        name: str | Definition | None = None,
        input: Mapping[str, Any] | None = None,  # noqa: A002 - the language's own word
        *,
        watcher: "Watcher | None" = None,
    ) -> dict[str, Any]:
        """Runs a workflow to its end, records it, and gives the execution (language §7).

        `{executionId, workflowName, version, status, output, errors, durationMs, tasks}`; a failed step is no
        exception. `watcher` gets each event once it is recorded. Ctrl-C cancels the execution and is raised.
        Raises InvalidInput, InvalidDocuments or another WfError where nothing was run.
        """
        return asyncio.run(self.execute(name, input, watcher=watcher))

    async def execute(
        self,
        name: str | Definition | None = None,
        input: Mapping[str, Any] | None = None,  # noqa: A002 - the language's own word
        *,
        mode: "Mode" = "live",
        cancel: asyncio.Event | None = None,
        watcher: "Watcher | None" = None,
        seed: int = 0,
        replay: str | None = None,
        recording: bool = False,
    ) -> dict[str, Any]:
        """As `run`, within an event loop. Setting `cancel` ends the execution as cancelled.

        In the mode `mock` services are not asked: examples and samples (another for another `seed`) stand for their
        answers; in the mode `replay` those that the execution `replay` got. `recording` keeps whole answers for that.
        """
        from wf_engine.session.running import recorded_run  # only who runs pays for its libraries
        from wf_engine.session.standing_in import answers_for, recorded_input, secrets_for

        definition = name if isinstance(name, Definition) else self.workflow(name)
        self.require_ready(definition)
        values = secrets_for(mode, self.workspace, lambda: secrets(self.settings, self.environ))
        with self.history() as history:
            return await recorded_run(
                history,
                self.workspace,
                definition,
                recorded_input(history, replay) if input is None and replay is not None else input or {},
                mode=mode,
                source=str(self.root),
                secrets=values,
                cancel=cancel,
                watcher=watcher,
                answers=answers_for(history, mode, seed, replay, values),
                recording=recording,
            )

    def history(self) -> "History":
        """Opens the history of the project's runs; close it, or use it in a `with`. Raises WfError."""
        return open_history(self.settings)
