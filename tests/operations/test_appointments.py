"""Appointments on both databases: taken over, booked, given up, checked in, missed, forgotten."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from queueapp.domain.appointment import Appointment, AppointmentState, Source
from queueapp.domain.branch import OpeningHours, Span, Weekday
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.slot_rules import SlotRules
from queueapp.domain.ticket import LegState
from queueapp.domain.words import CommandId, Revision
from queueapp.operations.access_commands import ForgetWords
from queueapp.operations.appointment_commands import (
    BookAppointment,
    CancelAppointment,
    CheckIn,
    ImportAppointments,
    ImportedAppointment,
)
from queueapp.operations.commands import ApplyBranch, SetServiceOpen, StartDay
from queueapp.operations.ports import Receipt
from queueapp.store.appointment_rows import appointment as table
from queueapp.store.web_store import SqlWebStore
from tests.domain.samples import APPOINTMENT, BILLS, COMPLAINTS, LINES, MINA, NOON, TODAY, a_branch
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


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """For what the rules say: one kind of database is enough."""
    opened = open_booked(f"sqlite:///{tmp_path / 'queueapp.db'}")
    yield opened
    opened.store.close()


@pytest.fixture
def on_either(database: str) -> Iterator[Office]:
    """For what the database must keep: on both kinds."""
    opened = open_booked(database)
    yield opened
    opened.store.close()


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


def test_other_systems_say_the_same_again_and_nothing_happens(on_either: Office) -> None:
    rows = (row("n-1", slot(on_either, 13)), row("n-2", slot(on_either, 13, 5), label="Ms Karimi"))
    assert take_over(on_either, *rows) == {"added": 2, "changed": 0, "same": 0, "skipped": []}
    before = on_either.live.appointments
    assert take_over(on_either, *rows) == {"added": 0, "changed": 0, "same": 2, "skipped": []}
    assert on_either.live.appointments == before


def test_an_appointment_that_another_system_moved_keeps_its_code(on_either: Office) -> None:
    take_over(on_either, row("n-1", slot(on_either, 13), label="Ms Karimi"))
    [first] = on_either.live.appointments.values()
    told = take_over(on_either, row("n-1", slot(on_either, 15), label="Ms Karimi"))
    assert told["changed"] == 1
    [moved] = on_either.live.appointments.values()
    assert moved == replace(first, starts_at=moved.starts_at)
    assert moved.starts_at == slot(on_either, 15)


def test_rows_that_cannot_be_meant_are_named_and_the_others_taken(office: Office) -> None:
    told = take_over(
        office,
        row("a", slot(office, 13)),
        row("b", slot(office, 13), service=BILLS),
        row("c", slot(office, 11)),
        row("d", slot(office, 20)),
        row("e", slot(office, 9, days=40)),
    )
    assert told["added"] == 2
    assert told["skipped"] == [
        [1, "SERVICE_NOT_BOOKED"],
        [2, "APPOINTMENT_OVER"],
        [3, "SLOT_CLOSED"],
    ]


def test_what_happened_here_is_not_undone_by_another_system(office: Office) -> None:
    rows = (row("n-1", slot(office, 12)), row("n-2", slot(office, 12, 30)))
    take_over(office, *rows)
    first, second = office.live.appointments.values()
    check_in(office, first.code)
    office.do(CancelAppointment(code=second.code))
    assert take_over(office, *rows)["same"] == 2
    assert take_over(office, row("n-1", slot(office, 15)))["same"] == 1
    states = {each.state for each in office.live.appointments.values()}
    assert states == {AppointmentState.CHECKED_IN, AppointmentState.CANCELLED}


def test_one_reference_is_one_appointment(office: Office) -> None:
    take_over(office, row("n-1", slot(office, 13)))
    with office.refuses(Reason.APPOINTMENT_EXISTS):
        book(office, slot(office, 14), source=Source.API, reference="n-1")


def test_what_was_written_of_people_is_forgotten_in_time(on_either: Office) -> None:
    take_over(on_either, row("n-1", slot(on_either, 13), label="Ms Karimi"))
    [known] = on_either.live.appointments.values()
    web, branch = SqlWebStore(on_either.store), on_either.branch.id
    assert not web.has_words_before(branch, slot(on_either, 13))
    later = slot(on_either, 13, 1)
    assert web.has_words_before(branch, later)
    on_either.do(ForgetWords(before=later))
    assert not web.has_words_before(branch, later)
    assert (kept(on_either, known.code).label, kept(on_either, known.code).reference) == ("", None)


def test_the_beginning_of_a_day_forgets_too(office: Office) -> None:
    take_over(office, row("n-1", slot(office, 13), label="Ms Karimi"))
    [known] = office.live.appointments.values()
    office.later(days=31)
    office.do(StartDay())
    assert kept(office, known.code).label == ""


def test_the_picture_has_the_appointments_of_its_day_and_follows_them(on_either: Office) -> None:
    today = book(on_either, slot(on_either, 13))
    book(on_either, slot(on_either, 9, days=1))
    live = on_either.live
    assert [each.starts_at for each in live.appointments.values()] == [slot(on_either, 13)]
    on_either.do(CancelAppointment(code=today.token))
    changes = on_either.store.changes(live)
    assert changes is not None
    [cancelled] = live.after(changes).appointments.values()
    assert cancelled.state is AppointmentState.CANCELLED
    on_either.later(days=1)
    on_either.do(StartDay())
    changes = on_either.store.changes(live)
    assert changes is not None
    tomorrow = live.after(changes)
    assert tomorrow.appointments == on_either.live.appointments
    assert [each.starts_at for each in tomorrow.appointments.values()] == [
        slot(on_either, 9, days=1)
    ]


def test_one_that_is_moved_to_another_day_leaves_the_picture(office: Office) -> None:
    take_over(office, row("n-1", slot(office, 13)))
    live = office.live
    take_over(office, row("n-1", slot(office, 13, days=2)))
    changes = office.store.changes(live)
    assert changes is not None
    assert live.after(changes).appointments == {}


def test_a_service_that_people_are_booked_for_is_not_taken_away(office: Office) -> None:
    booked = book(office, slot(office, 9, days=3))
    without = tuple(service for service in office.branch.services if service.code != LINES)
    counters = tuple(
        replace(each, services=tuple(code for code in each.services if code != LINES))
        for each in office.branch.counters
    )
    smaller = replace(office.branch, services=without, counters=counters)
    with office.refuses(Reason.SERVICE_AWAITED):
        office.do(ApplyBranch(branch=smaller))
    plain = tuple(each for each in office.branch.categories if each.code != APPOINTMENT)
    with office.refuses(Reason.SERVICE_AWAITED):
        office.do(ApplyBranch(branch=replace(office.branch, categories=plain)))
    office.do(CancelAppointment(code=booked.token))
    office.do(ApplyBranch(branch=smaller))


def test_the_plan_keeps_how_a_service_takes_appointments(on_either: Office) -> None:
    services = on_either.live.branch.services
    assert [service.booking for service in services] == [None, RULES, None]
    assert {service.code for service in services} == {BILLS, LINES, COMPLAINTS}


def test_other_systems_are_told_which_appointment_it_was(on_either: Office) -> None:
    booked = book(on_either, slot(on_either, 12, 30))
    check_in(on_either, booked.told["code"])
    web = SqlWebStore(on_either.store)
    *_, booking, coming = web.events_after(on_either.branch.id, Revision(0), 100)
    assert [booking.kind, coming.kind] == ["BookAppointment", "CheckIn"]
    assert booking.appointment == coming.appointment == kept(on_either, booked.token).id
    assert coming.label == "B001"


def test_the_database_itself_allows_each_only_once(on_either: Office) -> None:
    take_over(on_either, row("n-1", slot(on_either, 12, 10)), row("n-2", slot(on_either, 12, 20)))
    for each in on_either.live.appointments.values():
        check_in(on_either, each.code)
    for column in ("code", "token", "reference", "ticket_id"):
        with on_either.store.writing.connect() as connection, connection.begin() as begun:
            first, _ = connection.execute(table.select().order_by(table.c.code)).all()
            with pytest.raises(IntegrityError):
                connection.execute(table.update().values({column: getattr(first, column)}))
            begun.rollback()


def test_the_database_itself_wants_a_ticket_of_who_came(on_either: Office) -> None:
    book(on_either, slot(on_either, 13))
    with on_either.store.writing.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(table.update().values(state=AppointmentState.CHECKED_IN))


def test_free_places_are_counted_for_a_day(on_either: Office) -> None:
    book(on_either, slot(on_either, 13))
    gone = book(on_either, slot(on_either, 14))
    on_either.do(CancelAppointment(code=gone.token))
    taken = SqlWebStore(on_either.store).taken(on_either.branch.id, LINES, NOON, NOON + DAY)
    assert dict(taken) == {slot(on_either, 13): 1}
