"""The waits that come out: exact where theory is exact, and moved only by what should move them."""

from dataclasses import replace
from datetime import timedelta
from math import exp, factorial

import numpy as np
import pytest

from queueapp.domain.branch import Counter, Policy
from queueapp.domain.desk import DeskState
from queueapp.domain.estimate import Estimate
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import CounterNumber
from queueapp.forecast.ahead import Asked, played_through, scene_of
from tests.domain.samples import (
    APPOINTMENT,
    BILLS,
    COMPLAINTS,
    FIRST,
    LINES,
    NOON,
    NORMAL,
    PRIORITY,
    SECOND,
    THIRD,
    a_branch,
    a_called_ticket,
    a_desk,
    a_held_ticket,
    a_served_ticket,
    a_serving_ticket,
    a_ticket,
    at,
)
from tests.forecast.halls import (
    a_hall,
    a_plain_branch,
    forecast,
    in_hand_everywhere,
    in_numbers,
    memoryless,
    open_desks,
    waiting_tickets,
)


def arriving(hall: LiveBranch) -> Estimate:
    """Somebody who comes for bills now."""
    return in_numbers(forecast(hall, NOON).arriving[BILLS, NORMAL])


# -- what theory knows ----------------------------------------------------------------------------


def test_one_desk_with_fixed_durations_calls_on_the_minute() -> None:
    branch = a_plain_branch(mean=240)
    busy = a_serving_ticket(900, called_at=at(-1), started_at=at(-1), arrived_at=at(-9))
    line = waiting_tickets(3)

    estimates = forecast(a_hall(branch, [busy, *line]), NOON)

    expected = [180, 420, 660]
    for ticket, seconds in zip(line, expected, strict=True):
        found = in_numbers(estimates.waiting[ticket.id])
        assert [found.p10, found.p50, found.p80, found.p90] == pytest.approx([seconds] * 4)
    assert in_numbers(estimates.arriving[BILLS, NORMAL]).p50 == pytest.approx(900)


def test_two_desks_with_fixed_durations_share_the_line() -> None:
    branch = a_plain_branch(counters=2, mean=240)
    line = waiting_tickets(5)

    estimates = forecast(a_hall(branch, line), NOON)

    waits = [in_numbers(estimates.waiting[ticket.id]).p50 for ticket in line]
    assert waits == pytest.approx([0, 0, 240, 240, 480])


@pytest.mark.parametrize(("ahead", "counters"), [(0, 1), (4, 1), (0, 3), (7, 3), (20, 8)])
def test_memoryless_desks_all_busy_make_an_erlang_wait(ahead: int, counters: int) -> None:
    branch = a_plain_branch(counters=counters)
    hall = a_hall(branch, [*waiting_tickets(ahead), *in_hand_everywhere(branch)])
    asked = Asked(knowledge=memoryless(branch, 240), replicates=20_000, seed=11)

    waits = played_through(scene_of(hall, NOON, asked)[1]).newcomers[:, 0]

    rate = counters / 240
    mean = (ahead + 1) / rate
    sampling_error = mean / np.sqrt((ahead + 1) * len(waits))
    assert waits.mean() == pytest.approx(mean, abs=4 * sampling_error)
    for chance in (0.1, 0.5, 0.8, 0.9):
        share_called = erlang_share(ahead + 1, rate, float(np.quantile(waits, chance)))
        assert share_called == pytest.approx(chance, abs=4 * np.sqrt(0.25 / len(waits)))


def erlang_share(stages: int, rate: float, seconds: float) -> float:
    """The chance that so many memoryless stages one after the other take at most ``seconds``."""
    expected = rate * seconds
    return 1 - sum(exp(-expected) * expected**k / factorial(k) for k in range(stages))


def test_configured_spread_makes_a_range() -> None:
    branch = a_plain_branch(mean=240, spread=120)

    found = arriving(a_hall(branch, [*waiting_tickets(4), *in_hand_everywhere(branch)]))

    assert 0 < found.p10 < found.p50 < found.p80 < found.p90
    assert found.p50 == pytest.approx(4.5 * 240, rel=0.2)


