"""An office that takes appointments, and what its tests do there."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from queueapp.domain.appointment import Appointment, Source
from queueapp.domain.branch import OpeningHours, Span, Weekday
from queueapp.domain.slot_rules import SlotRules
from queueapp.operations.appointment_commands import (
    BookAppointment,
    CheckIn,
    ImportAppointments,
    ImportedAppointment,
)
from queueapp.operations.ports import Receipt
from queueapp.store.web_store import SqlWebStore
from tests.domain.samples import LINES, TODAY, a_branch
from tests.operations.office import Office, open_office

DAY = timedelta(days=1)
RULES = SlotRules(length=timedelta(minutes=30), places=1, ahead=timedelta(days=7))


def open_booked(url: str) -> Office:
    """New lines by appointment, 8 to 18 every day; it is 12:00 there, and Sara is signed on."""
    branch = a_branch()
    hours = Span(starts=time(8), ends=time(18))
    opening = tuple(OpeningHours(weekday=day, span=hours) for day in Weekday)
    booked = replace(branch.service(LINES), booking=RULES, opening=opening)
    opened = open_office(url, branch.with_service(booked))
    opened.sign_on()
    return opened


def slot(office: Office, hour: int, minute: int = 0, days: int = 0) -> datetime:
    moment = datetime.combine(TODAY, time(hour, minute), office.branch.zone)
    return moment + timedelta(days=days)


def book(office: Office, starts_at: datetime, **overrides: object) -> Receipt:
    fields = {"service": LINES, "source": Source.PAGE, "language": "fa", **overrides}
    return office.do(BookAppointment(starts_at=starts_at, **fields))  # type: ignore[arg-type] # any field


def check_in(office: Office, code: str, **overrides: object) -> Receipt:
    return office.do(CheckIn(code=code, language="fa", **overrides))  # type: ignore[arg-type] # any field


def row(reference: str, starts_at: datetime, **overrides: object) -> ImportedAppointment:
    fields = {"service": LINES, **overrides}
    return ImportedAppointment(reference=reference, starts_at=starts_at, **fields)  # type: ignore[arg-type] # any field


def take_over(office: Office, *rows: ImportedAppointment) -> dict[str, object]:
    return dict(office.do(ImportAppointments(rows=rows)).told)


def kept(office: Office, code: str) -> Appointment:
    found = SqlWebStore(office.store).appointment(office.branch.id, code)
    assert found is not None
    return found
