"""`wf plan`."""

from pathlib import Path
from typing import Annotated

import typer

from wf_engine.cli import terminal
from wf_engine.cli.inputs import Inputs, read_inputs
from wf_engine.cli.options import Given, Json, command
from wf_engine.cli.planned import planned
from wf_engine.planning import Plan
from wf_engine.session import Project

File = Annotated[Path, typer.Argument(metavar="FILE", help="The file that the workflow is in, or a folder.")]
Name = Annotated[
    str | None,
    typer.Argument(metavar="NAME", help="The workflow, where the file has more than one.", show_default=False),
]


@command("env", "history", "network")
def plan(file: File, name: Name = None, given: Inputs = None, as_json: Json = False, *, settings: Given) -> int:
    """Show what a run would do, without a request: the order of the steps, what they wait for, the values known.

    Without --input, the workflow's defaults are what is known of the input.
    """
    project = Project.open(file, settings=settings)
    definition = project.workflow(name, file)
    value = None if given is None else read_inputs(given, definition.contract.input_schema)
    return show_plan(project.plan(definition, value), as_json=as_json)


def show_plan(plan: Plan, *, as_json: bool) -> int:
    """Prints a plan."""
    if as_json:
        terminal.print_json(plan.to_json())
    else:
        for line in planned(plan):
            terminal.stdout().print(line)
    return 0
