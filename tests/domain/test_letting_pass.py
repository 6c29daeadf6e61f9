"""Letting others pass: so many and no more, under every policy, and never ahead."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from queueapp.domain import letting_pass
from queueapp.domain.branch import Policy
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.routing import Candidate, precedence
from queueapp.domain.ticket import Promise
from tests.domain.samples import (
    APPOINTMENT,
    BILLS,
    NORMAL,
    PRIORITY,
    a_branch,
    a_called_ticket,
    a_ticket,
    a_ticket_id,
    at,
)

CATEGORIES = some.sampled_from([NORMAL, PRIORITY, APPOINTMENT])
LINES = some.lists(
    some.tuples(some.integers(min_value=-3600, max_value=0), CATEGORIES), min_size=2, max_size=12
)


def candidates(line: list[tuple[int, str]]) -> list[Candidate]:
    """One candidate for each arrival, in seconds before now, and category."""
    return [
        Candidate(
            ticket=a_ticket_id(at(0), BILLS, number),
            service=BILLS,
            category=category,  # type: ignore[arg-type] # one of the sample branch's
            accrues_from=at(0) + timedelta(seconds=seconds, microseconds=number * 1000),
        )
        for number, (seconds, category) in enumerate(line, 1)
    ]


@given(line=LINES, who=some.integers(0, 11), count=some.integers(1, 20))
@pytest.mark.parametrize("policy", [Policy.ACCUMULATING, Policy.FIFO])
def test_exactly_so_many_pass(
    policy: Policy, line: list[tuple[int, str]], who: int, count: int
) -> None:
    branch, now = a_branch(policy=policy), at(0)
    waiting = candidates(line)
    own = waiting[who % len(waiting)]

    def ahead(of: Candidate) -> int:
        mine = precedence(branch, of, now)
        return sum(precedence(branch, other, now) < mine for other in waiting if other != own)

    before = ahead(own)
    behind = len(waiting) - 1 - before
    if not behind:
        with pytest.raises(Refused) as refused:
            letting_pass.place_after(branch, own, waiting, count, now)
        assert refused.value.reason is Reason.NOBODY_BEHIND
        return
    moved = replace(own, accrues_from=letting_pass.place_after(branch, own, waiting, count, now))
    assert ahead(moved) == before + min(count, behind)


def test_under_the_strict_policy_only_the_own_class_can_pass() -> None:
    branch = a_branch(policy=Policy.STRICT)
    own, other = candidates([(-60, PRIORITY), (-30, NORMAL)])
    with pytest.raises(Refused) as refused:
        letting_pass.place_after(branch, own, [own, other], 1, at(0))
    assert refused.value.reason is Reason.NOBODY_BEHIND


def test_a_new_place_has_no_old_promise() -> None:
    ticket = a_ticket()
    promised = ticket.with_leg(replace(ticket.leg, promise=Promise(p50=60, p80=120, made_at=at(0))))
    moved = letting_pass.let_pass(promised, to=at(3))
    assert (moved.leg.accrues_from, moved.leg.promise) == (at(3), None)
    assert letting_pass.has_let_pass(moved)
    assert letting_pass.take_place_back(moved).leg.accrues_from == at(0)


def test_an_appointment_goes_back_to_its_slot() -> None:
    ticket = a_ticket(appointment_at=at(20), accrues_from=at(20))
    assert not letting_pass.has_let_pass(ticket)
    moved = letting_pass.let_pass(ticket, to=at(30))
    assert letting_pass.take_place_back(moved).leg.accrues_from == at(20)


def test_only_who_waits_can_let_others_pass() -> None:
    with pytest.raises(Refused) as refused:
        letting_pass.let_pass(a_called_ticket(), to=at(9))
    assert refused.value.reason is Reason.TICKET_NOT_WAITING


def test_nobody_gets_a_place_back_that_was_not_given() -> None:
    with pytest.raises(Refused) as refused:
        letting_pass.take_place_back(a_ticket())
    assert refused.value.reason is Reason.NOBODY_WAS_LET_PASS


@pytest.mark.parametrize("count", [0, -1, 21])
def test_a_count_has_its_limits(count: int) -> None:
    own, other = candidates([(-60, NORMAL), (-30, NORMAL)])
    with pytest.raises(Refused) as refused:
        letting_pass.place_after(a_branch(), own, [own, other], count, at(0))
    assert refused.value.reason is Reason.LET_PASS_OUT_OF_RANGE
