"""Advice on branches where anybody can see what would help, and what would not."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from queueapp.config.branch_file import parse_branch
from queueapp.domain.advice import ChangeServices, EndPause, MoveBreak, OpenCounter, PauseRemote
from queueapp.domain.branch import Branch, Shift, Span, Weekday
from queueapp.domain.desk import SENT_FOR, Desk, DeskState
from queueapp.domain.live import LiveBranch
from queueapp.domain.staff import Role, Staff
from queueapp.domain.ticket import Channel, LegState, Outcome
from queueapp.domain.what_if import after, is_still_open, spare_clerks
from queueapp.domain.words import CounterNumber, ServiceCode, StaffCode
from queueapp.forecast.advice.candidates import candidates
from queueapp.forecast.advice.deliberation import (
    Question,
    advise,
    costs_nobody,
    deliberate,
    prospect,
    spared_by,
)
from queueapp.forecast.advice.proposed_roster import ProposedShift, proposed_shifts, roster_lines
from queueapp.forecast.advice.rest_of_day import half_hours, rest_of_day
from queueapp.forecast.advice.staffing import Staffing, counters_needed
from queueapp.forecast.knowledge import Knowledge
from queueapp.forecast.planned_day import end_of_day
from tests.domain.samples import a_live_branch, a_ticket
from tests.forecast.judge_advice.towns import town

TEN = datetime.fromisoformat("2026-03-10T10:00+03:30")
A, B = ServiceCode("A"), ServiceCode("B")
ONE, TWO, THREE = CounterNumber(1), CounterNumber(2), CounterNumber(3)
SHOP = town("shop", "A:10:5:2 B:20:8:3", {1: "A", 2: "B", 3: "A"}, ("11:00-11:30", "12:00-12:30"))


def a_shop(*, lines: dict[ServiceCode, int], branch: Branch = SHOP, **desks: Desk) -> LiveBranch:
    """The shop at ten: counters 1 and 2 are open unless said otherwise, so many wait."""
    tickets = [
        a_ticket(
            service=service,
            number=number,
            arrived_at=TEN - timedelta(minutes=6) + timedelta(seconds=10 * number),
        )
        for service, count in lines.items()
        for number in range(1, count + 1)
    ]
    live = a_live_branch(*tickets)
    everybody = {
        StaffCode(f"clerk{number}"): Staff(
            code=StaffCode(f"clerk{number}"), name=f"Clerk {number}", role=Role.CLERK
        )
        for number in (1, 2, 3)
    }
    known = {
        number: Desk(
            counter=number,
            state=DeskState.OPEN,
            staff=StaffCode(f"clerk{number}"),
            since=TEN - timedelta(hours=2),
        )
        for number in (ONE, TWO)
    }
    known.update({desk.counter: desk for desk in desks.values()})
    return replace(live, branch=branch, staff=everybody, desks=known)


def asked(live: LiveBranch) -> Question:
    return Question(live=live, now=TEN, knowledge=Knowledge.configured(live.branch))


def test_a_long_line_beside_an_idle_counter_is_shared() -> None:
    [best, *_] = advise(asked(a_shop(lines={A: 9})), costs_nobody)
    assert best.action == ChangeServices(counter=TWO, services=(B, A))
    assert best.spared.mean > 1
    assert best.shorter > 60
    assert not best.cost


def test_nothing_is_advised_where_nobody_will_wait_too_long() -> None:
    assert advise(asked(a_shop(lines={A: 1, B: 1}))) == ()
    assert advise(asked(a_shop(lines={}))) == ()


def test_nothing_is_advised_where_nothing_helps() -> None:
    alone = town("alone", "A:10:5:2", {1: "A"}, ("11:00-11:30", "12:00-12:30"))
    live = a_shop(lines={A: 12}, branch=alone)
    without_break = replace(alone, counters=tuple(replace(c, roster=()) for c in alone.counters))
    live = replace(live, branch=without_break, desks={ONE: live.desks[ONE]})
    assert advise(asked(live)) == ()


def test_a_clerk_who_is_free_is_sent_to_a_closed_counter() -> None:
    live = a_shop(lines={A: 12, B: 9})
    found = advise(asked(live))
    opening = next(each for each in found if isinstance(each.action, OpenCounter))
    assert opening.action == OpenCounter(counter=THREE, lasts=timedelta(hours=1))
    assert opening.cost == timedelta(hours=1)
    nobody_free = replace(live, staff={c: p for c, p in live.staff.items() if c != "clerk3"})
    actions = [each.action for each in advise(asked(nobody_free))]
    assert not any(isinstance(action, OpenCounter) for action in actions)


def test_a_break_in_the_rush_is_moved() -> None:
    pause = Span(starts=time(10, 10), ends=time(10, 40))
    shift = Shift(
        weekday=Weekday.TUESDAY, span=Span(starts=time(8), ends=time(14)), breaks=(pause,)
    )
    one = replace(SHOP.counter(ONE), roster=(shift,))
    branch = replace(SHOP.with_counter(one), counters=(one, SHOP.counter(TWO)))
    live = a_shop(lines={A: 1}, branch=branch)
    known = expecting(branch, 0.0)
    known.comings.profile[:, 20, 0, 0] = 6.0
    question = Question(live=live, now=TEN, knowledge=known)
    moves = [
        each.action
        for each in advise(question, lambda action: isinstance(action, MoveBreak))
        if isinstance(each.action, MoveBreak)
    ]
    assert moves
    assert all(move.counter == ONE and move.starts > time(10, 25) for move in moves)


def test_a_pause_is_ended_at_the_price_of_what_is_left_of_it() -> None:
    resting = Desk(
        counter=ONE,
        state=DeskState.PAUSED,
        staff=StaffCode("clerk1"),
        since=TEN,
        reason="Lunch",
        expected_end=TEN + timedelta(minutes=30),
    )
    live = a_shop(lines={A: 8}, resting=resting)
    found = advise(asked(live), lambda action: isinstance(action, EndPause))
    assert [each.action for each in found] == [EndPause(counter=ONE)]
    assert found[0].cost == timedelta(minutes=30)


def test_the_same_question_has_the_same_answer() -> None:
    live = a_shop(lines={A: 9, B: 3})
    assert advise(asked(live)) == advise(asked(live))


def test_a_deliberation_goes_on_in_small_steps() -> None:
    steps = sum(1 for _ in deliberate(asked(a_shop(lines={A: 9, B: 3}))))
    assert steps > 5


def test_doing_nothing_changes_nothing() -> None:
    question = asked(a_shop(lines={A: 6}))
    same = ChangeServices(counter=TWO, services=(B,))
    before, unchanged = prospect(question, None, 50), prospect(question, same, 50)
    assert (before.wait == unchanged.wait).all()


def test_what_was_done_cannot_be_advised_again() -> None:
    live = a_shop(lines={A: 9})
    live = with_past_visits(live, Channel.PHONE, Channel.KIOSK)
    tried = candidates(live, TEN, [A, B], TEN + timedelta(hours=2))
    assert PauseRemote(service=A) in tried
    for action in tried:
        assert is_still_open(live, action, TEN)
        if not isinstance(action, OpenCounter | EndPause):
            assert not is_still_open(after(live, action, TEN), action, TEN)


def test_a_desk_that_is_kept_for_somebody_is_no_pause_to_end() -> None:
    kept = Desk(
        counter=THREE,
        state=DeskState.PAUSED,
        staff=StaffCode("clerk3"),
        since=TEN,
        reason=SENT_FOR,
        expected_end=TEN + timedelta(minutes=5),
    )
    live = a_shop(lines={A: 9}, kept=kept)
    actions = candidates(live, TEN, [A], TEN + timedelta(hours=2))
    assert not any(isinstance(action, EndPause) for action in actions)
    assert spare_clerks(live) == ()


# -- people who join from outside -----------------------------------------------------------------


def with_past_visits(live: LiveBranch, *channels: Channel) -> LiveBranch:
    """Thirty visits for A that are over, their tickets taken in turn by these ways."""
    over = {}
    for number in range(30):
        ticket = a_ticket(
            service=A,
            number=100 + number,
            arrived_at=TEN - timedelta(minutes=10 + 3 * number),
            channel=channels[number % len(channels)],
        )
        leg = replace(ticket.leg, state=LegState.ENDED, ended_at=TEN, outcome=Outcome.SERVED)
        over[ticket.id] = replace(ticket, legs=(leg,))
    return replace(live, tickets={**live.tickets, **over})


def overrun(*channels: Channel) -> Question:
    """Two counters for more people than they can serve, and nobody and no break to move."""
    plan = town(
        "hall", "A:20:4:2 B:20:8:3", {1: "A", 2: "A", 3: "B"}, ("11:00-11:30", "12:00-12:30")
    )
    plan = replace(plan, counters=tuple(replace(c, roster=()) for c in plan.counters))
    live = with_past_visits(a_shop(lines={A: 8}, branch=plan), *channels)
    live = replace(live, staff={code: p for code, p in live.staff.items() if code != "clerk3"})
    known = expecting(plan, 0.0)
    known.comings.profile[:, 16:27, 0, 0] = 20.0
    return Question(live=live, now=TEN, knowledge=known)


def test_tickets_from_outside_are_paused_where_nothing_else_helps() -> None:
    question = overrun(Channel.PHONE, Channel.KIOSK, Channel.API, Channel.KIOSK)
    [advice] = advise(question)
    assert advice.action == PauseRemote(service=A)
    assert advice.spared.mean > 1
    assert advice.shorter > 60
    assert advice.turned_away > 10
    assert not advice.cost


def test_there_is_nothing_to_pause_where_everybody_takes_a_ticket_in_the_hall() -> None:
    assert advise(overrun(Channel.KIOSK)) == ()


def test_of_those_who_are_turned_away_half_come_all_the_same() -> None:
    question = overrun(Channel.PHONE)
    base = prospect(question, None, 200)
    paused = prospect(question, PauseRemote(service=A), 200)
    coming = base.people().mean() - 8
    share = 30 / 38  # the eight who wait took their tickets in the hall
    assert paused.people().mean() - 8 == pytest.approx(coming * (1 - share / 2), rel=0.05)


def test_who_stays_away_counts_as_a_broken_promise() -> None:
    question, pausing = overrun(Channel.PHONE), PauseRemote(service=A)
    base, paused = prospect(question, None, 100), prospect(question, pausing, 100)
    gone = base.people() - paused.people()
    assert gone.mean() > 10
    assert (spared_by(base, paused) == base.past() - paused.past() - gone).all()


# -- the rest of the day --------------------------------------------------------------------------


def expecting(branch: Branch, people: float) -> Knowledge:
    """So many people for each service in each half hour from 8 to 14."""
    known = Knowledge.configured(branch)
    profile = known.comings.profile.copy()
    profile[:, 16:27, :, 0] = people
    return replace(known, comings=replace(known.comings, profile=profile))


def test_the_rest_of_the_day_has_every_half_hour_in_which_somebody_comes() -> None:
    live = a_shop(lines={A: 2})
    question = Question(live=live, now=TEN, knowledge=expecting(SHOP, 3.0))
    halves = rest_of_day(question)
    assert halves[0].starts == TEN
    assert [half.starts - TEN for half in halves[:3]] == [
        timedelta(minutes=30 * number) for number in range(3)
    ]
    assert len(halves) == 7
    assert all(4 < half.arrivals.mean < 8 for half in halves)
    closing = end_of_day(live, TEN)
    for half in halves:
        assert 0 <= half.waits.low <= half.waits.high <= (closing - half.starts).total_seconds()


def test_a_branch_whose_day_is_over_has_no_rest() -> None:
    live = a_shop(lines={})
    evening = datetime.fromisoformat("2026-03-10T20:00+03:30")
    assert end_of_day(live, evening) == evening
    assert half_hours(live, evening, evening) == []


AFTER_WORK = {
    "long before the first shift": "2026-03-10T06:30+03:30",
    "after the last shift": "2026-03-10T14:05+03:30",
}


@pytest.mark.parametrize("moment", AFTER_WORK.values(), ids=AFTER_WORK)
def test_no_counter_is_opened_for_nobody_outside_of_the_planned_hours(moment: str) -> None:
    now = datetime.fromisoformat(moment)
    closed = replace(a_shop(lines={}), desks={})
    known = expecting(SHOP, 4.0)
    known.comings.profile[:, 13:16, :, 0] = 4.0  # a course of the day that is smooth goes beyond it
    known.comings.profile[:, 27:32, :, 0] = 4.0
    assert advise(Question(live=closed, now=now, knowledge=known)) == ()


def test_a_counter_is_opened_after_the_last_shift_for_those_who_still_wait() -> None:
    evening = datetime.fromisoformat("2026-03-10T14:05+03:30")
    live = replace(a_shop(lines={A: 5}), desks={})
    late = {
        ticket.id: replace(
            ticket,
            legs=tuple(
                replace(leg, accrues_from=evening, waiting_since=evening) for leg in ticket.legs
            ),
        )
        for ticket in live.tickets.values()
    }
    live = replace(live, tickets=late)
    [best, *_] = advise(Question(live=live, now=evening, knowledge=expecting(SHOP, 4.0)))
    assert isinstance(best.action, OpenCounter)
    assert best.people == 5


def test_a_day_for_which_nobody_is_planned_is_over() -> None:
    live = a_shop(lines={})
    on_tuesdays = tuple(
        replace(
            counter,
            roster=tuple(shift for shift in counter.roster if shift.weekday is Weekday.TUESDAY),
        )
        for counter in live.branch.counters
    )
    live = replace(live, branch=replace(live.branch, counters=on_tuesdays))
    assert end_of_day(live, TEN) > TEN
    wednesday = TEN + timedelta(days=1)
    assert end_of_day(replace(live, day=wednesday.date()), wednesday) == wednesday


def needed(people: float) -> list[int]:
    live = a_shop(lines={})
    question = Question(live=live, now=TEN, knowledge=expecting(SHOP, people))
    thinking = counters_needed(question, TEN, end_of_day(live, TEN))
    while True:
        try:
            next(thinking)
        except StopIteration as done:
            return [len(counters) for _, counters in done.value]


def test_more_people_need_more_counters_and_never_more_than_there_are() -> None:
    few, many = needed(1.0), needed(9.0)
    assert few[:-1] == [2] * 7, "each of the two services takes a counter"
    assert many[:-1] == [3] * 7


def test_a_proposed_roster_is_one_that_branch_toml_accepts() -> None:
    opens = datetime.fromisoformat("2026-03-10T08:00+03:30")
    staffing: Staffing = [
        (opens + number * timedelta(minutes=30), (ONE, TWO) if number % 5 else (ONE, TWO, THREE))
        for number in range(12)
    ]
    shifts = proposed_shifts(SHOP, Weekday.TUESDAY, staffing)
    text = "\n".join(roster_lines(shifts))
    described = f"""
        id = "shop"
        name = {{ en = "Shop", fa = "فروشگاه" }}
        time_zone = "Asia/Tehran"
        [services.A]
        name = {{ en = "A", fa = "A" }}
        target_minutes = 10
        mean_minutes = 5
        spread_minutes = 2
        [categories.normal]
        name = {{ en = "Normal", fa = "عادی" }}
        [counters.1]
        services = ["A"]
        [counters.2]
        services = ["A"]
        [counters.3]
        services = ["A"]
        {text}
    """
    branch = parse_branch(described)
    for half, counters in staffing:
        moment = (half + timedelta(minutes=1)).time()
        for number in counters:
            assert any(shift.span.holds(moment) for shift in branch.counter(number).roster)
    assert all(isinstance(shift, ProposedShift) for shift in shifts)


def test_nobody_is_asked_to_come_for_half_an_hour() -> None:
    opens = datetime.fromisoformat("2026-03-10T08:00+03:30")
    staffing: Staffing = [
        (opens + number * timedelta(minutes=30), (ONE,) if number != 4 else (ONE, TWO))
        for number in range(10)
    ]
    [_, short] = proposed_shifts(SHOP, Weekday.TUESDAY, staffing)
    assert short.counter == TWO
    assert short.span == Span(starts=time(10), ends=time(12))
