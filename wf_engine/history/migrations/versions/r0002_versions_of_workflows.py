"""Versions of workflows."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "versions",
        sa.Column("namespace", sa.Text, primary_key=True),
        sa.Column("workflow", sa.Text, primary_key=True),
        sa.Column("definition_hash", sa.String(64), primary_key=True),
        sa.Column("version", sa.Text),
        sa.Column("definition", sa.Text, nullable=False),
        sa.Column("first_run_at", sa.String(32), nullable=False),
    )
