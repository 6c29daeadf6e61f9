"""Appointments as other systems say them, as pictures show them and as databases keep them."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from queueapp.domain.appointment import AppointmentState, Source
from queueapp.domain.refusal import Reason
from queueapp.domain.words import Revision
from queueapp.operations.access_commands import ForgetWords
from queueapp.operations.appointment_commands import (
    CancelAppointment,
)
from queueapp.operations.commands import ApplyBranch, StartDay
from queueapp.store.appointment_rows import appointment as table
from queueapp.store.web_store import SqlWebStore
from tests.domain.samples import APPOINTMENT, BILLS, COMPLAINTS, LINES, NOON
from tests.operations.appointments.booked_office import (
    DAY,
    RULES,
    book,
    check_in,
    kept,
    row,
    slot,
    take_over,
)
from tests.operations.office import Office


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
    assert kept(office, known.code).label == "Ms Karimi", "a month in one leap: is the clock right?"
    office.later(days=1)
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
    unbooked = tuple(replace(service, booking=None) for service in office.branch.services)
    with office.refuses(Reason.SERVICE_AWAITED):  # no kiosk would check anybody in
        office.do(ApplyBranch(branch=replace(office.branch, services=unbooked)))
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
