"""What is known of a workflow without running it: its step graph, scopes and types, remembered step by step."""

from wf_engine.analysis.callees import DEEPEST, Callees
from wf_engine.analysis.expressions import SiteAnalysis
from wf_engine.analysis.graph import Graph, graph_of
from wf_engine.analysis.scopes import Loop, StepScope, loop_members
from wf_engine.analysis.signature import Changes, Signature
from wf_engine.analysis.step_analysis import StepAnalysis, Surroundings, UseAnalysis, analyse_step
from wf_engine.analysis.step_view import StepView
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
from wf_engine.analysis.transforms import TransformAnalysis
from wf_engine.analysis.using import sees_outputs_of
from wf_engine.analysis.views import World
from wf_engine.analysis.workflow_analysis import WorkflowAnalysis, analyse_workflow, callees_of, unchanged

__all__ = [
    "DEEPEST",
    "Block",
    "Callees",
    "Changes",
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
    "TransformAnalysis",
    "Use",
    "UseAnalysis",
    "WorkflowAnalysis",
    "World",
    "analyse_step",
    "analyse_task",
    "analyse_workflow",
    "blocks",
    "callees_of",
    "expressions_of",
    "facts_of",
    "graph_of",
    "loop_members",
    "nested",
    "sees_outputs_of",
    "site_reads",
    "step_dependencies",
    "targets",
    "unchanged",
    "uses",
]
