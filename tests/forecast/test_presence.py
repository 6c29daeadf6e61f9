"""When counters can call: it is Tuesday noon, the roster plans the day, desks keep to it or not."""

from dataclasses import replace
from datetime import datetime, time

import numpy as np
import pytest

from queueapp.domain.branch import Branch, Shift, Span, Weekday
from queueapp.domain.desk import Desk, DeskState
from queueapp.forecast.arrays import Numbers
from queueapp.forecast.knowledge import Knowledge
from queueapp.forecast.presence import Presence, presence_of
from tests.domain.samples import FIRST, NOON, a_desk, at
from tests.forecast.halls import a_hall, a_plain_branch

REPLICATES = 400
TO_MIDNIGHT = 12 * 60.0


def hours(starts: str, ends: str) -> Span:
    return Span(starts=time.fromisoformat(starts), ends=time.fromisoformat(ends))


def rostered(*shifts: Span, breaks: tuple[Span, ...] = ()) -> Branch:
    """One counter with these shifts on this weekday."""
    return a_plain_branch(
        roster=tuple(Shift(weekday=Weekday.TUESDAY, span=span, breaks=breaks) for span in shifts)
    )


def presence(
    branch: Branch, desk: Desk | None, now: datetime = NOON, *, absent: float = 0.0
) -> Presence:
    hall = a_hall(branch, desks=[] if desk is None else [desk])
    knowledge = Knowledge.configured(branch)
    slips = replace(knowledge.slips, absent=absent)
    return presence_of(hall, now, replace(knowledge, slips=slips), replicates=REPLICATES, seed=3)


def next_calls(found: Presence, free_in: float) -> Numbers:
    """In minutes, per replicate, when the counter calls that is free in so many minutes."""
    return np.array([next_call(found, row, free_in * 60) / 60 for row in range(REPLICATES)])


def next_call(found: Presence, row: int, moment: float) -> float:
    """The first moment at which the counter is there, one stretch after the other."""
    back = -np.inf
    for begins, ends, away in zip(
        found.begins[row, 0], found.ends[row, 0], found.pause_after[row, 0], strict=True
    ):
        begin = max(begins, back)
        if moment < ends and begin < ends:
            return float(max(moment, begin))
        back = max(moment, ends) + away if away >= 0 else -np.inf
    return np.inf


OPEN = a_desk(FIRST)
PAUSED = a_desk(FIRST, state=DeskState.PAUSED, expected_end=at(15))
PAUSED_FOR = 45
"""Minutes in all, of which 30 have passed."""


def test_without_a_roster_an_open_desk_calls_until_midnight() -> None:
    found = presence(a_plain_branch(), OPEN)

    assert set(next_calls(found, 0)) == {0}
    assert set(next_calls(found, TO_MIDNIGHT - 1)) == {TO_MIDNIGHT - 1}
    assert set(next_calls(found, TO_MIDNIGHT)) == {np.inf}


def test_without_a_roster_a_closed_desk_stays_closed() -> None:
    assert set(next_calls(presence(a_plain_branch(), None), 0)) == {np.inf}


def test_a_roster_of_another_day_plans_nothing_today() -> None:
    friday = (Shift(weekday=Weekday.FRIDAY, span=hours("08:00", "13:00")),)
    branch = a_plain_branch(roster=friday)

    assert set(next_calls(presence(branch, OPEN), 300)) == {300}
    assert set(next_calls(presence(branch, None), 0)) == {np.inf}


def test_an_open_desk_stops_when_its_shift_ends() -> None:
    found = presence(rostered(hours("08:00", "14:00")), OPEN)

    assert set(next_calls(found, 119)) == {119}
    assert set(next_calls(found, 120)) == {np.inf}


def test_an_open_desk_stops_for_its_break_and_is_back_after_it() -> None:
    found = presence(rostered(hours("08:00", "16:00"), breaks=(hours("13:00", "13:30"),)), OPEN)

    assert set(next_calls(found, 59)) == {59}
    assert set(next_calls(found, 60)) == {90}


def test_who_gets_away_late_is_back_late() -> None:
    found = presence(rostered(hours("08:00", "16:00"), breaks=(hours("13:00", "13:30"),)), OPEN)

    assert set(next_calls(found, 70)) == {100}


