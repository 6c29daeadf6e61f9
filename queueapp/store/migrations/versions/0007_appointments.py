"""Appointments, and which services take them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

IS_BOOKED = sa.text("state = 'booked'")


def upgrade() -> None:
    """Apply."""
    op.add_column("service", sa.Column("booking", sa.JSON(), nullable=True))
    op.create_table(
        "appointment",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "import",
                "api",
                "page",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "booked",
                "checked_in",
                "cancelled",
                "missed",
                name="appointmentstate",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state = 'checked_in') = (ticket_id IS NOT NULL)", name="checked_in_has_its_ticket"
        ),
        sa.ForeignKeyConstraint(["branch_id", "service"], ["service.branch_id", "service.code"]),
        sa.ForeignKeyConstraint(
            ["branch_id", "ticket_id"], ["ticket.branch_id", "ticket.ticket_id"]
        ),
        sa.PrimaryKeyConstraint("branch_id", "appointment_id"),
        sa.UniqueConstraint("branch_id", "code", name="appointment_code_once"),
        sa.UniqueConstraint("branch_id", "token", name="appointment_token_once"),
        sa.UniqueConstraint("branch_id", "reference", name="appointment_reference_once"),
        sa.UniqueConstraint("branch_id", "ticket_id", name="appointment_ticket_once"),
    )
    op.create_index("appointment_starts", "appointment", ["branch_id", "starts_at"])
    op.create_index("appointment_revision", "appointment", ["branch_id", "revision"])
    op.create_index(
        "appointment_booked",
        "appointment",
        ["branch_id", "starts_at", "service"],
        sqlite_where=IS_BOOKED,
        postgresql_where=IS_BOOKED,
    )
