"""Letting others pass: a customer who is not ready keeps the ticket and goes back a few places."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from queueapp.domain.branch import Branch, Policy
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.routing import Candidate, precedence
from queueapp.domain.ticket import Leg, LegState, Ticket

MOST = 20
"""Nobody lets more people pass in one go."""
_JUST_AFTER = timedelta(microseconds=1)


def let_pass(ticket: Ticket, *, to: datetime) -> Ticket:
    """``ticket`` with the place that it accrues from moved to ``to``.

    What was promised for the old place is not promised for the new one.
    """
    leg = _waiting(ticket)
    return ticket.with_leg(replace(leg, accrues_from=to, promise=None))


def take_place_back(ticket: Ticket) -> Ticket:
    """``ticket`` with the place it had before anybody was let pass."""
    leg = _waiting(ticket)
    if not has_let_pass(ticket):
        raise Refused(Reason.NOBODY_WAS_LET_PASS, ticket=ticket.label)
    return ticket.with_leg(replace(leg, accrues_from=_own_place(ticket)))


def has_let_pass(ticket: Ticket) -> bool:
    """Whether the customer gave up some places and could have them back."""
    return ticket.leg.accrues_from != _own_place(ticket)


def place_after(
    branch: Branch, own: Candidate, others: Sequence[Candidate], count: int, now: datetime
) -> datetime:
    """From when ``own`` must accrue to stand right behind the next ``count`` of ``others``.

    ``others`` wait for the same service; with fewer than ``count`` behind, it is the end of them.
    Refused when nobody stands behind, or when no place would be behind them: under the strict
    policy nobody can step behind a lower category.
    """
    if not 1 <= count <= MOST:
        raise Refused(Reason.LET_PASS_OUT_OF_RANGE, most=MOST)
    mine = precedence(branch, own, now)
    behind = sorted(
        (other for other in others if other.ticket != own.ticket and _can_pass(branch, own, other)),
        key=lambda other: precedence(branch, other, now),
    )
    behind = [other for other in behind if precedence(branch, other, now) > mine]
    if not behind:
        raise Refused(Reason.NOBODY_BEHIND)
    last = behind[min(count, len(behind)) - 1]
    return _equal_place(branch, own, last, now) + _JUST_AFTER


def _can_pass(branch: Branch, own: Candidate, other: Candidate) -> bool:
    if branch.policy is not Policy.STRICT:
        return True
    return branch.category(own.category).weight == branch.category(other.category).weight


def _equal_place(branch: Branch, own: Candidate, other: Candidate, now: datetime) -> datetime:
    """From when ``own`` would have to accrue to be exactly as far as ``other`` is at ``now``."""
    mine, theirs = branch.category(own.category), branch.category(other.category)
    match branch.policy:
        case Policy.STRICT:
            return other.accrues_from
        case Policy.FIFO:
            return other.accrues_from - theirs.head_start + mine.head_start
        case Policy.ACCUMULATING:
            used = now - other.accrues_from + theirs.head_start
            return now + mine.head_start - used * (theirs.weight / mine.weight)


def _own_place(ticket: Ticket) -> datetime:
    """Where the ticket stood from the beginning; transfers and returns keep that."""
    return ticket.appointment_at or ticket.arrived_at


def _waiting(ticket: Ticket) -> Leg:
    if ticket.leg.state is not LegState.WAITING:
        raise Refused(Reason.TICKET_NOT_WAITING, ticket=ticket.label)
    return ticket.leg
