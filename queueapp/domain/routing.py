"""Who is next, and why.

Accumulating priority: a waiting leg's urgency is its wait (plus its category's head start) divided
by its service's target, times its category's weight. Source: Stanford, Taylor & Ziedins, "Waiting
time distributions in the accumulating priority queue", Queueing Systems 77 (2014). The urgency of
everybody who waits grows without bound, so nobody is starved.

Within one service, category and destination the order is always that of ``accrues_from``; so a
counter's choice is made among the *heads* of these lines only, however many people wait.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import takewhile

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


def may_call(counter: Counter, candidate: Candidate) -> bool:
    """Whether ``counter`` may take this candidate by itself."""
    if candidate.for_counter is not None:
        return candidate.for_counter == counter.number
    return candidate.service in counter.services


def ranked(
    branch: Branch, counter: Counter, waiting: Iterable[Candidate], now: datetime
) -> list[Pick]:
    """Everybody whom ``counter`` may call, the next one first."""
    candidates = [candidate for candidate in waiting if may_call(counter, candidate)]
    match branch.policy:
        case Policy.FIFO:
            return _in_order_of_arrival(branch, counter, candidates, now)
        case Policy.STRICT:
            return _in_order_of_category(branch, counter, candidates, now)
        case Policy.ACCUMULATING:
            return _in_order_of_urgency(branch, counter, candidates, now)


def pick(
    branch: Branch, counter: Counter, waiting: Iterable[Candidate], now: datetime
) -> Pick | None:
    """Whom ``counter`` calls next; ``None`` when nobody waits for it.

    ``waiting`` may be everybody, or just the heads of the lines: the answer is the same.
    """
    order = ranked(branch, counter, waiting, now)
    return order[0] if order else None


def _in_order_of_arrival(
    branch: Branch, counter: Counter, candidates: list[Candidate], now: datetime
) -> list[Pick]:
    candidates.sort(key=lambda c: (_effective_arrival(branch, c), c.ticket))
    return [
        _pick(branch, counter, candidate, now, PickReason.ARRIVED_FIRST) for candidate in candidates
    ]


def _in_order_of_category(
    branch: Branch, counter: Counter, candidates: list[Candidate], now: datetime
) -> list[Pick]:
    weights = {category.code: category.weight for category in branch.categories}
    candidates.sort(key=lambda c: (-weights[c.category], c.accrues_from, c.ticket))
    lowest = min(weights.values(), default=0.0)
    return [
        _pick(
            branch,
            counter,
            candidate,
            now,
            PickReason.CATEGORY_FIRST
            if weights[candidate.category] > lowest
            else PickReason.ARRIVED_FIRST,
        )
        for candidate in candidates
    ]


def _in_order_of_urgency(
    branch: Branch, counter: Counter, candidates: list[Candidate], now: datetime
) -> list[Pick]:
    left = sorted(
        ((urgency(branch, c, now), c) for c in candidates),
        key=lambda pair: (-pair[0], pair[1].accrues_from, pair[1].ticket),
    )
    order = []
    while left:
        tied = takewhile(lambda pair: pair[0] >= left[0][0] - NEAR_TIE, left)
        chosen, _ = min(enumerate(tied), key=lambda place: counter.rank(place[1][1].service))
        reason = PickReason.BEST_AT if chosen else PickReason.TARGET_USED
        value, candidate = left.pop(chosen)
        order.append(_pick(branch, counter, candidate, now, reason, value))
    return order


def _effective_arrival(branch: Branch, candidate: Candidate) -> datetime:
    return candidate.accrues_from - branch.category(candidate.category).head_start


def _pick(
    branch: Branch,
    counter: Counter,
    candidate: Candidate,
    now: datetime,
    reason: PickReason,
    known_urgency: float | None = None,
) -> Pick:
    if candidate.for_counter == counter.number:
        reason = PickReason.SENT_HERE
    value = urgency(branch, candidate, now) if known_urgency is None else known_urgency
    return Pick(candidate=candidate, urgency=value, reason=reason)
