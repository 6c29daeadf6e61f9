from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queueapp.domain.branch import Branch, Policy
from queueapp.domain.routing import Candidate, PickReason, may_call, pick, ranked, urgency
from queueapp.domain.words import CategoryCode, CounterNumber, ServiceCode
from tests.domain.samples import (
    APPOINTMENT,
    BILLS,
    COMPLAINTS,
    FIRST,
    LINES,
    NORMAL,
    PRIORITY,
    SECOND,
    THIRD,
    a_branch,
    a_ticket_id,
    at,
)


def a_candidate(
    number: int,
    waited: float,
    *,
    service: ServiceCode = BILLS,
    category: CategoryCode = NORMAL,
    for_counter: CounterNumber | None = None,
) -> Candidate:
    """Somebody who waits, at ``NOON``, for so many minutes."""
    return Candidate(
        ticket=a_ticket_id(at(-waited), service, number),
        service=service,
        category=category,
        accrues_from=at(-waited),
        for_counter=for_counter,
    )


def order(
    branch: Branch, counter: CounterNumber, waiting: Iterable[Candidate]
) -> list[tuple[Candidate, PickReason]]:
    picks = ranked(branch, branch.counter(counter), waiting, at(0))
    return [(choice.candidate, choice.reason) for choice in picks]


# -- who may be called ----------------------------------------------------------------------------


def test_a_counter_calls_only_for_the_services_it_serves() -> None:
    complaint = a_candidate(1, 100, service=COMPLAINTS)
    assert order(a_branch(), FIRST, [complaint]) == []
    assert pick(a_branch(), a_branch().counter(FIRST), [complaint], at(0)) is None


def test_nobody_waits_for_nobody() -> None:
    assert pick(a_branch(), a_branch().counter(FIRST), [], at(0)) is None


def test_who_was_sent_to_a_counter_is_called_there_only_whatever_it_serves() -> None:
    sent = a_candidate(1, 1, service=COMPLAINTS, for_counter=FIRST)
    branch = a_branch()
    assert [may_call(counter, sent) for counter in branch.counters] == [True, False, False]
    assert order(branch, FIRST, [sent]) == [(sent, PickReason.SENT_HERE)]


# -- accumulating ---------------------------------------------------------------------------------


def test_urgency_is_the_share_of_the_target_that_is_used_up() -> None:
    branch = a_branch()
    assert urgency(branch, a_candidate(1, 5), at(0)) == 0.5
    assert urgency(branch, a_candidate(1, 5, service=LINES), at(0)) == 0.25


def test_a_category_adds_its_head_start_and_multiplies_by_its_weight() -> None:
    assert urgency(a_branch(), a_candidate(1, 5, category=PRIORITY), at(0)) == 2.0


def test_an_appointment_is_not_urgent_before_its_slot() -> None:
    assert urgency(a_branch(), a_candidate(1, -10, category=APPOINTMENT), at(0)) == -3.0


def test_who_has_used_up_most_of_the_promised_wait_is_next() -> None:
    bill, line = a_candidate(1, 9), a_candidate(1, 12, service=LINES)
    assert order(a_branch(), SECOND, [line, bill]) == [
        (bill, PickReason.TARGET_USED),
        (line, PickReason.TARGET_USED),
    ]
    best = pick(a_branch(), a_branch().counter(SECOND), [line, bill], at(0))
    assert best is not None
    assert best.percent == 90


def test_of_two_about_as_urgent_each_counter_takes_what_it_is_best_at() -> None:
    bill, line = a_candidate(1, 8), a_candidate(1, 15.5, service=LINES)
    assert order(a_branch(), FIRST, [bill, line])[0] == (bill, PickReason.TARGET_USED)
    assert order(a_branch(), SECOND, [bill, line])[0] == (line, PickReason.BEST_AT)


def test_beyond_a_near_tie_the_rank_does_not_count() -> None:
    bill, line = a_candidate(1, 8), a_candidate(1, 14.5, service=LINES)
    assert order(a_branch(), SECOND, [bill, line])[0] == (bill, PickReason.TARGET_USED)


def test_of_the_same_moment_the_earlier_ticket_goes_first() -> None:
    first, second = a_candidate(1, 5), a_candidate(2, 5)
    assert [c for c, _ in order(a_branch(), FIRST, [second, first])] == [first, second]


def test_who_was_sent_here_waits_by_the_same_urgency_as_everybody() -> None:
    sent, other = a_candidate(1, 3, for_counter=FIRST), a_candidate(2, 8)
    assert order(a_branch(), FIRST, [sent, other]) == [
        (other, PickReason.TARGET_USED),
        (sent, PickReason.SENT_HERE),
    ]


# -- strict and fifo ------------------------------------------------------------------------------


def test_under_the_strict_policy_the_heavier_category_goes_first_however_long_others_wait() -> None:
    branch = a_branch(policy=Policy.STRICT)
    patient, priority = a_candidate(1, 60), a_candidate(2, 1, category=PRIORITY)
    slot_is_now = a_candidate(3, 0, category=APPOINTMENT)
    assert order(branch, FIRST, [patient, priority, slot_is_now]) == [
        (slot_is_now, PickReason.CATEGORY_FIRST),
        (priority, PickReason.CATEGORY_FIRST),
        (patient, PickReason.ARRIVED_FIRST),
    ]


def test_under_the_strict_policy_an_appointment_overtakes_nobody_before_its_slot() -> None:
    branch = a_branch(policy=Policy.STRICT)
    early, walk_in = a_candidate(1, -10, category=APPOINTMENT), a_candidate(2, 1)
    assert [c for c, _ in order(branch, FIRST, [early, walk_in])] == [walk_in, early]


