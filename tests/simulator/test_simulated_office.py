"""What an hour among simulated people looks like, over the real operations and a real store."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from queueapp.domain.appointment import figures
from queueapp.domain.desk import DeskState
from queueapp.domain.estimate import Estimate
from queueapp.domain.live import LiveBranch
from queueapp.domain.rating import BAD_SCORE
from queueapp.domain.ticket import UNFINISHED, LegState, Outcome
from queueapp.domain.words import CounterNumber, StaffCode
from queueapp.operations.commands import CloseDesk
from queueapp.simulator.behaviour import Behaviour, ClerkBehaviour, CustomerBehaviour
from tests.forecast.halls import forecast
from tests.simulator.offices import NINE, office, story

HOUR = timedelta(hours=1)
HALF = HOUR / 2


@pytest.fixture(scope="module")
def after_an_hour(tmp_path_factory: pytest.TempPathFactory) -> LiveBranch:
    with office(tmp_path_factory.mktemp("office")) as opened:
        return opened.live_for(HOUR)


def test_customers_come_are_called_and_are_served(after_an_hour: LiveBranch) -> None:
    assert len(after_an_hour.served) > 20
    assert after_an_hour.waiting
    assert all(desk.state is not DeskState.CLOSED for desk in after_an_hour.desks.values())


def test_nobody_is_lost_and_nobody_is_in_two_hands(after_an_hour: LiveBranch) -> None:
    tickets = after_an_hour.tickets.values()
    unfinished = sum(ticket.leg.state in UNFINISHED for ticket in tickets)
    left = sum(
        ticket.leg.outcome in {Outcome.SERVED, Outcome.NO_SHOW, Outcome.CANCELLED}
        for ticket in tickets
    )
    assert unfinished + left == len(tickets)
    in_hand = [t for t in tickets if t.leg.state in {LegState.CALLED, LegState.SERVING}]
    assert len({ticket.leg.counter for ticket in in_hand}) == len(in_hand)


def test_numbers_have_no_gaps(after_an_hour: LiveBranch) -> None:
    for service in after_an_hour.branch.services:
        numbers = [t.number for t in after_an_hour.tickets.values() if t.letter == service.code]
        assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_ratings_belong_to_served_legs_and_bad_ones_often_have_a_reason(
    after_an_hour: LiveBranch,
) -> None:
    served = {(ticket.id, leg.ordinal) for ticket, leg in after_an_hour.served}
    ratings = after_an_hour.ratings
    assert len(ratings) > len(served) / 3
    assert ratings.keys() <= served
    assert all(r.reason is None for r in ratings.values() if r.score > BAD_SCORE)


def test_everybody_who_waits_has_a_range(after_an_hour: LiveBranch) -> None:
    estimates = forecast(after_an_hour, NINE + HOUR)
    assert all(
        isinstance(estimates.waiting[ticket.id], Estimate) for ticket in after_an_hour.waiting
    )


def test_whoever_is_relieved_touches_nothing_any_more(tmp_path: Path) -> None:
    with office(tmp_path) as opened:
        before = opened.live_for(HOUR / 3)
        place = opened.plan.counters[0].number
        assert any(leg.counter == place for _, leg in before.served)
        opened.relieved.add(StaffCode(f"clerk{place}"))
        after = opened.live_for(HOUR / 3)
        assert len(after.served) > len(before.served)
        assert after.in_hand(place) == before.in_hand(place)
        assert after.desk(place) == before.desk(place)


def test_the_same_seed_tells_the_same_story(tmp_path: Path) -> None:
    with office(tmp_path, seed=7) as first, office(tmp_path, seed=7) as second:
        assert story(first.live_for(HALF)) == story(second.live_for(HALF))


def test_another_seed_tells_another_story(tmp_path: Path) -> None:
    with office(tmp_path, seed=7) as first, office(tmp_path, seed=8) as second:
        assert story(first.live_for(HALF)) != story(second.live_for(HALF))


def test_steps_of_any_length_lead_through_everything_that_was_due(tmp_path: Path) -> None:
    with office(tmp_path) as opened:
        opened.clock.put(NINE + HOUR)
        opened.simulation.step(NINE + HOUR)
        next_at = opened.simulation.next_at
        assert next_at is not None
        assert next_at > NINE + HOUR


def test_the_queue_neither_dries_up_nor_grows_without_end(tmp_path: Path) -> None:
    behaviour = Behaviour()
    with office(tmp_path, behaviour=behaviour) as opened:
        lengths = []
        for quarter in range(4, 15):
            live = opened.live_until(NINE + quarter * timedelta(minutes=15))
            lengths.append(len(live.waiting))
    assert min(lengths) >= 3
    # Whoever comes back from a transfer waits although nobody new was let in.
    assert max(lengths) <= behaviour.customers.waiting_at_most + 5


def test_customers_who_stay_away_are_called_again_and_then_missed(tmp_path: Path) -> None:
    nobody_comes = Behaviour(customers=replace(CustomerBehaviour(), stays_away=1.0))
    with office(tmp_path, behaviour=nobody_comes) as opened:
        live = opened.live_for(HOUR)
    missed = [t for t in live.tickets.values() if t.leg.outcome is Outcome.NO_SHOW]
    assert len(missed) > 10
    assert all(ticket.leg.recalls == 1 for ticket in missed)
    assert not live.served


def test_a_customer_on_hold_is_taken_back_and_served(tmp_path: Path) -> None:
    all_held = Behaviour(clerks=replace(ClerkBehaviour(), holds=1.0))
    with office(tmp_path, behaviour=all_held) as opened:
        first = opened.live_for(HOUR)
        held = first.held
        later = opened.live_for(HOUR)
    assert held
    assert not {ticket.id for ticket in held} & {ticket.id for ticket in later.held}


def test_whoever_is_sent_on_keeps_the_number_and_is_served_once_more(tmp_path: Path) -> None:
    all_sent_on = Behaviour(clerks=replace(ClerkBehaviour(), holds=0.0, transfers=1.0))
    with office(tmp_path, behaviour=all_sent_on) as opened:
        live = opened.live_for(HOUR)
    assert live.served
    assert all(
        ticket.legs[0].outcome is Outcome.TRANSFERRED and leg.ordinal == 2
        for ticket, leg in live.served
    )


def test_clerks_come_back_from_their_pauses(tmp_path: Path) -> None:
    all_pause = Behaviour(clerks=replace(ClerkBehaviour(), pauses=1.0))
    with office(tmp_path, behaviour=all_pause) as opened:
        live = opened.live_for(2 * HOUR)
    served = [leg.counter for _, leg in live.served]
    assert {served.count(counter) > 1 for counter in set(served)} == {True}
    assert any(desk.state is DeskState.PAUSED and desk.reason for desk in live.desks.values())


def test_a_clerk_whose_desk_a_supervisor_closed_signs_on_again(tmp_path: Path) -> None:
    with office(tmp_path) as opened:
        live = opened.live_for(timedelta(minutes=2))
        for counter in live.desks:
            if live.in_hand(counter) is None:
                break
        else:
            counter = CounterNumber(1)
        while live.in_hand(counter) is not None:
            live = opened.live_for(timedelta(seconds=10))
        opened.operations.handle(CloseDesk(staff=StaffCode(f"clerk{counter}"), counter=counter))
        later = opened.live_for(timedelta(minutes=10))
    assert later.desk(counter).state is not DeskState.CLOSED


def test_a_new_day_begins_with_everybody_back_and_the_numbers_at_one(tmp_path: Path) -> None:
    late = datetime.fromisoformat("2026-11-22T23:30+03:30")
    with office(tmp_path, opens=late) as opened:
        live = opened.live_for(HOUR)
    assert live.day == late.date() + timedelta(days=1)
    assert sum(desk.state is not DeskState.CLOSED for desk in live.desks.values()) == 6
    of_today = [ticket for ticket in live.tickets.values() if ticket.day == live.day]
    assert min(ticket.number for ticket in of_today) == 1
    assert live.served


def test_some_have_booked_and_most_of_them_come(after_an_hour: LiveBranch) -> None:
    now = NINE + HOUR
    counted = figures(after_an_hour.branch, after_an_hour.appointments.values(), now)
    assert counted.to_come > 0
    assert counted.came > 0
    came = [ticket for ticket in after_an_hour.tickets.values() if ticket.appointment_at]
    assert len(came) == counted.came
    assert {ticket.letter for ticket in came} == {
        service.code for service in after_an_hour.branch.services if service.booking
    }
