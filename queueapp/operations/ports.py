"""What the operations need from the outside, as protocols."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from queueapp.domain.branch import Branch
from queueapp.domain.desk import Desk
from queueapp.domain.estimate import Estimates
from queueapp.domain.live import LiveBranch
from queueapp.domain.printing import Print, Printer, PrinterName
from queueapp.domain.rating import Rating
from queueapp.domain.routing import Candidate, PickReason
from queueapp.domain.staff import PinGuard, Staff
from queueapp.domain.ticket import Leg, Ticket
from queueapp.domain.words import (
    BranchId,
    CommandId,
    CounterNumber,
    Revision,
    ServiceCode,
    StaffCode,
    TicketId,
)
from queueapp.operations.appointment_ports import Appointments
from queueapp.operations.web_ports import Access


class StoreUnavailable(Exception):  # noqa: N818 - it names a state that passes, not a mistake
    """The database cannot be reached now; nothing was changed, or the command was recorded.

    Sending the same command again (same ``command_id``) is always safe.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a command did; sending the command again gives the same receipt."""

    revision: Revision
    at: datetime
    ticket: TicketId | None = None
    label: str = ""
    """The ticket's number, when the command was about one."""
    token: str = ""
    """The ticket's secret, when the command issued it."""
    reason: PickReason | None = None
    """Why this ticket was picked, when the command called somebody."""
    percent: int = 0
    """How much of the promised wait it had used up then."""
    told: Mapping[str, Any] = field(default_factory=dict)
    """What else this kind of command tells, as JSON knows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What goes into the history; the store adds the revision, the time and the changed legs."""

    command_id: CommandId
    kind: str
    receipt: Receipt
    staff: StaffCode | None = None
    counter: CounterNumber | None = None
    facts: Mapping[str, str | int | bool | None] = field(default_factory=dict)
    """What else to know about it, such as the reason of a pause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One event about a ticket, as undo needs it."""

    kind: str
    staff: StaffCode | None
    at: datetime
    ticket: TicketId
    before: tuple[Leg, ...]
    """The legs that it changed, as they were."""
    after: tuple[Leg, ...]
    """The same legs afterwards, and those that it opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What signing on checks: the hash is argon2's and never leaves the store and this check."""

    staff: Staff
    pin_hash: str = field(repr=False)
    guard: PinGuard = field(default_factory=PinGuard)


class PinHasher(Protocol):
    """Makes and checks PIN hashes; slow on purpose, so never called inside a transaction."""

    def hash(self, pin: str) -> str:
        """The hash to keep."""

    def matches(self, pin_hash: str, pin: str) -> bool:
        """Whether ``pin`` is the one that was hashed."""


class Printing(Protocol):
    """What a transaction knows of tickets on paper."""

    def add(self, asked: Print) -> None:
        """Ask for a print."""

    def of_ticket(self, ticket: TicketId) -> list[Print]:
        """Every print of a ticket, the first one first."""

    def fail(self, failed: Print) -> None:
        """Keep why a print failed, unless it was printed or has lapsed."""

    def lapse(self, ticket: TicketId) -> None:
        """Nobody waits any more for the prints of a ticket that failed or have not begun."""

    def lapse_all(self) -> None:
        """The same for every ticket of the branch: the day is over."""

    def printers(self) -> list[Printer]:
        """Every printer of the branch, by name; without their unprinted tickets."""

    def save_printer(self, printer: Printer) -> None:
        """Store how a printer is, and tell every terminal."""

    def touch(self, printer: PrinterName) -> None:
        """Tell every terminal that something about this printer's tickets has changed."""


