"""Promises with their whole range, moved breaks, and the forecaster's outlook."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Apply."""
    # Columns that may be empty: years of legs are not written anew.
    op.add_column("leg", sa.Column("promise_p10", sa.Float(), nullable=True))
    op.add_column("leg", sa.Column("promise_p90", sa.Float(), nullable=True))
    op.add_column("estimate", sa.Column("outlook", sa.JSON(), nullable=True))
    with op.batch_alter_table("branch", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shows_accuracy", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("break_moves", sa.JSON(), nullable=True))
    branch = sa.table("branch", sa.column("shows_accuracy"), sa.column("break_moves", sa.JSON()))
    op.execute(sa.update(branch).values(shows_accuracy=sa.false()))
    op.execute("UPDATE branch SET break_moves = '[]'")
    with op.batch_alter_table("branch", schema=None) as batch_op:
        batch_op.alter_column("shows_accuracy", existing_type=sa.Boolean(), nullable=False)
        batch_op.alter_column("break_moves", existing_type=sa.JSON(), nullable=False)
