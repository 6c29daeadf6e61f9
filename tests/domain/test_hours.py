from datetime import UTC, date, datetime, time

import pytest

from queueapp.domain.branch import OpeningHours, Shift, Span, Weekday
from queueapp.domain.hours import is_service_open, shifts_today
from tests.domain.samples import a_branch, a_counter, a_service, at

OFFICE_HOURS = (
    OpeningHours(weekday=Weekday.TUESDAY, span=Span(starts=time(8), ends=time(12))),
    OpeningHours(weekday=Weekday.TUESDAY, span=Span(starts=time(13), ends=time(16))),
    OpeningHours(weekday=Weekday.THURSDAY, span=Span(starts=time(8), ends=time(12))),
)
TUESDAY_SHIFT = Shift(
    weekday=Weekday.TUESDAY,
    span=Span(starts=time(8), ends=time(16)),
    breaks=(Span(starts=time(12), ends=time(12, 30)),),
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_service_without_hours_is_open_whenever_the_branch_is_there() -> None:
    assert is_service_open(a_branch(), a_service(), at(0))


def test_a_service_closed_by_hand_is_closed_whatever_its_hours_say() -> None:
    assert not is_service_open(a_branch(), a_service(is_open=False), at(0))
    closed = a_service(opening=OFFICE_HOURS, is_open=False)
    assert not is_service_open(a_branch(), closed, utc("2026-03-10 05:00"))


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        pytest.param("2026-03-10 04:29:59", False, id="a second before eight in Tehran"),
        pytest.param("2026-03-10 04:30:00", True, id="eight o'clock sharp"),
        pytest.param("2026-03-10 08:29:59", True, id="a second before noon"),
        pytest.param("2026-03-10 08:30:00", False, id="noon"),
        pytest.param("2026-03-10 09:30:00", True, id="after the midday break"),
        pytest.param("2026-03-11 05:00:00", False, id="Wednesday"),
        pytest.param("2026-03-12 05:00:00", True, id="Thursday morning"),
        pytest.param("2026-03-12 10:00:00", False, id="Thursday afternoon"),
    ],
)
def test_hours_are_those_of_the_weekday_on_the_clock_in_tehran(moment: str, is_open: bool) -> None:
    service = a_service(opening=OFFICE_HOURS)
    assert is_service_open(a_branch(), service, utc(moment)) is is_open


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        pytest.param("2026-03-24 06:59", False, id="winter: seven in UTC is eight in Berlin"),
        pytest.param("2026-03-24 07:00", True, id="winter"),
        pytest.param("2026-03-31 05:59", False, id="summer: six in UTC is eight in Berlin"),
        pytest.param("2026-03-31 06:00", True, id="summer"),
        pytest.param("2026-10-27 06:00", False, id="winter again"),
    ],
)
def test_eight_stays_eight_when_the_clock_in_berlin_changes(moment: str, is_open: bool) -> None:
    berlin = a_branch(time_zone="Europe/Berlin")
    assert is_service_open(berlin, a_service(opening=OFFICE_HOURS), utc(moment)) is is_open


def test_the_day_begins_at_midnight_of_the_branch() -> None:
    tehran, berlin = a_branch(), a_branch(time_zone="Europe/Berlin")
    before, after = utc("2026-03-10 20:29:59"), utc("2026-03-10 20:30:00")
    assert (tehran.day(before), tehran.day(after)) == (date(2026, 3, 10), date(2026, 3, 11))
    assert (berlin.day(before), berlin.day(after)) == (date(2026, 3, 10), date(2026, 3, 10))


def test_tehran_keeps_its_clock_in_summer() -> None:
    assert a_branch().local(utc("2026-07-01 08:30")).time() == time(12)


def test_the_shifts_of_a_day_come_in_order_of_time_and_are_those_of_the_branch_s_day() -> None:
    late = Shift(weekday=Weekday.TUESDAY, span=Span(starts=time(16), ends=time(20)))
    wednesday = Shift(weekday=Weekday.WEDNESDAY, span=Span(starts=time(8), ends=time(12)))
    counter = a_counter(roster=(late, wednesday, TUESDAY_SHIFT))
    assert shifts_today(a_branch(), counter, at(0)) == (TUESDAY_SHIFT, late)
    # In Tehran Wednesday has begun while it is still Tuesday in UTC.
    assert shifts_today(a_branch(), counter, utc("2026-03-10 21:00")) == (wednesday,)
