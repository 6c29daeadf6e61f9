"""When there is no number to give there are words, and never anything that is not a number."""

from dataclasses import replace
from datetime import time, timedelta
from math import isfinite

import pytest

from queueapp.domain.branch import OpeningHours, Shift, Span, Weekday
from queueapp.domain.desk import DeskState
from queueapp.domain.estimate import Estimate, NoEstimate
from queueapp.domain.words import CategoryCode, ServiceCode
from tests.domain.samples import (
    BILLS,
    COMPLAINTS,
    FIRST,
    NOON,
    NORMAL,
    a_branch,
    a_desk,
    a_ticket,
    at,
)
from tests.forecast.halls import (
    a_hall,
    a_plain_branch,
    forecast,
    in_hand_everywhere,
    in_numbers,
    waiting_tickets,
)

CLOSING_SOON = (Shift(weekday=Weekday.TUESDAY, span=Span(starts=time(8), ends=time(12, 10))),)
"""It is Tuesday, 12:00 in Tehran."""


def test_a_service_closed_by_hand_says_so() -> None:
    branch = a_branch()
    branch = branch.with_service(replace(branch.service(BILLS), is_open=False))

    assert forecast(a_hall(branch), NOON).arriving[BILLS, NORMAL] is NoEstimate.SERVICE_CLOSED


def test_a_service_outside_its_hours_says_so() -> None:
    branch = a_branch()
    morning = OpeningHours(weekday=Weekday.TUESDAY, span=Span(starts=time(8), ends=time(12)))
    branch = branch.with_service(replace(branch.service(BILLS), opening=(morning,)))
    hall = a_hall(branch)

    assert forecast(hall, at(-1)).arriving[BILLS, NORMAL] is not NoEstimate.SERVICE_CLOSED
    assert forecast(hall, NOON).arriving[BILLS, NORMAL] is NoEstimate.SERVICE_CLOSED


def test_who_already_waits_for_a_service_that_closed_is_still_told_a_number() -> None:
    branch = a_branch()
    branch = branch.with_service(replace(branch.service(BILLS), is_open=False))
    ticket = a_ticket(1, arrived_at=at(-5))

    assert in_numbers(forecast(a_hall(branch, [ticket]), NOON).waiting[ticket.id]).p50 == 0


def test_nobody_serves_when_no_desk_is_open_and_none_is_planned() -> None:
    ticket = a_ticket(1, arrived_at=at(-5))

    estimates = forecast(a_hall(a_branch(), [ticket], desks=[]), NOON)

    assert estimates.waiting[ticket.id] is NoEstimate.NOBODY_SERVES
    assert set(estimates.arriving.values()) == {NoEstimate.NOBODY_SERVES}


def test_nobody_serves_when_the_open_desks_lack_the_skill() -> None:
    estimates = forecast(a_hall(a_branch(), desks=[a_desk(FIRST)]), NOON)

    assert estimates.arriving[COMPLAINTS, NORMAL] is NoEstimate.NOBODY_SERVES
    assert isinstance(estimates.arriving[BILLS, NORMAL], Estimate)


def test_somebody_sent_to_a_closed_counter_is_told_that_nobody_serves() -> None:
    branch = a_plain_branch(counters=2)
    sent = a_ticket(1, for_counter=branch.counters[1].number, arrived_at=at(-5))

    estimates = forecast(a_hall(branch, [sent], desks=[a_desk(FIRST)]), NOON)

    assert estimates.waiting[sent.id] is NoEstimate.NOBODY_SERVES


def test_near_closing_the_first_get_numbers_and_the_last_get_words() -> None:
    branch = a_plain_branch(mean=240, spread=60, roster=CLOSING_SOON)
    line = waiting_tickets(8)

    estimates = forecast(a_hall(branch, line), NOON)

    assert [isinstance(estimates.waiting[t.id], Estimate) for t in line[:2]] == [True, True]
    assert {estimates.waiting[t.id] for t in line[4:]} == {NoEstimate.NOT_BEFORE_CLOSING}
    assert estimates.arriving[BILLS, NORMAL] is NoEstimate.NOT_BEFORE_CLOSING


def test_a_few_days_that_end_too_early_still_leave_a_number() -> None:
    branch = a_plain_branch(mean=500, spread=90, roster=CLOSING_SOON)
    hall = a_hall(branch, in_hand_everywhere(branch, elapsed=0))

    found = in_numbers(forecast(hall, NOON).arriving[BILLS, NORMAL])

    assert found.p80 <= found.p90 <= 600


def test_with_everybody_on_a_break_the_wait_is_until_somebody_is_back() -> None:
    branch = a_plain_branch(counters=2, mean=240, spread=60)
    desks = [
        a_desk(counter.number, state=DeskState.PAUSED, expected_end=at(20))
        for counter in branch.counters
    ]

    found = in_numbers(forecast(a_hall(branch, desks=desks), NOON).arriving[BILLS, NORMAL])

    assert 600 < found.p50 <= 1200
    assert found.p10 < found.p90


def test_after_midnight_nobody_is_called_any_more() -> None:
    branch = a_plain_branch(mean=1800)
    night = NOON + timedelta(hours=11, minutes=50)
    hall = a_hall(branch, [a_ticket(1, arrived_at=night)])

    estimates = forecast(hall, night)

    assert in_numbers(estimates.waiting[hall.waiting[0].id]).p50 == 0
    assert estimates.arriving[BILLS, NORMAL] is NoEstimate.NOT_BEFORE_CLOSING


def test_a_branch_without_counters_or_people_gives_words() -> None:
    branch = replace(a_branch(), counters=())
    ticket = a_ticket(1, arrived_at=at(-5))

    estimates = forecast(a_hall(branch, [ticket]), NOON)

    assert estimates.waiting == {ticket.id: NoEstimate.NOBODY_SERVES}
    assert set(estimates.arriving.values()) == {NoEstimate.NOBODY_SERVES}


def test_a_ticket_whose_service_or_category_is_gone_gives_words() -> None:
    lost = a_ticket(1, service=ServiceCode("Z"), arrived_at=at(-5))
    strange = a_ticket(2, category=CategoryCode("vip"), arrived_at=at(-5))

    estimates = forecast(a_hall(a_branch(), [lost, strange]), NOON)

    assert set(estimates.waiting.values()) == {NoEstimate.NOBODY_SERVES}


@pytest.mark.parametrize("minutes", [0, 200, 400, 600, 719])
def test_every_number_is_one_at_any_time_of_the_day(minutes: int) -> None:
    branch = a_plain_branch(counters=2, mean=240, spread=300, roster=CLOSING_SOON)
    now = at(minutes)
    hall = a_hall(branch, [*waiting_tickets(10), *in_hand_everywhere(branch)], [a_desk(FIRST)])

    estimates = forecast(hall, now)

    for found in (*estimates.waiting.values(), *estimates.arriving.values()):
        if isinstance(found, Estimate):
            ordered = [0, found.p10, found.p50, found.p80, found.p90]
            assert all(isfinite(seconds) for seconds in ordered)
            assert ordered == sorted(ordered)