def test_under_the_fifo_policy_arrival_decides_after_head_starts() -> None:
    branch = a_branch(policy=Policy.FIFO)
    old, priority, new = (
        a_candidate(1, 9),
        a_candidate(2, 5, category=PRIORITY),
        a_candidate(3, 8),
    )
    assert order(branch, FIRST, [new, old, priority]) == [
        (priority, PickReason.ARRIVED_FIRST),
        (old, PickReason.ARRIVED_FIRST),
        (new, PickReason.ARRIVED_FIRST),
    ]


# -- properties -----------------------------------------------------------------------------------

candidates = st.lists(
    st.builds(
        a_candidate,
        st.integers(1, 999),
        # Few different waits, so that ties and near ties are common.
        st.integers(-10, 60).map(lambda quarters: quarters / 4),
        service=st.sampled_from([BILLS, LINES, COMPLAINTS]),
        category=st.sampled_from([NORMAL, PRIORITY, APPOINTMENT]),
        for_counter=st.sampled_from([None, None, FIRST, SECOND]),
    ),
    max_size=20,
    unique_by=lambda candidate: candidate.ticket,
)


def heads(waiting: list[Candidate]) -> list[Candidate]:
    """The first of every line of one service, category and destination."""
    first: dict[tuple[ServiceCode, CategoryCode, CounterNumber | None], Candidate] = {}
    for candidate in sorted(waiting, key=lambda c: (c.accrues_from, c.ticket)):
        first.setdefault((candidate.service, candidate.category, candidate.for_counter), candidate)
    return list(first.values())


@pytest.mark.parametrize("policy", Policy)
@given(waiting=candidates, number=st.sampled_from([FIRST, SECOND, THIRD]))
def test_the_pick_among_the_heads_of_the_lines_is_the_pick_among_all(
    policy: Policy, waiting: list[Candidate], number: CounterNumber
) -> None:
    branch = a_branch(policy=policy)
    counter = branch.counter(number)
    among_all = pick(branch, counter, waiting, at(0))
    among_heads = pick(branch, counter, heads(waiting), at(0))
    assert (among_all and among_all.candidate) == (among_heads and among_heads.candidate)


@pytest.mark.parametrize("policy", Policy)
@given(waiting=candidates, data=st.data())
def test_the_order_does_not_depend_on_how_the_waiting_are_listed(
    policy: Policy, waiting: list[Candidate], data: st.DataObject
) -> None:
    branch = a_branch(policy=policy)
    shuffled = data.draw(st.permutations(waiting))
    assert order(branch, FIRST, shuffled) == order(branch, FIRST, waiting)


@pytest.mark.parametrize("policy", Policy)
@given(waiting=candidates)
def test_everybody_who_may_be_called_is_in_the_order_exactly_once(
    policy: Policy, waiting: list[Candidate]
) -> None:
    branch = a_branch(policy=policy)
    callable_here = {c.ticket for c in waiting if may_call(branch.counter(FIRST), c)}
    listed = [candidate.ticket for candidate, _ in order(branch, FIRST, waiting)]
    assert len(listed) == len(callable_here)
    assert set(listed) == callable_here


def calls_until_the_walk_in(
    branch: Branch, arrivals: list[tuple[ServiceCode, CategoryCode]], *, ahead: int, minutes: int
) -> int | None:
    """How many calls one desk makes until the walk-in's; ``None``: the arrivals ran out before.

    A customer keeps the desk for ``minutes``. At each call somebody of ``arrivals`` has just come,
    so these alone keep the desk busy for good.
    """
    walk_in = a_candidate(1, 0)
    waiting = [a_candidate(2 + n, 0, category=PRIORITY) for n in range(ahead)] + [walk_in]
    for calls, (service, category) in enumerate(arrivals):
        now = at(calls * minutes)
        newcomer = replace(
            walk_in,
            ticket=a_ticket_id(now, service, 100 + calls),
            service=service,
            category=category,
            accrues_from=now,
        )
        waiting.append(newcomer)
        chosen = pick(branch, branch.counter(SECOND), waiting, now)
        assert chosen is not None
        if chosen.candidate == walk_in:
            return calls
        waiting.remove(chosen.candidate)
    return None


@given(
    arrivals=st.lists(
        st.tuples(
            st.sampled_from([BILLS, LINES]), st.sampled_from([NORMAL, PRIORITY, APPOINTMENT])
        ),
        min_size=60,
        max_size=60,
    ),
    ahead=st.integers(0, 5),
    minutes=st.integers(1, 10),
)
def test_a_walk_in_is_called_in_bounded_time_though_priority_customers_keep_coming(
    arrivals: list[tuple[ServiceCode, CategoryCode]], ahead: int, minutes: int
) -> None:
    # After t minutes only those can be more urgent who came before t · (1 - 1 / weight), plus the
    # head start and a near tie. One comes a call, so their number falls behind that of the calls
    # by 1 / weight: the desk reaches the walk-in.
    calls = calls_until_the_walk_in(a_branch(), arrivals, ahead=ahead, minutes=minutes)
    heaviest, head_start, near_tie = 3, 5, 1
    assert calls is not None
    assert calls <= heaviest * (ahead + 1 + (head_start + near_tie) / minutes)


def test_under_the_strict_policy_the_same_walk_in_would_wait_for_ever() -> None:
    branch = a_branch(policy=Policy.STRICT)
    arrivals = [(BILLS, PRIORITY)] * 200
    assert calls_until_the_walk_in(branch, arrivals, ahead=0, minutes=5) is None