# -- what must move a wait, and what must not -----------------------------------------------------


def test_one_more_ahead_never_shortens_a_wait() -> None:
    branch = a_plain_branch(counters=3, mean=240, spread=200)
    line, busy = waiting_tickets(12), in_hand_everywhere(branch)
    overtaker = a_ticket(99, arrived_at=at(-30))

    before = forecast(a_hall(branch, [*line, *busy]), NOON)
    after = forecast(a_hall(branch, [overtaker, *line, *busy]), NOON)

    pairs = [(before.waiting[t.id], after.waiting[t.id]) for t in line]
    pairs.append((before.arriving[BILLS, NORMAL], after.arriving[BILLS, NORMAL]))
    for shorter, longer in pairs:
        sooner, later = in_numbers(shorter), in_numbers(longer)
        assert later.p10 >= sooner.p10
        assert later.p50 > sooner.p50
        assert later.p90 >= sooner.p90


def test_one_more_behind_changes_no_wait() -> None:
    branch = a_plain_branch(counters=2, mean=240, spread=200)
    line = waiting_tickets(6)

    before = forecast(a_hall(branch, line), NOON)
    after = forecast(a_hall(branch, [*line, a_ticket(99, arrived_at=at(-0.1))]), NOON)

    assert all(after.waiting[ticket.id] == before.waiting[ticket.id] for ticket in line)


def test_a_counter_without_the_skill_changes_nothing() -> None:
    branch = a_branch()
    line = waiting_tickets(8)
    two, three = open_desks(branch)[:2], open_desks(branch)

    without = forecast(a_hall(branch, line, two), NOON)
    with_it = forecast(a_hall(branch, line, three), NOON)

    assert with_it.waiting == without.waiting
    assert with_it.arriving[BILLS, NORMAL] == without.arriving[BILLS, NORMAL]


def test_one_more_open_desk_shortens_every_wait_behind_the_first() -> None:
    line = waiting_tickets(6)
    one, two = (a_plain_branch(counters=count, mean=240, spread=100) for count in (1, 2))

    slow = forecast(a_hall(one, line), NOON)
    fast = forecast(a_hall(two, line), NOON)

    for ticket in line[1:]:
        assert in_numbers(fast.waiting[ticket.id]).p80 < in_numbers(slow.waiting[ticket.id]).p80


def test_the_same_seed_gives_the_same_answer_and_another_seed_another() -> None:
    branch = a_plain_branch(counters=2, mean=240, spread=200)
    hall = a_hall(branch, [*waiting_tickets(6), *in_hand_everywhere(branch)])

    assert forecast(hall, NOON, seed=1) == forecast(hall, NOON, seed=1)
    assert forecast(hall, NOON, seed=1) != forecast(hall, NOON, seed=2)


def test_an_idle_open_desk_takes_somebody_at_once() -> None:
    found = arriving(a_hall(a_branch()))

    assert found == Estimate(p10=0, p50=0, p80=0, p90=0)


def test_the_longer_the_customer_in_hand_is_there_the_sooner_comes_the_next() -> None:
    branch = a_plain_branch(mean=600, spread=60)

    early = arriving(a_hall(branch, in_hand_everywhere(branch, elapsed=30)))
    late = arriving(a_hall(branch, in_hand_everywhere(branch, elapsed=540)))

    assert early.p50 == pytest.approx(570, rel=0.05)
    assert late.p50 < 120


def test_a_customer_who_was_called_and_has_not_come_yet_occupies_the_desk() -> None:
    branch = a_plain_branch(mean=240)
    called = a_called_ticket(1, called_at=at(-1), arrived_at=at(-9))

    assert arriving(a_hall(branch, [called])).p50 == pytest.approx(180)


