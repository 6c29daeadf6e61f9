"""Days on which a branch rests, and staff who have left."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("branch", schema=None) as batch_op:
        batch_op.add_column(sa.Column("weekend", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("holidays", sa.JSON(), nullable=True))
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("retired", sa.Boolean(), nullable=True))
    op.execute("UPDATE branch SET weekend = '[]', holidays = '[]'")
    op.execute(sa.update(sa.table("staff", sa.column("retired"))).values(retired=sa.false()))
    with op.batch_alter_table("branch", schema=None) as batch_op:
        batch_op.alter_column("weekend", existing_type=sa.JSON(), nullable=False)
        batch_op.alter_column("holidays", existing_type=sa.JSON(), nullable=False)
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.alter_column("retired", existing_type=sa.Boolean(), nullable=False)
