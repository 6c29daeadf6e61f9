"""Finding what is still written about old appointments, however many there are."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

IS_WRITTEN = sa.text("(label <> '' OR reference IS NOT NULL)")


def upgrade() -> None:
    """Apply."""
    op.create_index(
        "appointment_written",
        "appointment",
        ["branch_id", "starts_at"],
        sqlite_where=IS_WRITTEN,
        postgresql_where=IS_WRITTEN,
    )
