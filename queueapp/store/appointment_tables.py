"""The table of appointments. Private to the store, like :mod:`queueapp.store.tables`."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlmodel import Field

from queueapp.domain.appointment import AppointmentState, Source
from queueapp.store.columns import PartialIndex, Row, words

IS_BOOKED = f"state = '{AppointmentState.BOOKED}'"
IS_WRITTEN = "(label <> '' OR reference IS NOT NULL)"
"""Something is written about whom it is for."""


class AppointmentRow(Row, table=True):
    """A time that somebody was promised before they come."""

    __tablename__ = "appointment"
    __table_args__ = (
        ForeignKeyConstraint(["branch_id", "service"], ["service.branch_id", "service.code"]),
        ForeignKeyConstraint(["branch_id", "ticket_id"], ["ticket.branch_id", "ticket.ticket_id"]),
        UniqueConstraint("branch_id", "code", name="appointment_code_once"),
        UniqueConstraint("branch_id", "token", name="appointment_token_once"),
        UniqueConstraint("branch_id", "reference", name="appointment_reference_once"),
        UniqueConstraint("branch_id", "ticket_id", name="appointment_ticket_once"),
        CheckConstraint(
            "(state = 'checked_in') = (ticket_id IS NOT NULL)", name="checked_in_has_its_ticket"
        ),
        Index("appointment_starts", "branch_id", "starts_at"),
        Index("appointment_revision", "branch_id", "revision"),
        PartialIndex(
            "appointment_booked",
            "branch_id",
            "starts_at",
            "service",
            where=IS_BOOKED,
        ),
        PartialIndex(
            "appointment_written",
            "branch_id",
            "starts_at",
            where=IS_WRITTEN,
        ),
    )

    branch_id: str = Field(primary_key=True)
    appointment_id: UUID = Field(primary_key=True)
    revision: int = Field(sa_type=BigInteger)
    service: str
    starts_at: datetime
    code: str
    token: str
    source: Source = Field(sa_type=words(Source))
    booked_at: datetime
    state: AppointmentState = Field(sa_type=words(AppointmentState))
    reference: str | None = None
    label: str = ""
    language: str
    ticket_id: UUID | None = None
