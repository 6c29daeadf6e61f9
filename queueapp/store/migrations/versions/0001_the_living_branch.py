"""The living branch: everything of the first version."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "branch",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("plan_revision", sa.BigInteger(), nullable=False),
        sa.Column("service_day", sa.Date(), nullable=True),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column(
            "policy",
            sa.Enum(
                "accumulating",
                "strict",
                "fifo",
                name="policy",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("public_url", sa.String(), nullable=True),
        sa.Column("call_is_start", sa.Boolean(), nullable=False),
        sa.Column("auto_call", sa.Boolean(), nullable=False),
        sa.Column("hold_limit_s", sa.Integer(), nullable=False),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("branch_id"),
    )
    op.create_table(
        "category",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("head_start_s", sa.Float(), nullable=False),
        sa.Column("needs_reason", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("by_appointment", sa.Boolean(), nullable=False),
        sa.Column("at_kiosk", sa.Boolean(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.CheckConstraint("weight > 0 AND head_start_s >= 0", name="priority"),
        sa.ForeignKeyConstraint(
            ["branch_id"],
            ["branch.branch_id"],
        ),
        sa.PrimaryKeyConstraint("branch_id", "code"),
    )
    op.create_table(
        "counter",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.CheckConstraint("number > 0", name="number"),
        sa.ForeignKeyConstraint(
            ["branch_id"],
            ["branch.branch_id"],
        ),
        sa.PrimaryKeyConstraint("branch_id", "number"),
    )
    op.create_table(
        "estimate",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting", sa.JSON(), nullable=False),
        sa.Column("arriving", sa.JSON(), nullable=False),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"],
            ["branch.branch_id"],
        ),
        sa.PrimaryKeyConstraint("branch_id"),
    )
    op.create_table(
        "event",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("command_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff", sa.String(), nullable=True),
        sa.Column("counter", sa.Integer(), nullable=True),
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.Column("receipt", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"],
            ["branch.branch_id"],
        ),
        sa.PrimaryKeyConstraint("branch_id", "revision"),
        sa.UniqueConstraint("branch_id", "command_id", name="event_command_once"),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(
            "event_at_counter",
            ["branch_id", "counter", "revision"],
            unique=False,
            sqlite_where=sa.text("ticket_id IS NOT NULL"),
            postgresql_where=sa.text("ticket_id IS NOT NULL"),
        )

    op.create_table(
        "number_series",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"],
            ["branch.branch_id"],
        ),
        sa.PrimaryKeyConstraint("branch_id", "day", "letter"),
    )
    op.create_table(
        "service",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(1), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("target_s", sa.Float(), nullable=False),
        sa.Column("mean_s", sa.Float(), nullable=False),
        sa.Column("spread_s", sa.Float(), nullable=False),
        sa.Column("opening", sa.JSON(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.CheckConstraint("target_s > 0 AND mean_s > 0 AND spread_s >= 0", name="durations"),
        sa.ForeignKeyConstraint(
            ["branch_id"],
            ["branch.branch_id"],
        ),
        sa.PrimaryKeyConstraint("branch_id", "code"),
    )
    op.create_table(
        "staff",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "clerk",
                "supervisor",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("pin_hash", sa.String(), nullable=False),
        sa.Column("wrong_pins", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"],
            ["branch.branch_id"],
        ),
        sa.PrimaryKeyConstraint("branch_id", "code"),
    )
    op.create_table(
        "counter_service",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id", "counter"],
            ["counter.branch_id", "counter.number"],
        ),
        sa.ForeignKeyConstraint(
            ["branch_id", "service"],
            ["service.branch_id", "service.code"],
        ),
        sa.PrimaryKeyConstraint("branch_id", "counter", "service"),
    )
    op.create_table(
        "desk",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "paused",
                "closed",
                name="deskstate",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("staff", sa.String(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("expected_end", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'closed') = (staff IS NULL)", name="signed_on"),
        sa.ForeignKeyConstraint(
            ["branch_id", "counter"],
            ["counter.branch_id", "counter.number"],
        ),
        sa.ForeignKeyConstraint(
            ["branch_id", "staff"],
            ["staff.branch_id", "staff.code"],
        ),
        sa.PrimaryKeyConstraint("branch_id", "counter"),
    )
    with op.batch_alter_table("desk", schema=None) as batch_op:
        batch_op.create_index("desk_one_per_person", ["branch_id", "staff"], unique=True)

    op.create_table(
        "roster",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts", sa.String(), nullable=False),
        sa.Column("ends", sa.String(), nullable=False),
        sa.Column("breaks", sa.JSON(), nullable=False),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        sa.ForeignKeyConstraint(
            ["branch_id", "counter"],
            ["counter.branch_id", "counter.number"],
        ),
        sa.PrimaryKeyConstraint("branch_id", "counter", "position"),
    )
    op.create_table(
        "ticket",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("category_reason", sa.String(), nullable=False),
        sa.Column("appointment_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "kiosk",
                "counter",
                "phone",
                "api",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number > 0", name="number"),
        sa.ForeignKeyConstraint(
            ["branch_id", "letter"],
            ["service.branch_id", "service.code"],
        ),
        sa.PrimaryKeyConstraint("branch_id", "ticket_id"),
        sa.UniqueConstraint(
            "branch_id", "day", "letter", "number", name="ticket_number_once_a_day"
        ),
        sa.UniqueConstraint("branch_id", "token", name="ticket_token_once"),
    )
    op.create_table(
        "leg",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "called",
                "serving",
                "held",
                "ended",
                "withdrawn",
                name="legstate",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("accrues_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("for_counter", sa.Integer(), nullable=True),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counter", sa.Integer(), nullable=True),
        sa.Column("staff", sa.String(), nullable=True),
        sa.Column("recalls", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "served",
                "transferred",
                "no_show",
                "cancelled",
                "expired",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=True,
        ),
        sa.Column("outcome_code", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("promise_p50", sa.Float(), nullable=True),
        sa.Column("promise_p80", sa.Float(), nullable=True),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state <> 'ended') OR (ended_at IS NOT NULL AND outcome IS NOT NULL)",
            name="ended_has_its_outcome",
        ),
        sa.CheckConstraint("state <> 'held' OR held_at IS NOT NULL", name="held_has_its_time"),
        sa.CheckConstraint(
            "state <> 'serving' OR started_at IS NOT NULL", name="serving_has_start"
        ),
        sa.CheckConstraint(
            "state NOT IN ('called', 'serving')"
            " OR (called_at IS NOT NULL AND counter IS NOT NULL AND staff IS NOT NULL)",
            name="called_has_its_desk",
        ),
        sa.ForeignKeyConstraint(
            ["branch_id", "category"],
            ["category.branch_id", "category.code"],
        ),
        sa.ForeignKeyConstraint(
            ["branch_id", "counter"],
            ["counter.branch_id", "counter.number"],
        ),
        sa.ForeignKeyConstraint(
            ["branch_id", "service"],
            ["service.branch_id", "service.code"],
        ),
        sa.ForeignKeyConstraint(
            ["branch_id", "staff"],
            ["staff.branch_id", "staff.code"],
        ),
        sa.ForeignKeyConstraint(
            ["branch_id", "ticket_id"],
            ["ticket.branch_id", "ticket.ticket_id"],
        ),
        sa.PrimaryKeyConstraint("branch_id", "ticket_id", "ordinal"),
    )
    with op.batch_alter_table("leg", schema=None) as batch_op:
        batch_op.create_index(
            "leg_one_in_hand",
            ["branch_id", "counter"],
            unique=True,
            sqlite_where=sa.text("state IN ('called', 'serving')"),
            postgresql_where=sa.text("state IN ('called', 'serving')"),
        )
        batch_op.create_index(
            "leg_one_unfinished",
            ["branch_id", "ticket_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('called', 'held', 'serving', 'waiting')"),
            postgresql_where=sa.text("state IN ('called', 'held', 'serving', 'waiting')"),
        )
        batch_op.create_index("leg_revision", ["branch_id", "revision"], unique=False)
        batch_op.create_index(
            "leg_unfinished",
            ["branch_id", "state", "ticket_id"],
            unique=False,
            sqlite_where=sa.text("state IN ('called', 'held', 'serving', 'waiting')"),
            postgresql_where=sa.text("state IN ('called', 'held', 'serving', 'waiting')"),
        )
        batch_op.create_index(
            "leg_waiting",
            ["branch_id", "service", "category", "for_counter", "accrues_from", "ticket_id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index(
            "leg_waiting_for_counter",
            ["branch_id", "for_counter"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting' AND for_counter IS NOT NULL"),
            postgresql_where=sa.text("state = 'waiting' AND for_counter IS NOT NULL"),
        )

    op.create_table(
        "rating",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "waited_too_long",
                "came_again",
                "unclear_answer",
                "unfriendly",
                "other",
                name="ratingreason",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=True,
        ),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "kiosk",
                "counter",
                "phone",
                "api",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name="score"),
        sa.ForeignKeyConstraint(
            ["branch_id", "ticket_id", "ordinal"],
            ["leg.branch_id", "leg.ticket_id", "leg.ordinal"],
        ),
        sa.PrimaryKeyConstraint("branch_id", "ticket_id", "ordinal"),
    )
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.create_index("rating_revision", ["branch_id", "revision"], unique=False)
