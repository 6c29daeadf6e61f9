from dataclasses import replace
from datetime import timedelta

import pytest

from queueapp.domain import ticket as verbs
from queueapp.domain.branch import Policy
from queueapp.domain.desk import DeskState
from queueapp.domain.estimate import FRESH_FOR, Estimate, Estimates, NoEstimate
from queueapp.domain.live import Changes
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.routing import PickReason
from queueapp.domain.ticket import LegState
from queueapp.domain.words import Revision
from tests.domain.samples import (
    APPOINTMENT,
    BILLS,
    COMPLAINTS,
    FIRST,
    LINES,
    NOON,
    NORMAL,
    PRIORITY,
    REZA,
    SARA,
    SECOND,
    TODAY,
    a_branch,
    a_called_ticket,
    a_desk,
    a_held_ticket,
    a_live_branch,
    a_rating,
    a_served_ticket,
    a_serving_ticket,
    a_staff,
    a_ticket,
    at,
)

TOMORROW = TODAY + timedelta(days=1)
NEXT = Revision(2)


# -- changes --------------------------------------------------------------------------------------


def test_changes_replace_what_they_name_and_leave_the_rest() -> None:
    waiting, untouched = a_ticket(1), a_ticket(2)
    before = a_live_branch(
        waiting, untouched, desks=[a_desk(FIRST), a_desk(SECOND)], staff=[a_staff(SARA)]
    )
    called = verbs.call(waiting, counter=FIRST, staff=SARA, at=at(5))
    paused = a_desk(FIRST, state=DeskState.PAUSED)
    after = before.after(Changes(revision=NEXT, day=TODAY, tickets=[called], desks=[paused]))
    assert after.revision == NEXT
    assert after.ticket(waiting.id) == called
    assert after.ticket(untouched.id) == untouched
    assert (after.desk(FIRST), after.desk(SECOND)) == (paused, a_desk(SECOND))
    assert (after.branch, after.staff) == (before.branch, before.staff)


def test_a_picture_never_changes_only_the_next_one_does() -> None:
    before = a_live_branch(a_ticket(1))
    assert len(before.waiting) == 1
    before.after(
        Changes(revision=NEXT, day=TODAY, tickets=[a_ticket(2)], ratings=[a_rating(a_ticket(1))])
    )
    assert (len(before.waiting), len(before.tickets), before.ratings) == (1, 1, {})


def test_a_new_plan_new_staff_and_new_estimates_take_the_place_of_the_old() -> None:
    before = a_live_branch(staff=[a_staff(SARA), a_staff(REZA)])
    estimates = Estimates(made_at=NOON, revision=NEXT)
    after = before.after(
        Changes(
            revision=NEXT,
            day=TODAY,
            branch=a_branch(call_is_start=True),
            staff=[a_staff(REZA)],
            estimates=estimates,
        )
    )
    assert after.branch.call_is_start
    assert list(after.staff) == [REZA]
    assert after.estimates is estimates


def test_a_new_day_drops_the_tickets_and_ratings_of_the_old() -> None:
    done, waiting = a_served_ticket(1), a_ticket(2)
    in_hand = a_serving_ticket(3)
    before = a_live_branch(done, waiting, in_hand, ratings=[a_rating(done)])
    first = a_ticket(1, arrived_at=at(24 * 60))
    expired = verbs.expire(waiting, at=at(24 * 60))
    after = before.after(Changes(revision=NEXT, day=TOMORROW, tickets=[first, expired]))
    assert set(after.tickets) == {first.id, in_hand.id}
    assert after.ratings == {}
    assert after.in_hand(FIRST) == in_hand


def test_a_rating_given_twice_is_the_later_one() -> None:
    done = a_served_ticket()
    live = a_live_branch(done, ratings=[a_rating(done, 1)])
    after = live.after(Changes(revision=NEXT, day=TODAY, ratings=[a_rating(done, 4)]))
    assert [rating.score for rating in after.ratings.values()] == [4]


# -- tickets --------------------------------------------------------------------------------------


def test_the_waiting_stand_in_order_of_arrival_whatever_the_order_of_news() -> None:
    first, second, third = (a_ticket(n, arrived_at=at(n)) for n in (1, 2, 3))
    line = a_ticket(1, service=LINES, arrived_at=at(2.5))
    live = a_live_branch(third, line, first, second, a_called_ticket(9), a_held_ticket(8))
    assert live.waiting == (first, second, line, third)
    assert live.waiting_for(BILLS) == (first, second, third)
    assert live.waiting_for(COMPLAINTS) == ()


