"""What searches and statistics need, beside the summary of an execution."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds the columns. They are empty for executions that ended before; their events still say it."""
    op.add_column("executions", sa.Column("input", sa.Text))
    op.add_column("executions", sa.Column("steps", sa.Text))
