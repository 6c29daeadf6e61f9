"""Appointments: a time that somebody was promised before they come, and what comes of it.

::

    booked ──check in──▶ checked in (a ticket of the appointment category, due at its time)
       ├──cancel──▶ cancelled
       └──its day ends──▶ missed
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from queueapp.domain.branch import Branch, Category
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.slot_rules import SlotRules
from queueapp.domain.typed import plain
from queueapp.domain.words import ServiceCode, TicketId

AppointmentId = NewType("AppointmentId", UUID)

CODE_DIGITS = 8
"""Of a hundred appointments that may be checked in now, a guess meets one in a million times."""
TOKEN_LETTERS = "23456789abcdefghijkmnpqrstuvwxyz"  # noqa: S105 - what secrets are made of
"""Small letters only: a scanner types them alike whatever the keyboard is switched to."""
MARK = "queueapp:"
"""What may stand in front of a code that is scanned, so that a kiosk knows it is no touch."""
TOKEN_LENGTH = 20
"""100 random bits: nobody guesses another customer's page."""
LONGEST_REFERENCE = 60
LONGEST_LABEL = 80


class AppointmentState(StrEnum):
    """What has become of an appointment."""

    BOOKED = "booked"
    CHECKED_IN = "checked_in"
    CANCELLED = "cancelled"
    MISSED = "missed"


class Source(StrEnum):
    """Who made an appointment."""

    IMPORT = "import"
    """Another system, which knows it by its reference."""
    API = "api"
    """A program, in a free place."""
    PAGE = "page"
    """The customer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One customer's time for one service."""

    id: AppointmentId
    service: ServiceCode
    starts_at: datetime
    """Aware."""
    code: str
    """What the customer types at the kiosk: eight Latin digits."""
    token: str = field(repr=False)
    """The secret in the address of the appointment's page."""
    source: Source
    booked_at: datetime
    state: AppointmentState = AppointmentState.BOOKED
    reference: str | None = None
    """What the other system calls it."""
    label: str = ""
    """What staff shall know of it; deleted after a while, as what customers type is."""
    language: str
    ticket: TicketId | None = None
    """Once checked in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentFigures:
    """A day's appointments, counted."""

    booked: int
    """All but the cancelled ones."""
    came: int
    missed: int
    """Too late to come any more, those of a running day too."""
    cancelled: int

    @property
    def to_come(self) -> int:
        """Who is still expected."""
        return self.booked - self.came - self.missed


def new_code() -> str:
    """A code that nobody can guess; the first figure is no nought, which people leave out."""
    least = 10 ** (CODE_DIGITS - 1)
    return str(least + secrets.randbelow(9 * least))


def new_token() -> str:
    """A secret for the address of a page."""
    return "".join(secrets.choice(TOKEN_LETTERS) for _ in range(TOKEN_LENGTH))


def is_token(written: str) -> bool:
    """Whether ``written`` looks like a token; for anything else the database is not asked."""
    return len(written) == TOKEN_LENGTH and set(written) <= set(TOKEN_LETTERS)


def spoken_code(code: str) -> str:
    """``code`` as it is read aloud, in two parts; in Latin digits."""
    half = CODE_DIGITS // 2
    return f"{code[:half]} {code[half:]}"


def page_address(public_url: str | None, token: str) -> str | None:
    """Where the appointment's page is; what its QR code carries."""
    return f"{public_url.rstrip('/')}/a/{token}" if public_url else None


def read_code(typed: str) -> str:
    """The code or the token in what somebody typed or a scanner read; empty when there is none.

    Takes a page's whole address, figures of any script, and blanks and dashes between them.
    """
    written = plain(typed)
    token = written.rstrip("/").rpartition("/a/")[2].lower()[:TOKEN_LENGTH]
    if "/a/" in written and is_token(token):
        return token
    figures = "".join(letter for letter in written.removeprefix(MARK) if letter not in " -\t_")
    if len(figures) == CODE_DIGITS and figures.isascii() and figures.isdigit():
        return figures
    return written if is_token(written) else ""


