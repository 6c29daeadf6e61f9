"""Appointments as people book them, give them up and come to them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID

import pytest

from queueapp.domain.appointment import AppointmentState, Source
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.ticket import LegState
from queueapp.domain.words import CommandId
from queueapp.operations.appointment_commands import (
    BookAppointment,
    CancelAppointment,
    CheckIn,
)
from queueapp.operations.commands import ApplyBranch, SetServiceOpen, StartDay
from tests.domain.samples import APPOINTMENT, BILLS, LINES, MINA
from tests.operations.appointments.booked_office import RULES, book, check_in, kept, slot
from tests.operations.office import Office


def test_a_place_is_booked_and_its_holder_checked_in(on_either: Office) -> None:
    booked = book(on_either, slot(on_either, 12, 30))
    code = booked.told["code"]
    assert kept(on_either, booked.token) == kept(on_either, code)
    on_either.later(minutes=10)
    receipt = check_in(on_either, code)
    ticket = on_either.ticket(receipt)
    assert receipt.label == "B001"
    assert (ticket.leg.category, ticket.leg.service) == (APPOINTMENT, LINES)
    assert ticket.appointment_at == ticket.leg.accrues_from == slot(on_either, 12, 30)
    after = kept(on_either, code)
    assert (after.state, after.ticket) == (AppointmentState.CHECKED_IN, ticket.id)


def test_checking_in_twice_with_one_id_gives_one_ticket(office: Office) -> None:
    code = book(office, slot(office, 12, 30)).told["code"]
    command = CheckIn(command_id=CommandId(UUID(int=7)), code=code, language="fa")
    assert office.do(command) == office.do(command)
    assert len(office.live.tickets) == 1
    with office.refuses(Reason.APPOINTMENT_CHECKED_IN):
        check_in(office, code)


def test_two_kiosks_at_once_give_one_ticket(on_either: Office) -> None:
    code = book(on_either, slot(on_either, 12, 30)).told["code"]

    def at_a_kiosk(_number: int) -> str:
        try:
            return check_in(on_either, code).label
        except Refused as refused:
            return refused.reason.name

    with ThreadPoolExecutor(4) as kiosks:
        answers = sorted(kiosks.map(at_a_kiosk, range(4)))
    assert answers == [*["APPOINTMENT_CHECKED_IN"] * 3, "B001"]
    assert len(on_either.live.tickets) == 1


def test_booking_twice_with_one_id_takes_one_place(office: Office) -> None:
    command = BookAppointment(
        command_id=CommandId(UUID(int=7)),
        service=LINES,
        starts_at=slot(office, 13),
        source=Source.API,
        language="fa",
    )
    assert office.do(command) == office.do(command)
    assert len(office.live.appointments) == 1


def test_nobody_gets_a_place_that_is_taken(on_either: Office) -> None:
    first = book(on_either, slot(on_either, 13))
    with on_either.refuses(Reason.SLOT_TAKEN):
        book(on_either, slot(on_either, 13))
    on_either.do(CancelAppointment(code=first.token))
    book(on_either, slot(on_either, 13))


def test_only_what_takes_appointments_is_booked(office: Office) -> None:
    with office.refuses(Reason.SERVICE_NOT_BOOKED):
        book(office, slot(office, 13), service=BILLS)
    with office.refuses(Reason.SLOT_UNKNOWN):
        book(office, slot(office, 13, 10))
    with office.refuses(Reason.SLOT_UNKNOWN):
        book(office, slot(office, 13, days=8))


def test_a_branch_may_keep_its_page_out_of_it(office: Office) -> None:
    service = office.branch.service(LINES)
    closed = replace(service, booking=replace(RULES, on_page=False))
    office.do(ApplyBranch(branch=office.branch.with_service(closed)))
    with office.refuses(Reason.SERVICE_NOT_BOOKED):
        book(office, slot(office, 13))
    book(office, slot(office, 13), source=Source.API)


@pytest.mark.parametrize(
    ("days", "hour", "reason"),
    [
        (0, 12, None),
        (0, 14, Reason.APPOINTMENT_EARLY),
        (1, 12, Reason.APPOINTMENT_ANOTHER_DAY),
    ],
)
def test_too_early_is_refused_with_when_to_come(
    office: Office, days: int, hour: int, reason: Reason | None
) -> None:
    code = book(office, slot(office, hour, 30, days=days)).told["code"]
    if reason is None:
        check_in(office, code)
        return
    with office.refuses(reason):
        check_in(office, code)


def test_too_late_is_refused_and_the_day_after_it_was_missed(on_either: Office) -> None:
    code = book(on_either, slot(on_either, 12, 30)).told["code"]
    on_either.later(minutes=46)
    with on_either.refuses(Reason.APPOINTMENT_LATE):
        check_in(on_either, code)
    assert kept(on_either, code).state is AppointmentState.BOOKED
    on_either.later(days=1)
    on_either.do(StartDay())
    assert kept(on_either, code).state is AppointmentState.MISSED
    with on_either.refuses(Reason.APPOINTMENT_OVER):
        check_in(on_either, code)


def test_a_clock_that_was_ahead_for_a_moment_takes_nobodys_appointment(on_either: Office) -> None:
    past = book(on_either, slot(on_either, 12, 30)).told["code"]
    on_either.later(days=1)
    on_either.do(StartDay())
    code = book(on_either, slot(on_either, 12, 30, days=1)).told["code"]
    on_either.later(days=60)
    on_either.do(StartDay())
    assert kept(on_either, code).state is AppointmentState.MISSED
    on_either.later(days=-60)
    on_either.do(StartDay())
    check_in(on_either, code)
    assert kept(on_either, code).state is AppointmentState.CHECKED_IN
    assert kept(on_either, past).state is AppointmentState.MISSED


def test_a_code_that_was_never_given_is_refused(office: Office) -> None:
    book(office, slot(office, 12, 30))
    for code in ("", "12345678", "nonsense", "\x00", "\udcff", "' OR 1=1 --"):
        with office.refuses(Reason.APPOINTMENT_UNKNOWN):
            check_in(office, code)
        with office.refuses(Reason.APPOINTMENT_UNKNOWN):
            office.do(CancelAppointment(code=code))


def test_a_secret_that_no_database_can_hold_is_just_unknown(on_either: Office) -> None:
    for code in ("\x00" * 8, "\udcff" * 20):
        with on_either.refuses(Reason.APPOINTMENT_UNKNOWN):
            check_in(on_either, code)


def test_a_cancelled_appointment_stays_cancelled(office: Office) -> None:
    code = book(office, slot(office, 12, 30)).told["code"]
    office.do(CancelAppointment(code=code))
    for command in (CancelAppointment(code=code), CheckIn(code=code, language="fa")):
        with office.refuses(Reason.APPOINTMENT_CANCELLED):
            office.do(command)


def test_who_has_an_appointment_comes_in_though_the_service_is_full(office: Office) -> None:
    code = book(office, slot(office, 12, 30)).told["code"]
    full = replace(office.branch.service(LINES), capacity=1)
    office.do(ApplyBranch(branch=office.branch.with_service(full)))
    office.issue(LINES)
    with office.refuses(Reason.SERVICE_FULL):
        office.issue(LINES)
    check_in(office, code)


def test_a_service_closed_by_hand_takes_nobody(office: Office) -> None:
    code = book(office, slot(office, 12, 30)).told["code"]
    office.do(SetServiceOpen(staff=MINA, service=LINES, is_open=False))
    with office.refuses(Reason.SERVICE_CLOSED):
        check_in(office, code)


def test_a_due_appointment_goes_before_who_has_waited_less(office: Office) -> None:
    code = book(office, slot(office, 12, 30)).told["code"]
    early = check_in(office, code)
    office.later(minutes=25)
    walk_in = office.issue(LINES)
    office.later(minutes=10)  # the slot was 5 minutes ago: triple weight against 10 minutes
    assert office.call().label == early.label
    assert office.leg(walk_in).state is LegState.WAITING