class Transaction(Protocol):
    """One command's transaction. The branch is locked, ``revision`` is the new one.

    Everything saved is stamped with ``revision``; nothing is kept unless :meth:`record` was
    reached and the block ended without an exception.
    """

    branch: Branch
    revision: Revision
    now: datetime
    """The database's clock, aware, UTC."""
    day: date | None
    """The service day that the branch last worked on."""

    @property
    def printing(self) -> Printing:
        """Tickets on paper."""

    @property
    def appointments(self) -> Appointments:
        """What was booked."""

    @property
    def access(self) -> Access:
        """Other systems, and what people typed."""

    def recorded(self, command_id: CommandId) -> tuple[str, Receipt] | None:
        """What kind of command was done before under this id, and what it did."""

    def start_day(self, day: date) -> None:
        """Make ``day`` the day the branch works on."""

    def heads(self, counter: CounterNumber) -> list[Candidate]:
        """The first of every line that ``counter`` may call from."""

    def count_waiting(self, service: ServiceCode) -> int:
        """How many wait for ``service``."""

    def estimates(self) -> Estimates | None:
        """The forecaster's last word for people arriving (``waiting`` is left empty)."""

    def unfinished(self) -> list[Ticket]:
        """Every ticket that waits, is in hand or on hold."""

    def next_number(self, day: date, letter: ServiceCode) -> tuple[int, datetime | None]:
        """Take the next number of ``letter`` on ``day``, from 1 without gaps.

        Beside it: when whoever has the number before it arrived.
        """

    def ticket(self, ticket: TicketId) -> Ticket:
        """The ticket with all its legs; refused when there is none."""

    def in_hand(self, counter: CounterNumber) -> Ticket | None:
        """The ticket at ``counter``, called or being served."""

    def desk(self, counter: CounterNumber) -> Desk:
        """The desk at ``counter``; closed when nobody ever signed on there."""

    def desk_of(self, staff: StaffCode) -> Desk | None:
        """The desk where ``staff`` is signed on."""

    def staff(self, code: StaffCode) -> Staff:
        """The person; refused when unknown."""

    def desks(self) -> list[Desk]:
        """All desks that are not closed."""

    def credentials(self, code: StaffCode) -> Credentials | None:
        """What signing on checks."""

    def rating(self, ticket: TicketId, ordinal: int) -> Rating | None:
        """What was said of a leg."""

    def last_action(self, counter: CounterNumber) -> Recorded | None:
        """The last event about a ticket at ``counter``; recalls and signing on changed nothing."""

    def add_ticket(self, ticket: Ticket) -> None:
        """Store a new ticket."""

    def save_ticket(self, before: Ticket, after: Ticket) -> None:
        """Store the legs that differ."""

    def save_desk(self, desk: Desk) -> None:
        """Store a desk."""

    def save_rating(self, rating: Rating) -> None:
        """Store or replace a leg's rating."""

    def save_credentials(self, credentials: Credentials) -> None:
        """Store or replace a person and their PIN."""

    def remove_staff(self, code: StaffCode) -> None:
        """Take a person off the staff; what they did in the past keeps their code."""

    def save_branch(self, branch: Branch) -> None:
        """Store the whole plan of the branch."""

    def record(self, event: Event) -> None:
        """Append the event and tell the other terminals when the transaction commits."""


class Store(Protocol):
    """Where a branch lives."""

    def transaction(self, branch: BranchId) -> AbstractContextManager[Transaction]:
        """Lock ``branch``, raise its revision; commit at the end, roll back on any exception.

        Raises :class:`StoreUnavailable` when the database cannot be reached.
        """

    def together(
        self, branch: BranchId
    ) -> AbstractContextManager[Callable[[], AbstractContextManager[Transaction]]]:
        """Several transactions that are committed as one; it gives what opens each.

        What raises within one leaves nothing of that one; what raises outside, or at the commit,
        leaves nothing of any.
        """

    def credentials(self, branch: BranchId, code: StaffCode) -> Credentials | None:
        """What signing on checks, read without a lock."""

    def now(self) -> datetime:
        """The database's clock."""


class Feed(Protocol):
    """Keeps a live picture of one branch and tells whenever it moved."""

    def start(
        self,
        on_change: Callable[[LiveBranch], None],
        on_connection: Callable[[bool], None],
    ) -> None:
        """Begin, in a thread of its own; both callbacks are called on that thread.

        ``on_connection(False)`` when the database went away, ``(True)`` when it is back.
        """

    def stop(self) -> None:
        """End, and wait until the thread has ended."""
