"""The schema, as SQLModel tables. Private to the store: nobody else sees a row.

Every key starts with ``branch_id``; rows that live on screens carry the ``revision`` that wrote
them last; times are UTC. What can never be is forbidden here, by the database itself.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlmodel import Field

from queueapp.domain.branch import Policy
from queueapp.domain.desk import DeskState
from queueapp.domain.rating import RatingReason
from queueapp.domain.staff import Role
from queueapp.domain.ticket import IN_HAND, UNFINISHED, Channel, LegState, Outcome
from queueapp.store.columns import PartialIndex, Row, words


def one_of(states: frozenset[LegState]) -> str:
    """``states`` as a condition that partial indexes and the statements that use them share."""
    return "state IN (" + ", ".join(f"'{state}'" for state in sorted(states)) + ")"


IS_WAITING = f"state = '{LegState.WAITING}'"
IS_SENT = f"{IS_WAITING} AND for_counter IS NOT NULL"
IS_IN_HAND = one_of(IN_HAND)
IS_UNFINISHED = one_of(UNFINISHED)


class BranchRow(Row, table=True):
    """One front office; its row is the lock of everything in it."""

    __tablename__ = "branch"

    branch_id: str = Field(primary_key=True)
    revision: int = Field(default=0, sa_type=BigInteger)
    plan_revision: int = Field(default=0, sa_type=BigInteger)
    """The revision that last changed what the branch or its staff are."""
    service_day: date | None = None
    name: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    time_zone: str = "UTC"
    policy: Policy = Field(default=Policy.ACCUMULATING, sa_type=words(Policy))
    languages: list[str] = Field(default_factory=list, sa_type=JSON)
    public_url: str | None = None
    phone: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    call_is_start: bool = False
    auto_call: bool = False
    hold_limit_s: int = 900
    outcomes: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    weekend: list[int] = Field(default_factory=list, sa_type=JSON)
    holidays: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    shows_accuracy: bool = False
    break_moves: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)


class ServiceRow(Row, table=True):
    """What customers come for."""

    __tablename__ = "service"
    __table_args__ = (
        ForeignKeyConstraint(["branch_id"], ["branch.branch_id"]),
        CheckConstraint("target_s > 0 AND mean_s > 0 AND spread_s >= 0", name="durations"),
    )

    branch_id: str = Field(primary_key=True)
    code: str = Field(primary_key=True, max_length=1)
    position: int
    name: dict[str, str] = Field(sa_type=JSON)
    target_s: float
    mean_s: float
    spread_s: float
    opening: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    capacity: int | None = None
    is_open: bool = True
    remote_paused_at: datetime | None = None
    booking: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    retired: bool = False


class CategoryRow(Row, table=True):
    """Why somebody goes sooner."""

    __tablename__ = "category"
    __table_args__ = (
        ForeignKeyConstraint(["branch_id"], ["branch.branch_id"]),
        CheckConstraint("weight > 0 AND head_start_s >= 0", name="priority"),
    )

    branch_id: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    position: int
    name: dict[str, str] = Field(sa_type=JSON)
    weight: float
    head_start_s: float
    needs_reason: bool
    reasons: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    by_appointment: bool
    at_kiosk: bool
    retired: bool = False


class CounterRow(Row, table=True):
    """A numbered place where clerks serve."""

    __tablename__ = "counter"
    __table_args__ = (
        ForeignKeyConstraint(["branch_id"], ["branch.branch_id"]),
        CheckConstraint("number > 0", name="number"),
    )

    branch_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    retired: bool = False


class CounterServiceRow(Row, table=True):
    """A service that a counter serves; rank 0 is what it is best at."""

    __tablename__ = "counter_service"
    __table_args__ = (
        ForeignKeyConstraint(["branch_id", "counter"], ["counter.branch_id", "counter.number"]),
        ForeignKeyConstraint(["branch_id", "service"], ["service.branch_id", "service.code"]),
    )

    branch_id: str = Field(primary_key=True)
    counter: int = Field(primary_key=True)
    service: str = Field(primary_key=True)
    rank: int


class RosterRow(Row, table=True):
    """A counter's planned shift on one weekday, in the branch's local time."""

    __tablename__ = "roster"
    __table_args__ = (
        ForeignKeyConstraint(["branch_id", "counter"], ["counter.branch_id", "counter.number"]),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
    )

    branch_id: str = Field(primary_key=True)
    counter: int = Field(primary_key=True)
    position: int = Field(primary_key=True)
    weekday: int
    starts: str
    ends: str
    breaks: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)


class StaffRow(Row, table=True):
    """A person with a PIN and a role."""

    __tablename__ = "staff"
    __table_args__ = (ForeignKeyConstraint(["branch_id"], ["branch.branch_id"]),)

    branch_id: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    name: str
    role: Role = Field(sa_type=words(Role))
    pin_hash: str
    wrong_pins: int = 0
    locked_until: datetime | None = None
    retired: bool = False
    """No longer on the staff; what they did keeps their code."""


class DeskRow(Row, table=True):
    """One row a counter: who is signed on there, and whether customers can be called."""

    __tablename__ = "desk"
    __table_args__ = (
        ForeignKeyConstraint(["branch_id", "counter"], ["counter.branch_id", "counter.number"]),
        ForeignKeyConstraint(["branch_id", "staff"], ["staff.branch_id", "staff.code"]),
        CheckConstraint("(state = 'closed') = (staff IS NULL)", name="signed_on"),
        Index("desk_one_per_person", "branch_id", "staff", unique=True),
    )

    branch_id: str = Field(primary_key=True)
    counter: int = Field(primary_key=True)
    revision: int = Field(sa_type=BigInteger)
    state: DeskState = Field(sa_type=words(DeskState))
    staff: str | None = None
    since: datetime | None = None
    reason: str = ""
    expected_end: datetime | None = None


class TicketRow(Row, table=True):
    """What never changes about one customer's visit; what happens is in its legs."""

    __tablename__ = "ticket"
    __table_args__ = (
        ForeignKeyConstraint(["branch_id", "letter"], ["service.branch_id", "service.code"]),
        UniqueConstraint("branch_id", "day", "letter", "number", name="ticket_number_once_a_day"),
        UniqueConstraint("branch_id", "token", name="ticket_token_once"),
        CheckConstraint("number > 0", name="number"),
    )

    branch_id: str = Field(primary_key=True)
    ticket_id: UUID = Field(primary_key=True)
    day: date
    letter: str
    number: int
    category_reason: str = ""
    appointment_at: datetime | None = None
    language: str
    channel: Channel = Field(sa_type=words(Channel))
    token: str
    arrived_at: datetime