def test_a_ticket_on_hold_blocks_nobody() -> None:
    branch = a_plain_branch(mean=240)
    held = a_held_ticket(1, arrived_at=at(-20))

    assert arriving(a_hall(branch, [held])).p90 == 0


def test_a_customer_back_from_hold_is_not_taken_for_somebody_who_never_left() -> None:
    branch = a_plain_branch(mean=600)
    back = a_serving_ticket(1, called_at=at(-50), started_at=at(-50), arrived_at=at(-60))
    between = a_served_ticket(
        2, called_at=at(-40), started_at=at(-40), ended_at=at(-2), arrived_at=at(-55)
    )

    assert arriving(a_hall(branch, [back, between])).p50 == pytest.approx(480)


# -- routing shows --------------------------------------------------------------------------------


def test_a_higher_category_waits_less() -> None:
    branch = replace(a_branch(), counters=a_branch().counters[:1])
    hall = a_hall(branch, waiting_tickets(6))

    estimates = forecast(hall, NOON)

    normal = in_numbers(estimates.arriving[BILLS, NORMAL])
    priority = in_numbers(estimates.arriving[BILLS, PRIORITY])
    assert priority.p50 < normal.p50


def test_in_strict_order_a_due_appointment_goes_before_everybody() -> None:
    branch = replace(a_branch(), policy=Policy.STRICT, counters=a_branch().counters[:1])
    busy = a_serving_ticket(900, called_at=at(-1), started_at=at(-1), arrived_at=at(-9))
    hall = a_hall(branch, [busy, *waiting_tickets(6)])

    estimates = forecast(hall, NOON)

    first = in_numbers(estimates.waiting[hall.waiting[0].id])
    assert in_numbers(estimates.arriving[BILLS, APPOINTMENT]) == first


def test_somebody_sent_to_one_counter_waits_for_that_one() -> None:
    branch = a_plain_branch(counters=2, mean=600)
    busy = a_serving_ticket(
        900, counter=SECOND, called_at=at(-1), started_at=at(-1), arrived_at=at(-9)
    )
    sent = a_ticket(1, for_counter=SECOND, arrived_at=at(-5))

    estimates = forecast(a_hall(branch, [busy, sent]), NOON)

    assert in_numbers(estimates.waiting[sent.id]).p50 == pytest.approx(540)
    assert in_numbers(estimates.arriving[BILLS, NORMAL]).p50 == 0


def test_every_waiting_ticket_and_every_kind_of_arrival_has_a_forecast() -> None:
    branch = a_branch()
    line = [
        a_ticket(1, service=BILLS, category=PRIORITY, arrived_at=at(-3)),
        a_ticket(2, service=LINES, arrived_at=at(-4)),
        a_ticket(3, service=COMPLAINTS, arrived_at=at(-5)),
    ]
    hall = a_hall(branch, line, [a_desk(FIRST), a_desk(THIRD, state=DeskState.CLOSED)])

    estimates = forecast(hall, NOON)

    assert set(estimates.waiting) == {ticket.id for ticket in line}
    assert set(estimates.arriving) == {
        (service.code, category.code)
        for service in branch.services
        for category in branch.categories
    }
    assert (estimates.made_at, estimates.revision) == (NOON, hall.revision)


def test_a_ticket_for_a_service_no_longer_offered_is_still_called() -> None:
    branch = a_plain_branch(mean=240)
    retired = replace(branch.services[0], code=LINES, mean=timedelta(minutes=10))
    branch = replace(
        branch,
        retired_services=(retired,),
        counters=(Counter(number=CounterNumber(1), services=(BILLS,)),),
    )
    old = a_ticket(1, service=LINES, for_counter=FIRST, arrived_at=at(-9))
    hall = a_hall(branch, [old])

    estimates = forecast(hall, NOON)

    assert in_numbers(estimates.waiting[old.id]).p50 == 0
    assert in_numbers(estimates.arriving[BILLS, NORMAL]).p50 == pytest.approx(600)
