"""Whether a workflow reads its input as a whole, so that any part of it may be used."""

from wf_engine.analysis.steps import expressions_of, nested
from wf_engine.analysis.workflow_analysis import WorkflowAnalysis
from wf_engine.expressions import Expr, Index, Literal, Member, Name, walk
from wf_engine.language import Site, Step


def reads_whole_input(workflow: WorkflowAnalysis) -> bool:
    """Whether any expression reads `input` without a name behind it."""
    return any(map(_in_site, workflow.model.reading.sites)) or any(map(_in_step, nested(workflow.steps)))


def _in_step(step: Step) -> bool:
    if step.node is None:
        return any(map(_in_site, step.reading.sites))
    return step.node.remember("whole input", lambda: any(map(_in_site, step.reading.sites)))


def _in_site(site: Site) -> bool:
    return "input" in site.node.text and any(map(_in_expression, expressions_of(site)))


def _in_expression(expr: Expr) -> bool:
    followed = 0
    roots = 0
    for node in walk(expr):
        if isinstance(node, Name) and node.name == "input":
            roots += 1
        elif (isinstance(node, Member) and _is_input(node.target)) or (
            isinstance(node, Index) and _is_input(node.target) and isinstance(node.index, Literal)
        ):
            followed += 1
    return roots > followed


def _is_input(expr: Expr) -> bool:
    return isinstance(expr, Name) and expr.name == "input"
