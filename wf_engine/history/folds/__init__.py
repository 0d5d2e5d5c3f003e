"""Views of an execution, each a pure function of its events (language §7): nothing else is known of a run.

An event is a dict as the engine made it: `seq` (from 1, no gaps), `at` (UTC with milliseconds, as in
`2025-01-31T12:00:00.000Z`), `executionId`, `type`, `path` (empty for the execution itself) and the fields of its type.
"""

from wf_engine.history.folds.comparison import compare
from wf_engine.history.folds.events import Event, gaps
from wf_engine.history.folds.progress import progress
from wf_engine.history.folds.statistics import task_statistics, workflow_statistics
from wf_engine.history.folds.status import status
from wf_engine.history.folds.steps import Run, around, run_of
from wf_engine.history.folds.summary import ExecutionSummary, summary
from wf_engine.history.folds.tally import StepFigures, step_figures
from wf_engine.history.folds.timeline import timeline
from wf_engine.history.folds.trace import trace
from wf_engine.history.folds.travel import state_at

__all__ = [
    "Event",
    "ExecutionSummary",
    "Run",
    "StepFigures",
    "around",
    "compare",
    "gaps",
    "progress",
    "run_of",
    "state_at",
    "status",
    "step_figures",
    "summary",
    "task_statistics",
    "timeline",
    "trace",
    "workflow_statistics",
]
