"""`wf run`."""

from pathlib import Path
from typing import Annotated

import typer

from wf_engine.cli import terminal
from wf_engine.cli.executing import How, execute, stream
from wf_engine.cli.inputs import Inputs, read_inputs
from wf_engine.cli.options import Given, Json, command
from wf_engine.cli.plan import Name, show_plan
from wf_engine.cli.progress import shown_progress
from wf_engine.cli.summary import summary
from wf_engine.session import Project
from wf_engine.text import WfError

File = Annotated[
    Path | None,
    typer.Argument(metavar="FILE", help="The file that the workflow is in, or a folder.", show_default=False),
]


@command("env", "secrets", "network", "history", "limits")
def run(
    file: File = None,
    name: Name = None,
    given: Inputs = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check the input, show the plan, call nothing.")] = False,
    mock: Annotated[
        bool, typer.Option("--mock", help="Ask no service: examples and samples of the schemas stand for the answers.")
    ] = False,
    seed: Annotated[int, typer.Option(metavar="N", help="With --mock: other samples for another number.", min=0)] = 0,
    record: Annotated[
        bool, typer.Option("--record", help="Keep the whole answers, so that the run can be replayed exactly.")
    ] = False,
    replay: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Ask no service: give the answers again that this run got; its input, too."),
    ] = None,
    as_json: Json = False,
    events: Annotated[
        bool, typer.Option("--events", help="Print each event as a line of JSON, and the execution as the last one.")
    ] = False,
    from_stdin: Annotated[
        bool, typer.Option("--stdin", help="Take a request as JSON from standard input, as editors do.")
    ] = False,
    *,
    settings: Given,
) -> int:
    """Run a workflow and show what came of it. The workspace is the one that the file is in.

    Exits with 0 where the execution succeeded, with 1 where it did not, with 2 where nothing was run (wrong usage, an
    invalid document, an invalid input), with 130 after Ctrl-C, which cancels it.
    """
    if from_stdin:
        from wf_engine.cli.requests import answer_request  # editors alone need it

        return answer_request(settings)
    if file is None:
        raise WfError("There is no file to run.", hint="`wf run FILE --input NAME=VALUE`; `wf run --help` says more.")
    if name is None and not file.suffix and not file.exists():
        hint = f"The name of a workflow stands behind its file or folder: `wf run . {file}`."
        raise WfError(f"There is no file or folder `{file}`.", hint=hint)
    project = Project.open(file, settings=settings)
    definition = project.workflow(name, file)
    how = _how(mock=mock, seed=seed, record=record, replay=replay)
    value = read_inputs(given or (), definition.contract.input_schema)
    if dry_run:
        project.require_ready(definition)
        return show_plan(project.plan(definition, value), as_json=as_json)
    asked = None if replay is not None and not given else value
    if events:
        return stream(project, definition, asked, how)
    with shown_progress(definition.key.name) as watcher:
        execution, code = execute(project, definition, asked, watcher, how)
    if as_json:
        terminal.print_json(execution)
    else:
        for line in summary(execution):
            terminal.stdout().print(line)
    return code


def _how(*, mock: bool, seed: int, record: bool, replay: str | None) -> How:
    if (mock or replay is not None) and record:
        raise WfError("There is nothing to --record where no service is asked.", hint="Leave --record out.")
    if mock and replay is not None:
        raise WfError("A run takes its answers from --mock or from --replay, not from both.", hint="Leave one out.")
    return How("mock" if mock else "replay" if replay is not None else "live", seed, replay, record)