def rules_of(branch: Branch, service: ServiceCode) -> SlotRules:
    """How appointments of ``service`` are kept; the usual rules where it takes no new ones."""
    return branch.service(service).booking or SlotRules()


def takes_appointments(branch: Branch) -> bool:
    """Whether any service does."""
    return any(service.booking is not None for service in branch.services)


def appointment_category(branch: Branch) -> Category | None:
    """The category in which whoever has an appointment waits."""
    return next((each for each in branch.categories if each.by_appointment), None)


def is_missed(branch: Branch, appointment: Appointment, now: datetime) -> bool:
    """Whether nobody came, and nobody may come any more."""
    match appointment.state:
        case AppointmentState.MISSED:
            return True
        case AppointmentState.BOOKED:
            late = rules_of(branch, appointment.service).late
            return now > appointment.starts_at + late
    return False


def is_expected(branch: Branch, appointment: Appointment, now: datetime) -> bool:
    """Whether somebody may still come."""
    is_booked = appointment.state is AppointmentState.BOOKED
    return is_booked and not is_missed(branch, appointment, now)


def check_in(
    branch: Branch, appointment: Appointment, ticket: TicketId, now: datetime
) -> Appointment:
    """The appointment of somebody who is here and has got ``ticket``."""
    refuse_unless_here_in_time(branch, appointment, now)
    return replace(appointment, state=AppointmentState.CHECKED_IN, ticket=ticket)


def refuse_unless_here_in_time(branch: Branch, appointment: Appointment, now: datetime) -> None:
    """Refuse whoever cannot be checked in at ``now``, with what to do instead."""
    _refuse_unless_booked(branch, appointment)
    # Minutes are counted in UTC: on the branch's clock an hour may be left out or come twice.
    rules, due = rules_of(branch, appointment.service), appointment.starts_at.astimezone(UTC)
    starts_at = branch.local(due)
    day = starts_at.date()
    if day != branch.day(now):
        if due <= now:
            raise over(branch, due)
        raise Refused(Reason.APPOINTMENT_ANOTHER_DAY, day=day, time=starts_at)
    if now < due - rules.early:
        begin = branch.local(due - rules.early)
        raise Refused(Reason.APPOINTMENT_EARLY, time=starts_at, begin=begin)
    if now > due + rules.late:
        raise Refused(Reason.APPOINTMENT_LATE, time=starts_at)


def cancel(branch: Branch, appointment: Appointment, now: datetime) -> Appointment:
    """The appointment of somebody who will not come."""
    _refuse_unless_booked(branch, appointment)
    if is_missed(branch, appointment, now):
        raise over(branch, appointment.starts_at)
    return replace(appointment, state=AppointmentState.CANCELLED)


def over(branch: Branch, starts_at: datetime) -> Refused:
    """What whoever speaks of an appointment at ``starts_at`` (aware) is told once that is over."""
    local = branch.local(starts_at)
    return Refused(Reason.APPOINTMENT_OVER, day=local.date(), time=local)


def figures(
    branch: Branch, appointments: Iterable[Appointment], now: datetime
) -> AppointmentFigures:
    """The appointments of one day, counted."""
    counts = dict.fromkeys(("came", "missed", "cancelled", "expected"), 0)
    for each in appointments:
        if each.state is AppointmentState.CANCELLED:
            counts["cancelled"] += 1
        elif each.state is AppointmentState.CHECKED_IN:
            counts["came"] += 1
        else:
            counts["missed" if is_missed(branch, each, now) else "expected"] += 1
    return AppointmentFigures(
        booked=counts["came"] + counts["missed"] + counts["expected"],
        came=counts["came"],
        missed=counts["missed"],
        cancelled=counts["cancelled"],
    )


def _refuse_unless_booked(branch: Branch, appointment: Appointment) -> None:
    match appointment.state:
        case AppointmentState.CANCELLED:
            service = branch.service(appointment.service).name
            raise Refused(Reason.APPOINTMENT_CANCELLED, service=service)
        case AppointmentState.CHECKED_IN:
            raise Refused(Reason.APPOINTMENT_CHECKED_IN, ticket="")
        case AppointmentState.MISSED:
            raise over(branch, appointment.starts_at)
