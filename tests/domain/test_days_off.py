"""On a holiday or a weekend a branch rests, and everybody is told when it opens next."""

from datetime import UTC, date, datetime, time

import pytest

from queueapp.domain.branch import Branch, OpeningHours, Shift, Span, Weekday
from queueapp.domain.desk import DeskState
from queueapp.domain.holidays import DayOff, Holiday, YearDay
from queueapp.domain.hours import (
    is_service_open,
    next_opening,
    opens_later,
    shifts_today,
)
from queueapp.domain.words import Text
from tests.domain.samples import a_branch, a_counter, a_desk, a_live_branch, a_service

NATURE_DAY = Text({"en": "Nature Day", "fa": "روز طبیعت"})
ASHURA = Text({"en": "Ashura", "fa": "عاشورا"})
MORNINGS = tuple(
    OpeningHours(weekday=weekday, span=Span(starts=time(8), ends=time(12))) for weekday in Weekday
)
SHIFTS = tuple(
    Shift(weekday=weekday, span=Span(starts=time(7, 30), ends=time(14))) for weekday in Weekday
)


def an_iranian_branch(**overrides: object) -> Branch:
    settings: dict[str, object] = {
        "weekend": (Weekday.FRIDAY,),
        "holidays": (
            Holiday(name=NATURE_DAY, day=YearDay(month=1, day=13)),
            Holiday(name=ASHURA, day=date(2026, 6, 25)),
        ),
        **overrides,
    }
    return a_branch(**settings)


def tehran(text: str) -> datetime:
    branch = a_branch()
    return datetime.fromisoformat(text).replace(tzinfo=branch.zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("day", "rest"),
    [
        pytest.param(date(2026, 4, 2), DayOff(holiday=NATURE_DAY), id="13 Farvardin 1405"),
        pytest.param(date(2029, 4, 1), DayOff(holiday=NATURE_DAY), id="13 Farvardin 1408"),
        pytest.param(date(2026, 6, 25), DayOff(holiday=ASHURA), id="one date"),
        pytest.param(date(2027, 6, 25), DayOff(), id="a year later: a Friday and nothing else"),
        pytest.param(date(2026, 11, 20), DayOff(), id="a Friday"),
        pytest.param(date(2026, 11, 21), None, id="a Saturday"),
    ],
)
def test_a_branch_rests_on_its_weekend_and_its_holidays(day: date, rest: DayOff | None) -> None:
    assert an_iranian_branch().day_off(day) == rest


def test_a_branch_that_names_no_day_off_has_none() -> None:
    assert a_branch().day_off(date(2026, 11, 20)) is None


def test_on_a_day_off_no_service_is_open_and_no_counter_is_planned() -> None:
    branch = an_iranian_branch()
    counter = a_counter(roster=SHIFTS)
    on_ashura, day_before = tehran("2026-06-25 09:00"), tehran("2026-06-24 09:00")
    assert is_service_open(branch, a_service(), day_before)
    assert not is_service_open(branch, a_service(), on_ashura)
    assert shifts_today(branch, counter, day_before) != ()
    assert shifts_today(branch, counter, on_ashura) == ()


def test_the_day_ends_where_the_branch_is() -> None:
    branch = an_iranian_branch()
    assert not is_service_open(branch, a_service(), tehran("2026-06-25 23:59"))
    assert is_service_open(branch, a_service(), tehran("2026-06-24 23:59"))


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        pytest.param("2026-11-22 06:00", "2026-11-22 08:00", id="later today"),
        pytest.param("2026-11-22 12:30", "2026-11-23 08:00", id="tomorrow"),
        pytest.param("2026-11-19 13:00", "2026-11-21 08:00", id="after the weekend"),
        pytest.param("2026-06-24 13:00", "2026-06-27 08:00", id="after holiday and weekend"),
    ],
)
def test_a_service_with_hours_opens_next_on_its_next_working_day(now: str, opens: str) -> None:
    service = a_service(opening=MORNINGS)
    assert next_opening(an_iranian_branch(), service, tehran(now)) == tehran(opens)


def test_a_service_without_hours_opens_with_the_first_counter_that_is_planned_for_it() -> None:
    early = Shift(weekday=Weekday.SATURDAY, span=Span(starts=time(7), ends=time(9)))
    branch = an_iranian_branch(counters=(a_counter(roster=SHIFTS), a_counter(roster=(early,))))
    assert next_opening(branch, a_service(), tehran("2026-11-20 10:00")) == tehran(
        "2026-11-21 07:00"
    )


def test_nobody_says_when_a_service_opens_that_a_supervisor_closed_or_nobody_planned() -> None:
    branch, now = an_iranian_branch(counters=(a_counter(),)), tehran("2026-11-22 06:00")
    assert next_opening(branch, a_service(opening=MORNINGS, is_open=False), now) is None
    assert next_opening(branch, a_service(), now) is None


def test_outside_the_roster_a_service_without_hours_is_served_later_unless_a_desk_is_open() -> None:
    counter = a_counter(roster=SHIFTS)
    branch = an_iranian_branch(counters=(counter,))
    early, later = tehran("2026-11-22 03:00"), tehran("2026-11-22 10:00")
    service = branch.services[0]
    assert opens_later(a_live_branch(branch=branch), service, early) == tehran("2026-11-22 07:30")
    assert opens_later(a_live_branch(branch=branch), service, later) is None
    at_work = a_desk(counter.number, state=DeskState.OPEN)
    assert opens_later(a_live_branch(branch=branch, desks=[at_work]), service, early) is None


def test_without_a_roster_nobody_knows_better_than_the_estimate() -> None:
    branch = an_iranian_branch(counters=(a_counter(),))
    live = a_live_branch(branch=branch)
    assert opens_later(live, branch.services[0], tehran("2026-11-22 03:00")) is None
