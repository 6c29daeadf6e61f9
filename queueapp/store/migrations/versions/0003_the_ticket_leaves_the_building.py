"""The phone page and the API: typed words, keys, webhooks, secrets, and who is still on the way."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

IS_WAITING = sa.text("state = 'waiting'")
LINE = ["branch_id", "service", "category", "for_counter", "accrues_from", "ticket_id"]


def upgrade() -> None:
    """Apply."""
    op.add_column("branch", sa.Column("phone", sa.JSON(), nullable=True))
    op.add_column("leg", sa.Column("not_before", sa.DateTime(timezone=True), nullable=True))
    _index_lines([*LINE, "not_before"])
    op.create_table(
        "customer_words",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id", "ticket_id", "ordinal"],
            ["rating.branch_id", "rating.ticket_id", "rating.ordinal"],
        ),
        sa.PrimaryKeyConstraint("branch_id", "ticket_id", "ordinal"),
    )
    op.create_index("customer_words_written", "customer_words", ["branch_id", "written_at"])
    op.create_table(
        "api_key",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("staff", sa.String(), nullable=True),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.branch_id"]),
        sa.ForeignKeyConstraint(["branch_id", "staff"], ["staff.branch_id", "staff.code"]),
        sa.PrimaryKeyConstraint("branch_id", "key_id"),
    )
    op.create_table(
        "webhook",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("told", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.branch_id"]),
        sa.PrimaryKeyConstraint("branch_id", "webhook_id"),
    )
    op.create_table(
        "secret",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.branch_id"]),
        sa.PrimaryKeyConstraint("branch_id", "purpose"),
    )


def _index_lines(columns: list[str]) -> None:
    op.drop_index("leg_waiting", "leg")
    op.create_index(
        "leg_waiting", "leg", columns, sqlite_where=IS_WAITING, postgresql_where=IS_WAITING
    )