def test_a_transferred_customer_stands_where_they_arrived() -> None:
    sent = verbs.transfer(a_serving_ticket(1, arrived_at=at(-20)), at=at(0), service=LINES)
    other = a_ticket(1, service=LINES, arrived_at=at(-10))
    assert a_live_branch(other, sent).waiting_for(LINES) == (sent, other)


def test_who_is_in_hand_where() -> None:
    called, serving = a_called_ticket(1, counter=FIRST), a_serving_ticket(2, counter=SECOND)
    live = a_live_branch(called, serving, a_served_ticket(3, counter=FIRST))
    assert (live.in_hand(FIRST), live.in_hand(SECOND)) == (called, serving)
    assert a_live_branch(a_held_ticket(counter=FIRST)).in_hand(FIRST) is None


def test_the_held_come_longest_first() -> None:
    long, short = a_held_ticket(1, held_at=at(10)), a_held_ticket(2, held_at=at(20))
    assert a_live_branch(short, long).held == (long, short)


def test_calls_come_latest_first_and_a_withdrawn_leg_was_never_called() -> None:
    first, second = a_called_ticket(1, called_at=at(5)), a_called_ticket(2, called_at=at(8))
    here = verbs.add_service(a_serving_ticket(3), service=LINES, at=at(20), here=True)
    undone = here.with_leg(replace(here.leg, state=LegState.WITHDRAWN))
    live = a_live_branch(first, undone, second)
    assert [(ticket.number, leg.called_at) for ticket, leg in live.called] == [
        (2, at(8)),
        (3, at(5)),
        (1, at(5)),
    ]


def test_the_last_served_of_a_counter_is_the_one_that_ended_last() -> None:
    early = a_served_ticket(1, ended_at=at(12))
    late = a_served_ticket(2, ended_at=at(15))
    elsewhere = a_served_ticket(3, counter=SECOND, ended_at=at(20))
    live = a_live_branch(late, elsewhere, early)
    last = live.last_served(FIRST)
    assert last is not None
    assert last[0] == late
    assert a_live_branch(a_serving_ticket()).last_served(FIRST) is None


def test_a_ticket_is_found_by_its_number_with_or_without_the_letter() -> None:
    bill, line = a_ticket(7, service=BILLS), a_ticket(7, service=LINES)
    overnight = a_serving_ticket(7, service=COMPLAINTS, arrived_at=at(-24 * 60))
    live = a_live_branch(bill, line, a_ticket(8), overnight)
    assert live.find(BILLS, 7) == (bill,)
    assert set(live.find(None, 7)) == {bill, line}
    assert live.find(COMPLAINTS, 7) == ()
    assert live.find(None, 99) == ()


def test_a_ticket_of_another_day_is_unknown() -> None:
    with pytest.raises(Refused) as refused:
        a_live_branch().ticket(a_ticket().id)
    assert refused.value.reason is Reason.TICKET_UNKNOWN


def test_the_longest_wait_is_since_when_the_first_waits() -> None:
    live = a_live_branch(a_ticket(1, arrived_at=at(-4)), a_ticket(2, arrived_at=at(-9)))
    assert live.longest_wait(BILLS) == at(-9)
    assert live.longest_wait(LINES) is None


# -- places ---------------------------------------------------------------------------------------


def test_a_place_counts_who_is_more_urgent_for_the_same_service() -> None:
    first, second = a_ticket(1, arrived_at=at(-6)), a_ticket(2, arrived_at=at(-5))
    priority = a_ticket(3, category=PRIORITY, arrived_at=at(-1))
    line = a_ticket(1, service=LINES, arrived_at=at(-60))
    live = a_live_branch(first, second, priority, line)
    places = [live.place(ticket.id, NOON) for ticket in (priority, first, second, line)]
    assert places == [1, 2, 3, 1]


def test_places_follow_the_policy_of_the_branch() -> None:
    walk_in = a_ticket(1, arrived_at=at(-30))
    priority = a_ticket(2, category=PRIORITY, arrived_at=at(-1))
    appointment = a_ticket(3, category=APPOINTMENT, arrived_at=at(-20), accrues_from=at(0))
    expected = {
        Policy.ACCUMULATING: [1, 2, 3],
        Policy.STRICT: [3, 2, 1],
        Policy.FIFO: [1, 2, 3],
    }
    for policy, places in expected.items():
        live = a_live_branch(walk_in, priority, appointment, branch=a_branch(policy=policy))
        assert [live.place(t.id, NOON) for t in (walk_in, priority, appointment)] == places


