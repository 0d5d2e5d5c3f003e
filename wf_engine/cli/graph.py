"""`wf graph`."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from wf_engine.cli.options import Given, command
from wf_engine.cli.plan import File, Name
from wf_engine.planning import draw
from wf_engine.session import Project


class Format(StrEnum):
    """What a picture is written as."""

    MERMAID = "mermaid"
    DOT = "dot"
    SVG = "svg"


Chosen = Annotated[Format, typer.Option("--format", help="What the picture is written as.")]


@command("env")
def graph(file: File, name: Name = None, form: Chosen = Format.MERMAID, *, settings: Given) -> int:
    """Draw a workflow: its steps and what they wait for, with conditions, loops, blocks, switches and fallbacks.

    Mermaid is drawn by GitHub, GitLab and many editors, DOT by Graphviz, SVG by every browser.
    """
    project = Project.open(Path(file), settings=settings)
    sys.stdout.write(draw(project.workspace, project.workflow(name, file), form.value))
    return 0
