"""What is learned from what happens, how soon, and that nothing later is ever used."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest

from queueapp.domain.branch import Branch
from queueapp.domain.desk import DeskState
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import LegState, Outcome, Ticket
from queueapp.domain.words import CounterNumber, StaffCode
from queueapp.forecast.knowledge import Knowledge
from queueapp.forecast.learner import Learner
from queueapp.forecast.waits import predict
from tests.domain.samples import BILLS, FIRST, LINES, NOON, NORMAL, SECOND, a_desk, a_ticket, at
from tests.forecast.halls import a_hall, a_plain_branch, forecast, in_numbers, waiting_tickets

QUICK, SLOW = StaffCode("quick"), StaffCode("slow")
VISITS_A_DAY = 60
OPENS_H = -4
"""Hours from noon."""


def visit(
    number: int,
    arrived: datetime,
    *,
    wait: float = 60,
    lasts: float = 300,
    staff: StaffCode = QUICK,
    counter: CounterNumber = FIRST,
    outcome: Outcome = Outcome.SERVED,
) -> Ticket:
    """A finished visit for bills."""
    ticket = a_ticket(number, arrived_at=arrived)
    called = arrived + timedelta(seconds=wait)
    leg = replace(
        ticket.leg,
        state=LegState.ENDED,
        called_at=called,
        started_at=called if outcome is Outcome.SERVED else None,
        ended_at=called + timedelta(seconds=lasts),
        counter=counter,
        staff=staff,
        outcome=outcome,
    )
    return replace(ticket, day=arrived.date(), legs=(leg,))


Length = Callable[[random.Random, StaffCode], float]


def days_of_visits(days: int, length: Length) -> Iterator[Ticket]:
    """One visit after the other, by two clerks in turn, on the days before noon's."""
    chance = random.Random(5)
    for day in range(days, 0, -1):
        begins = NOON - timedelta(days=day) + timedelta(hours=OPENS_H)
        for number in range(VISITS_A_DAY):
            staff, counter = ((QUICK, FIRST), (SLOW, SECOND))[number % 2]
            yield visit(
                day * 1000 + number,
                begins + timedelta(seconds=400 * number),
                lasts=length(chance, staff),
                staff=staff,
                counter=counter,
            )


def lognormal(middle: float) -> Length:
    return lambda chance, _: middle * chance.lognormvariate(0, 0.4)


def a_branch_that_believes(mean: float) -> Branch:
    return a_plain_branch(counters=2, mean=mean, spread=mean * 0.6)


def taught(branch: Branch, tickets: Iterator[Ticket]) -> Learner:
    learner = Learner(branch)
    learner.recall(tickets, after=None, until=NOON)
    return learner


def test_a_new_branch_knows_what_it_configured() -> None:
    branch = a_branch_that_believes(300)

    known = Learner(branch).knowledge(NOON)
    configured = Knowledge.configured(branch)

    assert known.mean_occupancy(BILLS) == pytest.approx(configured.mean_occupancy(BILLS))
    assert known.occupancy.deviation == pytest.approx(configured.occupancy.deviation)


def test_after_five_days_it_knows_how_long_visits_take() -> None:
    branch = a_branch_that_believes(600)

    learner = taught(branch, days_of_visits(5, lognormal(240)))

    mean = 240 * np.exp(0.4**2 / 2)
    assert learner.knowledge(NOON).mean_occupancy(BILLS) == pytest.approx(mean, rel=0.08)


def test_each_visit_teaches_at_once() -> None:
    branch = a_branch_that_believes(300)
    learner = Learner(branch)
    beliefs = []
    for number in range(8):
        begins = at(-200 + 20 * number)
        learner.ticket_changed(None, visit(number, begins, lasts=900), begins)
        beliefs.append(learner.knowledge(begins).mean_occupancy(BILLS))

    assert beliefs == sorted(beliefs)
    assert beliefs[-1] > 500


def test_clerks_are_told_apart() -> None:
    branch = a_branch_that_believes(300)

    def length(chance: random.Random, staff: StaffCode) -> float:
        return (200 if staff == QUICK else 400) * chance.lognormvariate(0, 0.3)

    clerks = taught(branch, days_of_visits(6, length)).knowledge(NOON).occupancy.clerks

    assert clerks[SLOW].mean - clerks[QUICK].mean == pytest.approx(np.log(2), abs=0.15)


def test_a_slow_day_is_noticed_and_said() -> None:
    branch = a_branch_that_believes(300)
    learner = taught(branch, days_of_visits(8, lognormal(300)))
    usual = learner.knowledge(at(-230))
    for number in range(50):
        begins = at(-220 + 4 * number)
        staff, counter = ((QUICK, FIRST), (SLOW, SECOND))[number % 2]
        ticket = visit(number, begins, lasts=440, staff=staff, counter=counter)
        learner.ticket_changed(None, ticket, begins)

    today = learner.knowledge(NOON)

    assert usual.slower is None
    assert today.slower is not None
    assert 0.15 < today.slower < 0.5


