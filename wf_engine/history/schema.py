"""The tables. A change here wants a new revision in migrations/versions, named last in REVISIONS."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text

REVISIONS = ("0001", "0002", "0003", "0004")
"""The revisions that this version knows, oldest first."""

Rows = Sequence[tuple[Any, ...]]
"""Rows of a table, their values in the order of its columns."""

metadata = MetaData()

executions = Table(
    "executions",
    metadata,
    Column("execution_id", String(64), primary_key=True),
    Column("workflow", Text),
    Column("namespace", Text),
    Column("version", Text),
    Column("definition_hash", Text),
    Column("mode", Text),
    Column("source", Text),
    Column("status", String(16), nullable=False),
    Column("started_at", String(32), nullable=False),
    Column("completed_at", String(32)),
    Column("duration_ms", Float),
    Column("error_code", Text),
    Column("input", Text),
    Column("steps", Text),
)
"""The summary of each execution: a cache of the fold `summary`, column by field. Nothing stands here alone.

`input` is that of the execution as JSON, unless it is large; `steps` is the fold `step_figures` of one that has ended.
"""

segments = Table(
    "segments",
    metadata,
    Column("execution_id", String(64), ForeignKey("executions.execution_id", ondelete="CASCADE"), primary_key=True),
    Column("first_seq", Integer, primary_key=True),
    Column("last_seq", Integer, nullable=False),
    Column("events", Text, nullable=False),
)
"""The events, as JSON arrays of those that were committed together."""

versions = Table(
    "versions",
    metadata,
    Column("namespace", Text, primary_key=True),
    Column("workflow", Text, primary_key=True),
    Column("definition_hash", String(64), primary_key=True),
    Column("version", Text),
    Column("definition", Text, nullable=False),
    Column("first_run_at", String(32), nullable=False),
)
"""What a workflow was when it was run: a row for each definition, as normalised JSON, by its SHA-256."""

_UNFINISHED = executions.c.completed_at.is_(None)

Index("executions_by_time", executions.c.started_at, executions.c.execution_id)
Index("executions_by_workflow", executions.c.workflow, executions.c.started_at)
Index("executions_by_source", executions.c.source, executions.c.started_at)
Index("executions_unfinished", executions.c.execution_id, sqlite_where=_UNFINISHED, postgresql_where=_UNFINISHED)
