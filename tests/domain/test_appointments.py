"""Appointments: which slots there are, who may have one, and when somebody may check in."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queueapp.domain import appointment as rules
from queueapp.domain.appointment import (
    Appointment,
    AppointmentId,
    AppointmentState,
    Source,
    new_code,
    new_token,
    page_address,
    read_code,
    spoken_code,
)
from queueapp.domain.branch import Branch, OpeningHours, Shift, Span, Weekday
from queueapp.domain.holidays import Holiday
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.slot_rules import SlotRules
from queueapp.domain.slots import days_to_book, free_slots, refuse_unless_free, slots_on
from queueapp.domain.words import Text, TicketId
from tests.domain.samples import FIRST, LINES, NOON, SECOND, TODAY, a_branch

HALF_HOURS = SlotRules(length=timedelta(minutes=30), places=2, ahead=timedelta(days=3))
TICKET = TicketId(UUID(int=9))


def a_booked_branch(rules_: SlotRules = HALF_HOURS, *hours: tuple[time, time]) -> Branch:
    """New lines by appointment, every day from 11 to 14 unless told otherwise."""
    spans = [Span(starts=a, ends=b) for a, b in hours or [(time(11), time(14))]]
    branch = a_branch()
    opening = tuple(OpeningHours(weekday=day, span=span) for day in Weekday for span in spans)
    return branch.with_service(replace(branch.service(LINES), booking=rules_, opening=opening))


def an_appointment(starts_at: datetime, **overrides: object) -> Appointment:
    kept = Appointment(
        id=AppointmentId(UUID(int=1)),
        service=LINES,
        starts_at=starts_at,
        code="48219034",
        token="k" * 20,
        source=Source.PAGE,
        booked_at=NOON,
        language="fa",
    )
    return replace(kept, **overrides)  # type: ignore[arg-type] # any field


def local(branch: Branch, hour: int, minute: int = 0, day: date = TODAY) -> datetime:
    return datetime.combine(day, time(hour, minute), branch.zone)


def test_slots_fill_the_opening_hours_and_end_with_them() -> None:
    branch = a_booked_branch(HALF_HOURS, (time(11), time(12, 45)))
    found = slots_on(branch, branch.service(LINES), TODAY)
    assert found == [local(branch, 11), local(branch, 11, 30), local(branch, 12)]


def test_without_opening_hours_the_shifts_say_when_beside_their_breaks() -> None:
    branch = a_branch()
    tuesday = Weekday(TODAY.weekday())
    lunch = Span(starts=time(9, 30), ends=time(10))
    morning = Shift(weekday=tuesday, span=Span(starts=time(9), ends=time(10, 30)), breaks=(lunch,))
    late = Shift(weekday=tuesday, span=Span(starts=time(10), ends=time(11)))
    for number, shift in ((FIRST, morning), (SECOND, late)):
        branch = branch.with_counter(replace(branch.counter(number), roster=(shift,)))
    service = replace(branch.service(LINES), booking=HALF_HOURS)
    found = slots_on(branch, service, TODAY)
    assert found == [local(branch, 9), local(branch, 10), local(branch, 10, 30)]
    assert slots_on(branch, service, TODAY + timedelta(days=1)) == []


def test_the_last_slot_of_a_day_ends_at_midnight() -> None:
    branch = a_booked_branch(HALF_HOURS, (time(23), time.max))
    found = slots_on(branch, branch.service(LINES), TODAY)
    assert found == [local(branch, 23), local(branch, 23, 30)]


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), [0, 1]), (date(2026, 10, 25), [23, 0, 1, 2])]
)
def test_a_night_in_which_clocks_are_changed_has_a_slot_less_or_more(
    day: date, hours: list[int]
) -> None:
    branch = replace(a_branch(), time_zone="Europe/Berlin")
    night = OpeningHours(weekday=Weekday.SUNDAY, span=Span(starts=time(1), ends=time(4)))
    service = replace(
        branch.service(LINES), booking=SlotRules(length=timedelta(hours=1)), opening=(night,)
    )
    found = slots_on(branch, service, day)
    assert [slot.astimezone(UTC).hour for slot in found] == hours
    for slot in found:
        refuse_unless_free(branch, service, slot.astimezone(UTC), 0, slot - timedelta(days=1))


def test_on_a_day_of_rest_there_are_no_slots() -> None:
    branch = a_booked_branch()
    branch = replace(branch, holidays=(Holiday(name=Text({"en": "Nowruz"}), day=TODAY),))
    assert slots_on(branch, branch.service(LINES), TODAY) == []
    assert days_to_book(branch, branch.service(LINES), NOON)[0] == TODAY + timedelta(days=1)


def test_what_is_over_full_or_too_far_ahead_cannot_be_booked() -> None:
    branch = a_booked_branch()
    service, now = branch.service(LINES), local(branch, 12)
    taken = {local(branch, 12, 30): 1, local(branch, 13): 2}
    free = free_slots(branch, service, TODAY, taken, now)
    assert [(slot.starts_at, slot.left) for slot in free] == [
        (local(branch, 12, 30), 1),
        (local(branch, 13, 30), 2),
    ]
    assert len(days_to_book(branch, service, now)) == 4
    assert free_slots(branch, service, TODAY + timedelta(days=4), {}, now) == []
    assert free_slots(branch, replace(service, is_open=False), TODAY, {}, now) == []


@pytest.mark.parametrize(
    ("starts", "taken", "reason"),
    [
        ((12, 30), 2, Reason.SLOT_TAKEN),
        ((12, 31), 0, Reason.SLOT_UNKNOWN),
        ((12, 0), 0, Reason.SLOT_UNKNOWN),
        ((15, 0), 0, Reason.SLOT_UNKNOWN),
    ],
)
def test_a_time_that_is_no_free_slot_is_refused(
    starts: tuple[int, int], taken: int, reason: Reason
) -> None:
    branch = a_booked_branch()
    with pytest.raises(Refused) as refused:
        refuse_unless_free(
            branch, branch.service(LINES), local(branch, *starts), taken, local(branch, 12)
        )
    assert refused.value.reason is reason


def test_a_service_without_slots_refuses_every_time() -> None:
    branch = a_branch()
    with pytest.raises(Refused) as refused:
        refuse_unless_free(branch, branch.service(LINES), local(branch, 12), 0, NOON)
    assert refused.value.reason is Reason.SERVICE_NOT_BOOKED


@pytest.mark.parametrize(
    ("minutes", "reason"),
    [(-31, Reason.APPOINTMENT_EARLY), (-30, None), (0, None), (15, None), (16, "late")],
)
def test_who_is_here_in_time_is_checked_in(minutes: int, reason: Reason | str | None) -> None:
    branch = a_booked_branch()
    kept = an_appointment(local(branch, 12))
    now = kept.starts_at + timedelta(minutes=minutes)
    if reason is None:
        came = rules.check_in(branch, kept, TICKET, now)
        assert (came.state, came.ticket) == (AppointmentState.CHECKED_IN, TICKET)
        return
    with pytest.raises(Refused) as refused:
        rules.check_in(branch, kept, TICKET, now)
    expected = Reason.APPOINTMENT_LATE if reason == "late" else reason
    assert refused.value.reason is expected


@pytest.mark.parametrize("month_and_day", [(3, 29), (10, 25)])
def test_in_the_night_when_clocks_are_changed_a_half_hour_is_as_long_as_ever(
    month_and_day: tuple[int, int],
) -> None:
    branch = replace(a_booked_branch(), time_zone="Europe/Berlin")
    changed = datetime(2026, *month_and_day, 1, tzinfo=UTC)
    kept = an_appointment(changed + timedelta(minutes=10))
    for minutes in (-20, 0, 10, 25):
        rules.refuse_unless_here_in_time(branch, kept, changed + timedelta(minutes=minutes))
    with pytest.raises(Refused) as refused:
        rules.refuse_unless_here_in_time(branch, kept, changed - timedelta(minutes=21))
    assert refused.value.reason is Reason.APPOINTMENT_EARLY
    assert refused.value.facts["begin"] == branch.local(changed - timedelta(minutes=20))
    with pytest.raises(Refused) as refused:
        rules.refuse_unless_here_in_time(branch, kept, changed + timedelta(minutes=26))
    assert refused.value.reason is Reason.APPOINTMENT_LATE


@pytest.mark.parametrize(
    ("days", "state", "reason"),
    [
        (1, AppointmentState.BOOKED, Reason.APPOINTMENT_ANOTHER_DAY),
        (-1, AppointmentState.BOOKED, Reason.APPOINTMENT_OVER),
        (-1, AppointmentState.MISSED, Reason.APPOINTMENT_OVER),
        (0, AppointmentState.CANCELLED, Reason.APPOINTMENT_CANCELLED),
        (0, AppointmentState.CHECKED_IN, Reason.APPOINTMENT_CHECKED_IN),
    ],
)
def test_each_refusal_says_what_to_do(days: int, state: AppointmentState, reason: Reason) -> None:
    branch = a_booked_branch()
    kept = an_appointment(local(branch, 12) + timedelta(days=days), state=state)
    with pytest.raises(Refused) as refused:
        rules.check_in(branch, kept, TICKET, local(branch, 12))
    assert refused.value.reason is reason


def test_cancelling_is_for_what_lies_ahead() -> None:
    branch = a_booked_branch()
    kept = an_appointment(local(branch, 12))
    cancelled = rules.cancel(branch, kept, local(branch, 11))
    assert cancelled.state is AppointmentState.CANCELLED
    with pytest.raises(Refused) as refused:
        rules.cancel(branch, kept, local(branch, 13))
    assert refused.value.reason is Reason.APPOINTMENT_OVER


def test_the_day_is_counted() -> None:
    branch = a_booked_branch()
    came = an_appointment(local(branch, 11), state=AppointmentState.CHECKED_IN, ticket=TICKET)
    late, soon = an_appointment(local(branch, 11, 30)), an_appointment(local(branch, 12, 30))
    gone = an_appointment(local(branch, 12), state=AppointmentState.CANCELLED)
    counted = rules.figures(branch, [came, late, soon, gone], local(branch, 12))
    assert (counted.booked, counted.came, counted.missed) == (3, 1, 1)
    assert (counted.cancelled, counted.to_come) == (1, 1)


def test_codes_are_figures_that_are_read_aloud_in_two_parts() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) > 490
    assert all(len(code) == 8 and code.isdigit() and code[0] != "0" for code in codes)
    assert spoken_code("48219034") == "4821 9034"


@pytest.mark.parametrize(
    "typed",
    ["48219034", "4821 9034", "۴۸۲۱۹۰۳۴", "٤٨٢١-٩٠٣٤", " ۴۸۲۱\u200c۹۰۳۴\n", "queueapp:48219034"],
)
def test_a_code_is_read_however_it_was_typed(typed: str) -> None:
    assert read_code(typed) == "48219034"


def test_the_whole_address_of_the_page_is_read() -> None:
    token = new_token()
    address = page_address("https://queue.example.com/", token)
    assert address == f"https://queue.example.com/a/{token}"
    for scanned in (address, f"{address}/", address.upper().replace("/A/", "/a/"), token):
        assert read_code(scanned) == token


@pytest.mark.parametrize(
    "typed", ["", "1234567", "123456789", "https://a.b/t/48219034", "abcdefgh", "/a/", "\x00" * 8]
)
def test_what_is_no_code_is_not_taken_for_one(typed: str) -> None:
    assert read_code(typed) == ""


@given(typed=st.text(max_size=60))
def test_whatever_is_typed_is_a_code_a_token_or_nothing(typed: str) -> None:
    assert len(read_code(typed)) in {0, 8, 20}


def test_moments_of_another_zone_are_the_same_moments() -> None:
    branch = a_booked_branch()
    noon = local(branch, 12).astimezone(UTC)
    refuse_unless_free(branch, branch.service(LINES), noon, 0, local(branch, 11))
