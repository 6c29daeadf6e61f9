"""Tickets on paper: printers, and what is asked of them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

OPEN = "state IN ('failed', 'printing', 'waiting')"


def _fault() -> sa.Enum:
    return sa.Enum(
        "offline",
        "silent",
        "cover_open",
        "paper_out",
        "broken",
        name="printerfault",
        native_enum=False,
        create_constraint=True,
        length=16,
    )


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "printer",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("fault", _fault(), nullable=True),
        sa.Column("paper_is_low", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.branch_id"]),
        sa.PrimaryKeyConstraint("branch_id", "name"),
    )
    op.create_table(
        "print",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("printer", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "printing",
                "printed",
                "failed",
                "lapsed",
                name="printstate",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("is_copy", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff", sa.String(), nullable=True),
        sa.Column("fault", _fault(), nullable=True),
        sa.Column("reached_paper", sa.Boolean(), nullable=False),
        sa.CheckConstraint("state <> 'failed' OR fault IS NOT NULL", name="failed_has_its_fault"),
        sa.ForeignKeyConstraint(
            ["branch_id", "ticket_id"], ["ticket.branch_id", "ticket.ticket_id"]
        ),
        sa.ForeignKeyConstraint(["branch_id", "staff"], ["staff.branch_id", "staff.code"]),
        sa.PrimaryKeyConstraint("branch_id", "ticket_id", "ordinal"),
    )
    with op.batch_alter_table("print", schema=None) as batch_op:
        batch_op.create_index(
            "print_open",
            ["branch_id", "printer", "state"],
            unique=False,
            sqlite_where=sa.text(OPEN),
            postgresql_where=sa.text(OPEN),
        )
