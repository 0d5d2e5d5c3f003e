"""`wf run --stdin`: a request from a program, such as an editor with unsaved text."""

import os
import signal
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from wf_engine.cli import errors, terminal
from wf_engine.cli.executing import How, refusal, stream
from wf_engine.cli.inputs import parsed, standard_input
from wf_engine.cli.options import Given
from wf_engine.session import Project
from wf_engine.text import WfError, did_you_mean

_FIELDS: Mapping[str, tuple[type, ...]] = {
    "root": (str, type(None)),
    "path": (str,),
    "workflow": (str, type(None)),
    "input": (dict, type(None)),
    "documents": (dict, type(None)),
    "mode": (str, type(None)),
    "seed": (int, type(None)),
    "executionId": (str, type(None)),
    "dryRun": (bool, type(None)),
    "attached": (bool, type(None)),
}
_MODES = ("live", "mock", "replay")


def answer_request(settings: Given) -> int:
    """Reads `{root, path, workflow, input, documents: {path: text}, mode, seed, executionId, dryRun, attached}`.

    Only `path` is needed. `mode` is `live`, `mock` or `replay`, which gives the answers of `executionId` again.
    `attached`: whoever asks keeps standard input open, and the run is cancelled where it ends.

    Prints `{"event": …}` lines and `{"execution": …}`, or `{"plan": …}` for a dry run, or `{"error": {message, hint}}`.
    """
    try:
        _load()
        request = _checked(_read())
        if request.get("attached"):
            threading.Thread(target=_watch, daemon=True).start()
        project = _opened(request, settings)
        definition = project.workflow(request.get("workflow"), _path(request))
        value = request.get("input") or {}
        how = How(request.get("mode") or "live", request.get("seed") or 0, request.get("executionId"))
        if request.get("dryRun"):
            project.require_ready(definition)
            terminal.print_line({"plan": project.plan(definition, request.get("input")).to_json()})
            return 0
        return stream(project, definition, value if how.mode != "replay" else request.get("input"), how)
    except WfError as error:
        terminal.print_line(refusal(error))
        return errors.NOT_RUN


def _load() -> None:
    """Loads what runs and plans need, so that it is there when the request comes."""
    import wf_engine.planning
    import wf_engine.session.running  # noqa: F401


def _watch() -> None:
    """Cancels the run when standard input ends: nobody is there any more who wants it."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _read() -> dict[str, Any]:
    """The JSON object on standard input, which may stay open behind it; it may have line ends in it."""
    text = ""
    for line in standard_input():
        text += line
        if line.rstrip().endswith("}"):
            with suppress(ValueError):
                found = parsed(text)
                if isinstance(found, dict):
                    return found
    raise WfError("The request on standard input is not a JSON object.")


def _checked(request: dict[str, Any]) -> Mapping[str, Any]:
    for name, value in request.items():
        if name not in _FIELDS:
            hint = f"It has {', '.join(_FIELDS)}."
            raise WfError(f"A request has no `{name}`.{did_you_mean(name, _FIELDS)}", hint=hint)
        if not isinstance(value, _FIELDS[name]):
            raise WfError(f"`{name}` of the request is of the wrong type.")
    if "path" not in request:
        raise WfError("The request does not say which file: `path` is missing.")
    if request.get("mode") not in (None, *_MODES):
        raise WfError(f"There is no mode `{request['mode']}`.", hint=f"There is {', '.join(_MODES)}.")
    texts = (request.get("documents") or {}).values()
    if not all(isinstance(text, str) for text in texts):
        raise WfError("`documents` of the request is a map of paths to texts.")
    return request


def _opened(request: Mapping[str, Any], settings: Given) -> Project:
    base = Path(request.get("root") or ".")
    texts = {str(base / path): text for path, text in (request.get("documents") or {}).items()}
    return Project.open(_path(request), settings=settings, texts=texts, root=request.get("root"))


def _path(request: Mapping[str, Any]) -> Path:
    return Path(request.get("root") or ".", request["path"])
