"""The history: executions as their lists of events, in a database, and the views over them.

Views are pure functions of events. The database is SQLite or PostgreSQL; its libraries are imported when a history is
opened.
"""

from wf_engine.history.folds import (
    Event,
    ExecutionSummary,
    StepFigures,
    around,
    compare,
    gaps,
    progress,
    state_at,
    status,
    step_figures,
    summary,
    task_statistics,
    timeline,
    trace,
    workflow_statistics,
)
from wf_engine.history.recorder import Recorder
from wf_engine.history.store import History

__all__ = [
    "Event",
    "ExecutionSummary",
    "History",
    "Recorder",
    "StepFigures",
    "around",
    "compare",
    "gaps",
    "progress",
    "state_at",
    "status",
    "step_figures",
    "summary",
    "task_statistics",
    "timeline",
    "trace",
    "workflow_statistics",
]
