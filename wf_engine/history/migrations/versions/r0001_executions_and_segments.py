"""Executions and segments."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes the two tables and their indexes."""
    op.create_table(
        "executions",
        sa.Column("execution_id", sa.String(64), primary_key=True),
        sa.Column("workflow", sa.Text),
        sa.Column("namespace", sa.Text),
        sa.Column("version", sa.Text),
        sa.Column("definition_hash", sa.Text),
        sa.Column("mode", sa.Text),
        sa.Column("source", sa.Text),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("started_at", sa.String(32), nullable=False),
        sa.Column("completed_at", sa.String(32)),
        sa.Column("duration_ms", sa.Float),
        sa.Column("error_code", sa.Text),
    )
    op.create_table(
        "segments",
        sa.Column(
            "execution_id",
            sa.String(64),
            sa.ForeignKey("executions.execution_id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("first_seq", sa.Integer, primary_key=True),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("events", sa.Text, nullable=False),
    )
    op.create_index("executions_by_time", "executions", ["started_at", "execution_id"])
    op.create_index("executions_by_workflow", "executions", ["workflow", "started_at"])
    op.create_index("executions_by_source", "executions", ["source", "started_at"])
    unfinished = sa.text("completed_at IS NULL")
    op.create_index(
        "executions_unfinished", "executions", ["execution_id"], sqlite_where=unfinished, postgresql_where=unfinished
    )
