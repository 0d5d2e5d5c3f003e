"""`wf run`."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import Annotated, Any

import typer

from wf_engine.cli import errors, terminal
from wf_engine.cli.inputs import Inputs, read_inputs
from wf_engine.cli.options import Given, Json, command
from wf_engine.cli.plan import Name
from wf_engine.cli.planned import planned
from wf_engine.cli.progress import shown_progress
from wf_engine.cli.summary import summary
from wf_engine.session import Project
from wf_engine.text import WfError
from wf_engine.workspace import Definition

FAILED = 1
"""Exit code of an execution that did not succeed."""

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
"""What cancels an execution. The exit code is then 128 and the signal's number: 130 after Ctrl-C."""

File = Annotated[
    Path | None, typer.Argument(metavar="FILE", help="The file that the workflow is in.", show_default=False)
]


@command("env", "secrets", "network", "history", "limits")
def run(
    file: File = None,
    name: Name = None,
    given: Inputs = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check the input, show the plan, call nothing.")] = False,
    as_json: Json = False,
    events: Annotated[
        bool, typer.Option("--events", help="Print each event as a line of JSON, and the execution as the last one.")
    ] = False,
    from_stdin: Annotated[
        bool, typer.Option("--stdin", help="Take a request as JSON from standard input, as editors do; see docs/cli.md.")
    ] = False,
    *,
    settings: Given,
) -> int:
    """Run a workflow and show what came of it. The workspace is the one that the file is in.

    Exits with 0 where the execution succeeded, with 1 where it did not, with 2 where nothing was run (wrong usage, an
    invalid document, an invalid input), with 130 after Ctrl-C, which cancels it.
    """
    if from_stdin:
        from wf_engine.cli.requests import answer_request

        return answer_request(settings)
    if file is None:
        raise WfError("There is no file to run.", hint="`wf run FILE --input NAME=VALUE`; `wf run --help` says more.")
    project = Project.open(file, settings=settings)
    definition = project.workflow(name, file)
    value = read_inputs(given or (), definition.contract.input_schema)
    if dry_run:
        return _dry_run(project, definition, value, as_json=as_json)
    if events:
        return with_events(project, definition, value)
    with shown_progress(definition.key.name) as watcher:
        execution, code = until_done(lambda cancel: project.execute(definition, value, cancel=cancel, watcher=watcher))
    if as_json:
        terminal.print_json(execution)
    else:
        for line in summary(execution):
            terminal.stdout().print(line)
    return code