def test_every_place_is_taken_exactly_once() -> None:
    twins = [a_ticket(n, arrived_at=NOON) for n in range(1, 6)]
    live = a_live_branch(*twins)
    assert [live.place(ticket.id, at(3)) for ticket in twins] == [1, 2, 3, 4, 5]


def test_who_does_not_wait_has_no_place() -> None:
    called = a_called_ticket()
    with pytest.raises(Refused) as refused:
        a_live_branch(called).place(called.id, NOON)
    assert refused.value.reason is Reason.TICKET_NOT_WAITING


# -- desks ----------------------------------------------------------------------------------------


def test_a_desk_where_nobody_ever_sat_is_closed() -> None:
    assert a_live_branch().desk(SECOND).state is DeskState.CLOSED


def test_a_counter_sees_whom_it_may_call_the_next_one_first() -> None:
    bill, line = a_ticket(1, arrived_at=at(-8)), a_ticket(1, service=LINES, arrived_at=at(-4))
    complaint = a_ticket(1, service=COMPLAINTS, arrived_at=at(-60))
    picks = a_live_branch(line, complaint, bill).next_for(FIRST, NOON)
    assert [(choice.candidate.ticket, choice.percent) for choice in picks] == [
        (bill.id, 80),
        (line.id, 20),
    ]
    assert picks[0].reason is PickReason.TARGET_USED


def test_a_desk_is_idle_since_it_opened_or_its_hand_became_free() -> None:
    opened = a_desk(FIRST, since=at(-30))
    assert a_live_branch(desks=[opened]).idle_since(FIRST) == at(-30)
    served = a_served_ticket(1, arrived_at=at(-20), ended_at=at(-5))
    assert a_live_branch(served, desks=[opened]).idle_since(FIRST) == at(-5)
    held = a_held_ticket(2, arrived_at=at(-20), held_at=at(-2))
    assert a_live_branch(served, held, desks=[opened]).idle_since(FIRST) == at(-2)


def test_a_desk_with_somebody_in_hand_paused_or_closed_is_not_idle() -> None:
    busy = a_live_branch(a_called_ticket(), desks=[a_desk(FIRST)])
    paused = a_live_branch(desks=[a_desk(FIRST, state=DeskState.PAUSED)])
    assert busy.idle_since(FIRST) is None
    assert paused.idle_since(FIRST) is None
    assert a_live_branch().idle_since(FIRST) is None


# -- estimates ------------------------------------------------------------------------------------

RANGE = Estimate(p10=60, p50=300, p80=500, p90=700)


def test_estimates_are_shown_while_they_are_fresh() -> None:
    ticket = a_ticket()
    live = a_live_branch(
        ticket,
        estimates=Estimates(
            made_at=NOON,
            revision=Revision(1),
            waiting={ticket.id: RANGE},
            arriving={(BILLS, NORMAL): RANGE, (LINES, NORMAL): NoEstimate.NOBODY_SERVES},
        ),
    )
    last = NOON + FRESH_FOR
    assert live.forecast_waiting(ticket.id, last) == RANGE
    assert live.forecast_arriving(BILLS, NORMAL, last) == RANGE
    assert live.forecast_arriving(LINES, NORMAL, last) is NoEstimate.NOBODY_SERVES
    assert live.forecast_arriving(COMPLAINTS, NORMAL, last) is NoEstimate.NO_BASIS
    stale = last + timedelta(seconds=1)
    assert live.forecast_waiting(ticket.id, stale) is NoEstimate.NO_BASIS
    assert live.forecast_arriving(BILLS, NORMAL, stale) is NoEstimate.NO_BASIS
    put_back = NOON - timedelta(hours=1)
    assert live.forecast_waiting(ticket.id, put_back) is NoEstimate.NO_BASIS
    assert live.forecast_arriving(BILLS, NORMAL, put_back) is NoEstimate.NO_BASIS


def test_without_a_forecaster_there_is_no_number() -> None:
    live = a_live_branch(a_ticket())
    assert live.forecast_waiting(a_ticket().id, NOON) is NoEstimate.NO_BASIS
    assert live.forecast_arriving(BILLS, NORMAL, NOON) is NoEstimate.NO_BASIS
