"""What is known of earlier runs."""

import os
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from wf_engine.project import find_root, load_settings
from wf_engine.session.contents import located
from wf_engine.workspace import Settings

if TYPE_CHECKING:
    from wf_engine.history import History

_RUNS = 10
"""Earlier runs that are looked at for durations."""


def opened_history(
    path: str | Path = ".", *, settings: Mapping[str, object] | None = None, environ: Mapping[str, str] | None = None
) -> "History | None":
    """The history of the project that a path is in, without reading its documents; None where nothing was ever run.

    `settings` and `environ` are as for `Project.open`. Raises WfError for a history that cannot be read.
    """
    root = find_root(located(path))
    return existing_history(load_settings(root, os.environ if environ is None else environ, settings))


def project_here(path: str | Path = ".") -> str:
    """The root of the project that a path is in, as histories know it (`source`)."""
    return str(find_root(located(path)))


def existing_history(settings: Settings) -> "History | None":
    """The history that settings name, None where there is none yet: whoever only looks back makes no files."""
    from wf_engine.history import History

    if not History.exists(settings.history.url):
        return None

    return open_history(settings)


def open_history(settings: Settings) -> "History":
    """The history that settings name, made where there is none. Raises WfError."""
    from wf_engine.history import History  # only who looks back pays for its libraries

    kept = settings.history
    return History.open(kept.url, spill=kept.spill, retention=kept.retention)


def usual_durations(history: "History", workflow: str, source: str) -> Mapping[str, float]:
    """Milliseconds by step path: the median of the latest runs of a workflow, of the steps that succeeded in them."""
    from wf_engine.history import status

    found: dict[str, list[float]] = defaultdict(list)
    for run in history.executions(workflow, "succeeded", _RUNS, source=source):
        for task in status(history.events(run.execution_id))["tasks"]:
            if task["status"] == "succeeded":
                found[task["path"]].append(task["durationMs"])
    return {path: median(durations) for path, durations in found.items()}
