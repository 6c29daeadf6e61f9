"""Services of which a supervisor paused the tickets from outside."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Apply."""
    op.add_column(
        "service", sa.Column("remote_paused_at", sa.DateTime(timezone=True), nullable=True)
    )