class LegRow(Row, table=True):
    """One stretch of a visit, for one service."""

    __tablename__ = "leg"
    __table_args__ = (
        ForeignKeyConstraint(["branch_id", "ticket_id"], ["ticket.branch_id", "ticket.ticket_id"]),
        ForeignKeyConstraint(["branch_id", "service"], ["service.branch_id", "service.code"]),
        ForeignKeyConstraint(["branch_id", "category"], ["category.branch_id", "category.code"]),
        ForeignKeyConstraint(["branch_id", "counter"], ["counter.branch_id", "counter.number"]),
        ForeignKeyConstraint(["branch_id", "staff"], ["staff.branch_id", "staff.code"]),
        CheckConstraint(
            "state NOT IN ('called', 'serving')"
            " OR (called_at IS NOT NULL AND counter IS NOT NULL AND staff IS NOT NULL)",
            name="called_has_its_desk",
        ),
        CheckConstraint("state <> 'serving' OR started_at IS NOT NULL", name="serving_has_start"),
        CheckConstraint("state <> 'held' OR held_at IS NOT NULL", name="held_has_its_time"),
        CheckConstraint(
            "(state <> 'ended') OR (ended_at IS NOT NULL AND outcome IS NOT NULL)",
            name="ended_has_its_outcome",
        ),
        PartialIndex(
            "leg_one_in_hand",
            "branch_id",
            "counter",
            unique=True,
            where=IS_IN_HAND,
        ),
        PartialIndex(
            "leg_one_unfinished",
            "branch_id",
            "ticket_id",
            unique=True,
            where=IS_UNFINISHED,
        ),
        PartialIndex(
            "leg_unfinished",
            "branch_id",
            "state",
            "ticket_id",
            where=IS_UNFINISHED,
        ),
        PartialIndex(
            "leg_waiting",
            "branch_id",
            "service",
            "category",
            "for_counter",
            "accrues_from",
            "ticket_id",
            "not_before",
            where=IS_WAITING,
        ),
        PartialIndex(
            "leg_waiting_for_counter",
            "branch_id",
            "for_counter",
            where=IS_SENT,
        ),
        Index("leg_revision", "branch_id", "revision"),
    )

    branch_id: str = Field(primary_key=True)
    ticket_id: UUID = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    revision: int = Field(sa_type=BigInteger)
    service: str
    category: str
    state: LegState = Field(sa_type=words(LegState))
    accrues_from: datetime
    waiting_since: datetime
    for_counter: int | None = None
    not_before: datetime | None = None
    called_at: datetime | None = None
    started_at: datetime | None = None
    held_at: datetime | None = None
    ended_at: datetime | None = None
    counter: int | None = None
    staff: str | None = None
    recalls: int = 0
    outcome: Outcome | None = Field(default=None, sa_type=words(Outcome))
    outcome_code: str | None = None
    note: str = ""
    promise_p50: float | None = None
    promise_p80: float | None = None
    promised_at: datetime | None = None
    promise_p10: float | None = None
    promise_p90: float | None = None


