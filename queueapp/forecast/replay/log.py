"""What a log says happened: visits, desks and bookings, in the words of whoever wrote it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Ending(StrEnum):
    """How a visit ended, as a log writes it."""

    SERVED = "served"
    NO_SHOW = "no_show"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One row of ``visits.csv``: one stretch of waiting and, if it came to that, of service."""

    line: int
    """Where it stands in the file."""
    ticket: str
    service: str
    category: str
    arrived_at: datetime
    appointment_at: datetime | None = None
    called_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: Ending | None = None
    counter: str = ""
    staff: str = ""

    @property
    def wait(self) -> float | None:
        """Seconds from arrival to call; ``None`` for who was never called."""
        if self.called_at is None:
            return None
        return (self.called_at - self.arrived_at).total_seconds()


class DeskWord(StrEnum):
    """What ``desks.csv`` says of a desk."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskChange:
    """One row of ``desks.csv``: what a counter's desk is from ``at`` on."""

    line: int
    counter: str
    staff: str
    state: DeskWord
    at: datetime
    expected: timedelta | None = None
    """How long a pause was said to take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedSlot:
    """One row of ``appointments.csv``."""

    line: int
    appointment_at: datetime
    service: str
    booked_at: datetime | None = None
    """``None``: before the log begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row that cannot be meant, and why."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.sentence}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """A whole log, in order of time."""

    visits: tuple[Visit, ...]
    desks: tuple[DeskChange, ...] | None = None
    """``None``: nobody recorded who was there."""
    bookings: tuple[BookedSlot, ...] = ()
    bad_rows: tuple[BadRow, ...] = ()
