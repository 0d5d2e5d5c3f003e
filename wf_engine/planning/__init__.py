"""What a run will do, known before it: its input, its order, its values as far as they can be told."""

from wf_engine.planning.graph import Dependencies, block_dependencies, dependencies_of, parallel_groups
from wf_engine.planning.inputs import InputGate, InvalidInput, mentions_default
from wf_engine.planning.known import PlannedTemplate
from wf_engine.planning.plan import Plan, PlanNode, plan
from wf_engine.planning.texts import inserted

__all__ = [
    "Dependencies",
    "InputGate",
    "InvalidInput",
    "Plan",
    "PlanNode",
    "PlannedTemplate",
    "block_dependencies",
    "dependencies_of",
    "inserted",
    "mentions_default",
    "parallel_groups",
    "plan",
]