def test_two_peaks_are_learned_as_two_peaks() -> None:
    branch = a_branch_that_believes(300)

    def length(chance: random.Random, _: StaffCode) -> float:
        return (60 if chance.random() < 0.7 else 900) * chance.lognormvariate(0, 0.1)

    occupancy = taught(branch, days_of_visits(20, length)).knowledge(NOON).occupancy
    lengths = np.exp(occupancy.mean[0] + occupancy.residual[0])

    assert lengths[32] == pytest.approx(60, rel=0.15)
    assert lengths[58] == pytest.approx(900, rel=0.2)


def test_no_shows_and_what_they_cost_are_learned() -> None:
    branch = a_branch_that_believes(300)
    chance = random.Random(3)

    def visits() -> Iterator[Ticket]:
        for number in range(400):
            missed = chance.random() < 0.2
            yield visit(
                number,
                NOON - timedelta(days=8) + timedelta(seconds=300 * number),
                lasts=45 if missed else 300,
                outcome=Outcome.NO_SHOW if missed else Outcome.SERVED,
            )

    losses = taught(branch, visits()).knowledge(NOON).losses

    assert losses.no_show[0] + losses.no_show[1] * 60 == pytest.approx(0.19, abs=0.05)
    assert np.median(losses.no_show_cost) == pytest.approx(45, abs=3)


def test_those_who_will_come_are_expected_when_they_come() -> None:
    learner = taught(a_branch_that_believes(300), days_of_visits(7, lognormal(300)))

    expected = learner.knowledge(NOON).expected_arrivals(NOON.date())[:, 0]
    of_day = expected.sum(axis=1)
    noon_slot = int((NOON.astimezone(a_plain_branch().zone).hour) * 2)

    assert of_day.sum() == pytest.approx(VISITS_A_DAY, rel=0.15)
    assert of_day[noon_slot] == pytest.approx(4.5, rel=0.3)
    assert of_day[2] == 0


def test_a_quiet_day_lets_fewer_be_expected() -> None:
    learner = taught(a_branch_that_believes(300), days_of_visits(10, lognormal(300)))

    assert learner.knowledge(NOON).comings.today < 0.7


def test_the_gap_between_two_calls_is_learned_while_somebody_waits() -> None:
    branch = a_plain_branch(counters=1, mean=300, spread=100)
    learner = Learner(branch)
    for number in range(120):
        called = NOON - timedelta(days=1) + timedelta(seconds=340 * number)
        ticket = visit(number, called - timedelta(seconds=500), wait=500, lasts=300)
        learner.ticket_changed(None, ticket, called)

    gaps = learner.knowledge(NOON).occupancy.between

    assert gaps[40] == pytest.approx(40, abs=8)


def test_a_counter_is_not_slow_to_call_who_could_not_be_there_yet() -> None:
    learner = Learner(a_plain_branch())
    for number in range(30):
        joined = at(30 * number - 900)
        before = visit(2 * number, joined - timedelta(minutes=5), wait=0, lasts=60)
        afar = visit(2 * number + 1, joined, wait=1205, lasts=60)
        afar = afar.with_leg(replace(afar.leg, not_before=joined + timedelta(minutes=20)))
        learner.recall([before, afar], after=None, until=NOON)
    assert learner.knowledge(NOON).occupancy.response.max() < 60


def test_without_a_roster_habits_say_when_a_desk_closes() -> None:
    branch = a_plain_branch(mean=240, spread=60)
    learner = Learner(branch)
    for day in range(6, 0, -1):
        opens = NOON - timedelta(days=day, hours=3)
        closes = NOON - timedelta(days=day) + timedelta(minutes=30)
        learner.desk_changed(a_desk(FIRST, since=opens), opens)
        learner.desk_changed(
            a_desk(FIRST, state=DeskState.CLOSED, staff=None, since=closes), closes
        )
    learner.desk_changed(a_desk(FIRST, since=at(-60)), at(-60))
    line = waiting_tickets(20)

    told = forecast(a_hall(branch, line), NOON, knowledge=learner.knowledge(NOON)).waiting

    assert in_numbers(told[line[2].id]).p50 < 1000
    assert not hasattr(told[line[-1].id], "p50")


