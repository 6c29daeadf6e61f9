"""Who is next, and why.

Accumulating priority: a waiting leg's urgency is its wait (plus its category's head start) divided
by its service's target, times its category's weight. Source: Stanford, Taylor & Ziedins, "Waiting
time distributions in the accumulating priority queue", Queueing Systems 77 (2014). After a wait
of t, somebody with weight 2 can be more urgent than a walk-in only if they came in the first half
of t (or within their head start): so a walk-in is reached even while others keep coming.

Within one service, category and destination the order is always that of ``accrues_from``; so a
counter's choice is made among the *heads* of these lines only, however many people wait.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import takewhile
from math import inf

from queueapp.domain.branch import Branch, Counter, Policy
from queueapp.domain.words import CategoryCode, CounterNumber, ServiceCode, TicketId

NEAR_TIE = 0.05
"""Two urgencies this close (5 % of a target) are a tie, which the counter's rank decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What routing needs to know of somebody who waits."""

    ticket: TicketId
    service: ServiceCode
    category: CategoryCode
    accrues_from: datetime
    for_counter: CounterNumber | None = None
    not_before: datetime | None = None
    """On the way till then, and called by hand only."""

    def is_here(self, now: datetime) -> bool:
        """Whether this candidate can have come."""
        return self.not_before is None or self.not_before <= now


class PickReason(StrEnum):
    """Why somebody is next."""

    TARGET_USED = "target_used"
    """``percent`` of the promised wait is used up."""
    BEST_AT = "best_at"
    """As urgent as others, and this counter is best at the service."""
    CATEGORY_FIRST = "category_first"
    """The category goes before the others (strict policy)."""
    ARRIVED_FIRST = "arrived_first"
    SENT_HERE = "sent_here"
    """Was transferred to this very counter."""
    BY_HAND = "by_hand"
    """The clerk took this ticket from the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """One candidate, with what speaks for it."""

    candidate: Candidate
    urgency: float
    """Share of the promised wait that is used up, weighted; 1.0 is the whole target."""
    reason: PickReason

    @property
    def percent(self) -> int:
        """The urgency as people say it."""
        return round(self.urgency * 100)


def urgency(branch: Branch, candidate: Candidate, now: datetime) -> float:
    """How much of its weighted target a waiting leg has used up; negative before its slot."""
    category = branch.category(candidate.category)
    wait = (now - candidate.accrues_from + category.head_start).total_seconds()
    return wait / branch.service(candidate.service).target.total_seconds() * category.weight


def precedence(
    branch: Branch, candidate: Candidate, now: datetime
) -> tuple[float, datetime, TicketId]:
    """What the branch's policy sorts by, the next one first, before any counter's rank counts."""
    match branch.policy:
        case Policy.FIFO:
            return 0.0, _effective_arrival(branch, candidate), candidate.ticket
        case Policy.STRICT:
            weight = branch.category(candidate.category).weight
            # Before its slot, an appointment overtakes nobody.
            is_due = _effective_arrival(branch, candidate) <= now
            return -weight if is_due else inf, candidate.accrues_from, candidate.ticket
        case Policy.ACCUMULATING:
            return -urgency(branch, candidate, now), candidate.accrues_from, candidate.ticket


def may_call(counter: Counter, candidate: Candidate) -> bool:
    """Whether ``counter`` may take this candidate by itself."""
    if candidate.for_counter is not None:
        return candidate.for_counter == counter.number
    return candidate.service in counter.services


def ranked(
    branch: Branch, counter: Counter, waiting: Iterable[Candidate], now: datetime
) -> list[Pick]:
    """Everybody whom ``counter`` may call, the next one first; not who is still on the way."""
    candidates = [
        candidate
        for candidate in waiting
        if candidate.is_here(now) and may_call(counter, candidate)
    ]
    candidates.sort(key=lambda candidate: precedence(branch, candidate, now))
    match branch.policy:
        case Policy.FIFO:
            reasons = [(candidate, PickReason.ARRIVED_FIRST) for candidate in candidates]
        case Policy.STRICT:
            reasons = _with_category_reasons(branch, candidates)
        case Policy.ACCUMULATING:
            reasons = _with_near_ties_by_rank(branch, counter, candidates, now)
    return [
        Pick(
            candidate=candidate,
            urgency=urgency(branch, candidate, now),
            reason=PickReason.SENT_HERE if candidate.for_counter is not None else reason,
        )
        for candidate, reason in reasons
    ]


def pick(
    branch: Branch, counter: Counter, waiting: Iterable[Candidate], now: datetime
) -> Pick | None:
    """Whom ``counter`` calls next; ``None`` when nobody waits for it.

    ``waiting`` may be everybody, or just the heads of the lines: the answer is the same.
    """
    order = ranked(branch, counter, waiting, now)
    return order[0] if order else None


def _with_category_reasons(
    branch: Branch, candidates: list[Candidate]
) -> list[tuple[Candidate, PickReason]]:
    weights = {category.code: category.weight for category in branch.categories}
    lowest = min(weights.values(), default=0.0)
    return [
        (
            candidate,
            PickReason.CATEGORY_FIRST
            if weights[candidate.category] > lowest
            else PickReason.ARRIVED_FIRST,
        )
        for candidate in candidates
    ]


def _with_near_ties_by_rank(
    branch: Branch, counter: Counter, candidates: list[Candidate], now: datetime
) -> list[tuple[Candidate, PickReason]]:
    """``candidates`` in falling urgency, but of those about as urgent the best ranked first."""
    left = [(urgency(branch, candidate, now), candidate) for candidate in candidates]
    order = []
    while left:
        tied = takewhile(lambda pair: pair[0] >= left[0][0] - NEAR_TIE, left)
        ranks = [counter.rank(candidate.service) for _, candidate in tied]
        chosen = ranks.index(min(ranks))
        _, candidate = left.pop(chosen)
        order.append((candidate, PickReason.BEST_AT if chosen else PickReason.TARGET_USED))
    return order


def _effective_arrival(branch: Branch, candidate: Candidate) -> datetime:
    return candidate.accrues_from - branch.category(candidate.category).head_start
