"""Pictures of workflows: Mermaid, DOT and SVG, each from the same nodes and edges."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from wf_engine.analysis import analyse_workflow
from wf_engine.planning.drawing.dot import dot
from wf_engine.planning.drawing.mermaid import mermaid
from wf_engine.planning.drawing.picture import Picture, picture_of
from wf_engine.planning.drawing.svg import svg
from wf_engine.planning.graph import dependencies_of
from wf_engine.planning.shape import shape_of
from wf_engine.workspace import Definition, Workspace

FORMATS: Mapping[str, Callable[[str, Picture], str]] = MappingProxyType({"mermaid": mermaid, "dot": dot, "svg": svg})
"""What writes a picture with its title, by the name of the format."""


def draw(workspace: Workspace, definition: Definition, format: str) -> str:  # noqa: A002 - the command's own word
    """A workflow as a picture in one of `FORMATS`. Raises WfError where its steps make no graph."""
    dependencies_of(workspace, definition)
    analysis = analyse_workflow(workspace, definition.source)
    steps = analysis.steps if analysis is not None else ()
    return FORMATS[format](definition.key.name, picture_of(shape_of(steps)))


__all__ = ["FORMATS", "draw"]
