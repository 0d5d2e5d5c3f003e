"""What a run will do, known before it: its input, its order, its values as far as they can be told."""

from wf_engine.planning.graph import Dependencies, dependencies_of, parallel_groups
from wf_engine.planning.inputs import InvalidInput, checked_input
from wf_engine.planning.known import PlannedTemplate
from wf_engine.planning.plan import Plan, PlanNode, plan

__all__ = [
    "Dependencies",
    "InvalidInput",
    "Plan",
    "PlanNode",
    "PlannedTemplate",
    "checked_input",
    "dependencies_of",
    "parallel_groups",
    "plan",
]