def test_what_was_predicted_too_short_is_corrected_the_next_day_and_not_before() -> None:
    branch = a_plain_branch(mean=240, spread=120)
    learner = Learner(branch)
    corrections = []
    for day in range(4, 0, -1):
        for number in range(60):
            now = NOON - timedelta(days=day) + timedelta(seconds=300 * number)
            line = [replace(t, arrived_at=now) for t in waiting_tickets(3)]
            ticket = a_ticket(day * 100 + number, arrived_at=now)
            hall = a_hall(branch, [*line, ticket])
            learner.ticket_changed(None, ticket, now)
            learner.predicted(predict(hall, now, only={ticket.id}, replicates=50))
            late = now + timedelta(seconds=1500)
            leg = replace(
                ticket.leg, state=LegState.CALLED, called_at=late, counter=FIRST, staff=QUICK
            )
            learner.ticket_changed(ticket, replace(ticket, legs=(leg,)), late)
        corrections.append(learner.knowledge(now).calibration.by_size[0].tolist())

    first_day, *_, last_day = corrections
    assert first_day == pytest.approx([0.1, 0.5, 0.8, 0.9])
    assert all(after > before for after, before in zip(last_day, first_day, strict=True))


def test_a_snapshot_knows_the_same() -> None:
    branch = a_branch_that_believes(300)
    learner = taught(branch, days_of_visits(6, lognormal(300)))
    begins = at(-100)
    learner.ticket_changed(None, visit(1, begins, lasts=500), begins)
    learner.desk_changed(a_desk(FIRST, since=at(-90)), at(-90))

    again = Learner.from_json(branch, learner.to_json())

    hall = a_hall(branch, waiting_tickets(8))
    told = [forecast(hall, NOON, knowledge=one.knowledge(NOON)) for one in (learner, again)]
    for ticket in hall.waiting:
        before, after = (in_numbers(one.waiting[ticket.id]) for one in told)
        assert after.p50 == pytest.approx(before.p50, rel=0.01)
        assert after.p90 == pytest.approx(before.p90, rel=0.01)
    assert again.latest == learner.latest


def test_a_snapshot_of_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format"):
        Learner.from_json(a_plain_branch(), '{"format": 99}')


@pytest.mark.parametrize("restarts", [False, True])
def test_after_a_clock_ran_ahead_for_a_moment_days_are_learned_as_ever(restarts: bool) -> None:
    branch = a_branch_that_believes(300)
    learner = Learner(branch)
    learner.knowledge(NOON - timedelta(days=5))
    learner.knowledge(NOON + timedelta(days=365))
    if restarts:
        learner = Learner.from_json(branch, learner.to_json())
    learner.recall(days_of_visits(4, lognormal(240)), after=learner.latest, until=NOON)

    known = learner.knowledge(NOON)

    usual = taught(branch, days_of_visits(4, lognormal(240))).knowledge(NOON)
    assert known.comings.profile.sum() > 0
    assert known.comings.profile == pytest.approx(usual.comings.profile)
    assert known.mean_occupancy(BILLS) == pytest.approx(usual.mean_occupancy(BILLS))
    assert learner.latest == NOON


def test_a_shuffled_future_changes_nothing() -> None:
    branch = a_branch_that_believes(300)
    past = list(days_of_visits(4, lognormal(300)))
    future = [visit(9000 + n, at(60 * n), lasts=60 * n + 10) for n in range(1, 30)]
    other = [visit(9000 + n, at(7 * n), lasts=5) for n in range(1, 90)]
    hall = a_hall(branch, waiting_tickets(6))
    told = []
    for to_come in (future, other):
        learner = Learner(branch)
        learner.recall([*past, *to_come], after=None, until=NOON)
        told.append(forecast(hall, NOON, knowledge=learner.knowledge(NOON)))

    assert told[0] == told[1]


def test_the_live_feed_teaches_what_a_log_teaches() -> None:
    branch = a_branch_that_believes(300)
    by_log, by_feed = Learner(branch), Learner(branch)
    hall: LiveBranch = a_hall(branch)
    by_log.saw(hall, at(-300))
    by_feed.saw(hall, at(-300))
    for number in range(30):
        begins = at(-290 + 9 * number)
        ticket = visit(number, begins, lasts=500)
        ended = ticket.leg.ended_at
        assert ended is not None
        by_log.ticket_changed(None, ticket, ended)
        hall = replace(hall, tickets={**hall.tickets, ticket.id: ticket})
        by_feed.saw(hall, ended)

    known = [learner.knowledge(NOON) for learner in (by_log, by_feed)]

    assert known[0].mean_occupancy(BILLS) == known[1].mean_occupancy(BILLS)
    assert known[0].mean_occupancy(BILLS) > 350


def test_a_plan_that_changes_keeps_what_was_learned_of_what_stays() -> None:
    branch = a_branch_that_believes(600)
    learner = taught(branch, days_of_visits(5, lognormal(240)))
    more = replace(branch, services=(*branch.services, replace(branch.services[0], code=LINES)))

    learner.plan_changed(more, NOON)
    known = learner.knowledge(NOON)

    assert known.services == (BILLS, LINES)
    assert known.categories == (NORMAL,)
    assert known.mean_occupancy(BILLS) < 320
    assert known.mean_occupancy(LINES) > 450
