"""What a run will do, known before it: its input, its order, its values as far as they can be told."""

from wf_engine.planning.drawing import FORMATS, draw
from wf_engine.planning.graph import Dependencies, block_dependencies, dependencies_of, parallel_groups
from wf_engine.planning.inputs import InputGate, InvalidInput, mentions_default
from wf_engine.planning.known import PlannedTemplate
from wf_engine.planning.plan import Plan, plan
from wf_engine.planning.plan_schema import PLAN_SCHEMA
from wf_engine.planning.shape import Branch, Loop, Runs, Steps, StepShape, shape_of
from wf_engine.planning.texts import inserted

__all__ = [
    "FORMATS",
    "PLAN_SCHEMA",
    "Branch",
    "Dependencies",
    "InputGate",
    "InvalidInput",
    "Loop",
    "Plan",
    "PlannedTemplate",
    "Runs",
    "StepShape",
    "Steps",
    "block_dependencies",
    "dependencies_of",
    "draw",
    "inserted",
    "mentions_default",
    "parallel_groups",
    "plan",
    "shape_of",
]
