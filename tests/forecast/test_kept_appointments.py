"""The branch's own appointments in its estimates, and tickets of people who are on the way."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from queueapp.domain.appointment import Appointment, AppointmentId, AppointmentState, Source
from queueapp.domain.branch import Policy
from queueapp.domain.live import LiveBranch
from queueapp.domain.slot_rules import SlotRules
from queueapp.domain.words import TicketId
from queueapp.forecast.bookings import Booking, still_to_come
from queueapp.forecast.learner import Learner
from tests.domain.samples import (
    APPOINTMENT,
    BILLS,
    FIRST,
    NOON,
    NORMAL,
    a_branch,
    a_desk,
    a_ticket,
    at,
)
from tests.forecast.halls import a_hall, a_plain_branch, forecast, in_hand_everywhere, in_numbers


def kept(number: int, minutes: float, **overrides: object) -> Appointment:
    """An appointment for bills, so many minutes after noon."""
    own = Appointment(
        id=AppointmentId(UUID(int=number)),
        service=BILLS,
        starts_at=at(minutes),
        code=f"1000000{number}",
        token=f"token-{number}",
        source=Source.PAGE,
        booked_at=at(-600),
        language="fa",
    )
    return replace(own, **overrides)  # type: ignore[arg-type] # any field


def with_kept(live: LiveBranch, *appointments: Appointment) -> LiveBranch:
    return replace(live, appointments={each.id: each for each in appointments})


@pytest.fixture
def hall() -> LiveBranch:
    """Bills by appointment, which goes before all else; a walk-in has just come."""
    branch = replace(a_branch(), policy=Policy.STRICT)
    branch = branch.with_service(replace(branch.service(BILLS), booking=SlotRules()))
    return a_hall(branch, [*in_hand_everywhere(branch), a_ticket(7, arrived_at=NOON)])


def test_what_the_branch_keeps_counts_like_what_a_log_says(hall: LiveBranch) -> None:
    due = (0.5, 3, 5)
    said = forecast(with_kept(hall, *(kept(n, m) for n, m in enumerate(due))), NOON)
    bookings = [Booking(service=BILLS, at=at(m), category=APPOINTMENT) for m in due]
    assert said.waiting == forecast(hall, NOON, bookings=bookings).waiting
    assert said.waiting != forecast(hall, NOON).waiting


def test_nobody_reckons_with_who_came_cancelled_or_is_too_late(hall: LiveBranch) -> None:
    ticket = TicketId(UUID(int=99))
    gone = (
        kept(1, 1, state=AppointmentState.CHECKED_IN, ticket=ticket),
        kept(2, 2, state=AppointmentState.CANCELLED),
        kept(3, -16),
        kept(4, 60 * 24),
    )
    assert still_to_come(with_kept(hall, *gone), NOON) == []
    assert [b.at for b in still_to_come(with_kept(hall, *gone, kept(5, -14)), NOON)] == [at(-14)]


def test_one_who_came_leaves_the_other_of_the_same_time_expected(hall: LiveBranch) -> None:
    here = replace(a_ticket(8, category=APPOINTMENT, arrived_at=NOON), appointment_at=at(5))
    live = replace(hall, tickets={**hall.tickets, here.id: here})
    came = kept(1, 5, state=AppointmentState.CHECKED_IN, ticket=here.id)
    assert len(still_to_come(with_kept(live, came, kept(2, 5)), NOON)) == 1
    [walk_in] = [ticket.id for ticket in hall.waiting]
    alone = forecast(with_kept(live, came), NOON).waiting[walk_in]
    both = forecast(with_kept(live, came, kept(2, 5)), NOON).waiting[walk_in]
    assert in_numbers(both).p80 > in_numbers(alone).p80


def test_who_is_on_the_way_is_promised_nothing_earlier_and_those_behind_move_up() -> None:
    branch = a_plain_branch(counters=1, mean=240, spread=60)
    first, second = a_ticket(1, arrived_at=at(-2)), a_ticket(2, arrived_at=at(-1))
    on_the_way = first.with_leg(replace(first.leg, not_before=at(20)))
    here = forecast(a_hall(branch, [*in_hand_everywhere(branch), first, second]), NOON)
    away = forecast(a_hall(branch, [*in_hand_everywhere(branch), on_the_way, second]), NOON)
    assert in_numbers(here.waiting[first.id]).p50 < in_numbers(here.waiting[second.id]).p50
    assert in_numbers(away.waiting[first.id]).p10 >= timedelta(minutes=20).total_seconds()
    behind = in_numbers(away.waiting[second.id])
    assert behind.p50 == pytest.approx(in_numbers(here.waiting[first.id]).p50, rel=0.1)


def test_a_desk_that_may_not_call_who_is_on_the_way_is_no_desk_left_alone() -> None:
    branch = a_plain_branch(counters=1, mean=240, spread=60)
    joined = a_ticket(1, arrived_at=at(-30))
    on_the_way = joined.with_leg(replace(joined.leg, not_before=at(10)))
    desk = a_desk(FIRST, since=at(-60))
    idle = forecast(a_hall(branch, [], [desk]), NOON).arriving[BILLS, NORMAL]
    told = forecast(a_hall(branch, [on_the_way], [desk]), NOON).arriving[BILLS, NORMAL]
    assert in_numbers(told).p90 == pytest.approx(in_numbers(idle).p90, abs=1)


def see(learner: Learner, live: LiveBranch, now: datetime, *appointments: Appointment) -> None:
    learner.saw(with_kept(replace(live, day=live.branch.day(now)), *appointments), now)


def test_who_never_came_teaches_and_who_cancelled_does_not(hall: LiveBranch) -> None:
    learner = Learner(hall.branch)
    before = learner.knowledge(NOON).comings
    see(learner, hall, at(-60), kept(1, 10), kept(2, 20))
    see(learner, hall, NOON, kept(1, 10), kept(2, 20, state=AppointmentState.CANCELLED))
    after = learner.knowledge(NOON + timedelta(days=1)).comings
    assert after.knows_bookings
    assert after.shows_up == pytest.approx((before.shows_up * 10) / 11, rel=0.01)


def test_a_forecaster_that_starts_again_counts_nobody_twice(hall: LiveBranch) -> None:
    learner = Learner(hall.branch)
    see(learner, hall, NOON, kept(1, 10))
    again = Learner.from_json(hall.branch, learner.to_json())
    see(again, hall, at(5), kept(1, 10))
    next_day = NOON + timedelta(days=1)
    assert (
        again.knowledge(next_day).comings.shows_up == learner.knowledge(next_day).comings.shows_up
    )
