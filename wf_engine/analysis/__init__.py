"""What is known of a workflow without running it: its step graph, scopes and types, remembered step by step."""

from wf_engine.analysis.expressions import SiteAnalysis
from wf_engine.analysis.graph import Graph, graph_of
from wf_engine.analysis.scopes import Loop, StepScope, loop_members
from wf_engine.analysis.step_analysis import StepAnalysis, Surroundings, UseAnalysis, analyse_step
from wf_engine.analysis.steps import (
    Block,
    StepFacts,
    Use,
    blocks,
    expressions_of,
    facts_of,
    nested,
    site_reads,
    step_dependencies,
    targets,
    uses,
)
from wf_engine.analysis.task_analysis import TaskAnalysis, analyse_task
from wf_engine.analysis.views import StepView, view_of
from wf_engine.analysis.workflow_analysis import Signature, WorkflowAnalysis, analyse_workflow

__all__ = [
    "Block",
    "Graph",
    "Loop",
    "Signature",
    "SiteAnalysis",
    "StepAnalysis",
    "StepFacts",
    "StepScope",
    "StepView",
    "Surroundings",
    "TaskAnalysis",
    "Use",
    "UseAnalysis",
    "WorkflowAnalysis",
    "analyse_step",
    "analyse_task",
    "analyse_workflow",
    "blocks",
    "expressions_of",
    "facts_of",
    "graph_of",
    "loop_members",
    "nested",
    "site_reads",
    "step_dependencies",
    "targets",
    "uses",
    "view_of",
]