def test_a_break_that_is_due_begins_soon() -> None:
    found = presence(rostered(hours("08:00", "16:00"), breaks=(hours("11:50", "12:20"),)), OPEN)

    assert (next_calls(found, 0) == 0).mean() > 0.9
    assert np.median(next_calls(found, 15)) == pytest.approx(45)


def test_a_desk_that_worked_through_its_break_goes_on() -> None:
    found = presence(rostered(hours("08:00", "16:00"), breaks=(hours("10:30", "11:00"),)), OPEN)

    assert set(next_calls(found, 0)) == {0}
    assert set(next_calls(found, 200)) == {200}


def test_a_desk_open_before_its_shift_goes_on_into_it() -> None:
    found = presence(rostered(hours("13:00", "16:00")), OPEN)

    assert set(next_calls(found, 0)) == {0}
    assert set(next_calls(found, 240)) == {np.inf}


def test_a_desk_in_overtime_stays_for_a_while() -> None:
    found = presence(rostered(hours("08:00", "11:00")), OPEN)

    assert set(next_calls(found, 0)) == {0}
    assert np.isfinite(next_calls(found, 20)).mean() == pytest.approx(0.5, abs=0.1)
    assert np.isfinite(next_calls(found, 180)).mean() < 0.02


def test_a_closed_counter_opens_when_its_shift_begins() -> None:
    opens = next_calls(presence(rostered(hours("13:00", "16:00")), None), 0)

    assert opens.min() >= 60
    assert 60 < np.median(opens) < 63


def test_the_second_shift_of_the_day_counts_too() -> None:
    branch = rostered(hours("08:00", "11:00"), hours("15:00", "18:00"))

    assert next_calls(presence(branch, None), 0).min() >= 180


def test_a_clerk_who_is_a_little_late_is_still_expected() -> None:
    opens = next_calls(presence(rostered(hours("11:55", "16:00")), None), 0)

    assert opens.min() >= 0
    assert np.median(opens) < 10


def test_a_clerk_who_is_an_hour_late_is_hardly_expected_any_more() -> None:
    found = presence(rostered(hours("11:00", "16:00")), None, absent=0.02)

    assert np.isinf(next_calls(found, 0)).mean() > 0.9


def test_now_and_then_nobody_comes() -> None:
    found = presence(rostered(hours("13:00", "16:00")), None, absent=0.1)

    assert np.isinf(next_calls(found, 0)).mean() == pytest.approx(0.1, abs=0.05)


def test_a_clerk_who_signed_off_on_duty_does_not_come_back() -> None:
    gone = Desk(counter=FIRST, state=DeskState.CLOSED, since=at(-2))
    yesterday = replace(gone, since=at(-24 * 60))
    branch = rostered(hours("11:55", "16:00"))

    assert set(next_calls(presence(branch, gone), 0)) == {np.inf}
    assert np.isfinite(next_calls(presence(branch, yesterday), 0)).all()


def test_a_pause_ends_about_when_it_was_said() -> None:
    back = next_calls(presence(a_plain_branch(), PAUSED), 0)

    assert np.median(back) == pytest.approx(15, abs=1)
    assert back.std() == pytest.approx(PAUSED_FOR * 0.2, rel=0.2)


def test_an_overdue_pause_ends_soon_but_nobody_knows_when() -> None:
    overdue = replace(PAUSED, expected_end=at(-9))

    back = next_calls(presence(a_plain_branch(), overdue), 0)

    assert back.min() >= 0
    assert 1 < back.mean() < 5


def test_a_pause_without_an_end_is_reckoned_with_ten_minutes() -> None:
    back = next_calls(presence(a_plain_branch(), replace(PAUSED, expected_end=None)), 0)

    assert back.mean() == pytest.approx(10, rel=0.2)


def test_a_pause_beyond_the_end_of_the_shift_is_the_end_of_the_day() -> None:
    found = presence(rostered(hours("08:00", "12:05")), replace(PAUSED, expected_end=at(30)))

    assert np.isinf(next_calls(found, 0)).mean() > 0.95


def test_the_plan_holds_on_the_branch_clock_when_summer_time_begins() -> None:
    branch = replace(
        a_plain_branch(roster=(Shift(weekday=Weekday.SUNDAY, span=hours("08:00", "12:00")),)),
        time_zone="Europe/Berlin",
    )
    before_the_jump = datetime.fromisoformat("2026-03-29T01:00:00+01:00")

    opens = next_calls(presence(branch, None, before_the_jump), 0)

    assert 6 * 60 <= opens.min() < 6 * 60 + 10