class RatingRow(Row, table=True):
    """One tap, bound to exactly one leg."""

    __tablename__ = "rating"
    __table_args__ = (
        ForeignKeyConstraint(
            ["branch_id", "ticket_id", "ordinal"],
            ["leg.branch_id", "leg.ticket_id", "leg.ordinal"],
        ),
        CheckConstraint("score BETWEEN 1 AND 5", name="score"),
        Index("rating_revision", "branch_id", "revision"),
    )

    branch_id: str = Field(primary_key=True)
    ticket_id: UUID = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    revision: int = Field(sa_type=BigInteger)
    score: int
    reason: RatingReason | None = Field(default=None, sa_type=words(RatingReason))
    rated_at: datetime
    channel: Channel = Field(sa_type=words(Channel))


class EventRow(Row, table=True):
    """The history, append-only: who did what, when, where, and what it changed."""

    __tablename__ = "event"
    __table_args__ = (
        ForeignKeyConstraint(["branch_id"], ["branch.branch_id"]),
        UniqueConstraint("branch_id", "command_id", name="event_command_once"),
        PartialIndex(
            "event_at_counter",
            "branch_id",
            "counter",
            "revision",
            where="ticket_id IS NOT NULL",
        ),
    )

    branch_id: str = Field(primary_key=True)
    revision: int = Field(primary_key=True, sa_type=BigInteger)
    command_id: UUID
    kind: str
    at: datetime
    staff: str | None = None
    counter: int | None = None
    ticket_id: UUID | None = None
    receipt: dict[str, Any] = Field(sa_type=JSON)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    before: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    after: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)


class NumberSeriesRow(Row, table=True):
    """The last number given, per day and letter."""

    __tablename__ = "number_series"
    __table_args__ = (ForeignKeyConstraint(["branch_id"], ["branch.branch_id"]),)

    branch_id: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    letter: str = Field(primary_key=True)
    last: int


class EstimateRow(Row, table=True):
    """The forecaster's last word about a branch, and who may speak it."""

    __tablename__ = "estimate"
    __table_args__ = (ForeignKeyConstraint(["branch_id"], ["branch.branch_id"]),)

    branch_id: str = Field(primary_key=True)
    revision: int = Field(default=0, sa_type=BigInteger)
    made_at: datetime | None = None
    waiting: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    arriving: list[Any] = Field(default_factory=list, sa_type=JSON)
    outlook: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    holder: str | None = None
    lease_until: datetime | None = None
