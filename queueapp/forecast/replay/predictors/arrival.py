"""What every predictor may know when somebody takes a ticket: the queue at that moment."""

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from queueapp.domain import routing
from queueapp.domain.branch import Branch, Counter
from queueapp.domain.desk import DeskState
from queueapp.domain.hours import shifts_today
from queueapp.domain.live import LiveBranch, candidate_of
from queueapp.domain.ticket import Ticket
from queueapp.domain.words import CategoryCode, CounterNumber, ServiceCode
from queueapp.forecast.planned_day import seconds_to

FREE_FOR = timedelta(seconds=60)
"""Where nobody recorded desks, a counter that finished so lately is taken to be there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """The queue as somebody finds it.

    ``counters`` are those that serve this person or anybody who competes with this person.
    """

    now: datetime
    local: datetime
    service: ServiceCode
    category: CategoryCode
    ahead: Mapping[ServiceCode, int]
    """People whom the policy places before this one now, at the same counters, by service."""
    waiting: Mapping[ServiceCode, int]
    """Everybody who waits, by service, without this one."""
    in_hand: Sequence[tuple[ServiceCode, float]]
    """Service and seconds since the call of whoever is at one of the counters."""
    counters: int
    """How many that serve this person are open."""
    free: int
    """How many of them have nobody in hand."""
    open_counters: int
    """How many are open in all."""
    head: float | None
    """Seconds that the longest waiting of this service and category has waited."""
    staffing: Sequence[tuple[float, int]]
    """How many of the counters will be open from so many seconds on, as far as it is planned."""

    @property
    def people_ahead(self) -> int:
        """All who are placed before this person."""
        return sum(self.ahead.values())


def arrival_of(ticket: Ticket, live: LiveBranch, now: datetime, *, staffing_known: bool) -> Arrival:
    """The queue as ``ticket``, which is waiting in ``live`` since now, finds it."""
    branch, leg = live.branch, ticket.leg
    present = _present(live, now, staffing_known=staffing_known)
    reachable = _meeting(leg.service, present)
    serving = [counter for counter in present if reachable.intersection(counter.services)]
    others = [other for other in live.waiting if other.id != ticket.id]
    own = routing.precedence(branch, candidate_of(ticket), now)
    before = [
        other
        for other in others
        if other.leg.service in reachable
        and routing.precedence(branch, candidate_of(other), now) < own
    ]
    same_line = [
        other.leg.counts_from
        for other in others
        if (other.leg.service, other.leg.category) == (leg.service, leg.category)
    ]
    hands = [live.in_hand(counter.number) for counter in serving]
    return Arrival(
        now=now,
        local=branch.local(now),
        service=leg.service,
        category=leg.category,
        ahead=Tally(other.leg.service for other in before),
        waiting=Tally(other.leg.service for other in others),
        in_hand=[
            (hand.leg.service, (now - (hand.leg.called_at or now)).total_seconds())
            for hand in hands
            if hand is not None
        ],
        counters=len(serving),
        free=sum(hand is None for hand in hands),
        open_counters=len(present),
        head=max((now - min(same_line)).total_seconds(), 0.0) if same_line else None,
        staffing=_staffing(branch, serving, live, reachable, now) if staffing_known else (),
    )


def _meeting(service: ServiceCode, counters: list[Counter]) -> set[ServiceCode]:
    """The services whose customers compete with those of ``service``, directly or round a corner.

    They share a counter, or each shares one with a third. So most halls are one queue, and people
    ahead are divided among all of its counters: better than each line by itself.
    """
    reached = {service}
    while True:
        wider = reached.union(*(c.services for c in counters if reached.intersection(c.services)))
        if wider == reached:
            return reached
        reached = wider


def _present(live: LiveBranch, now: datetime, *, staffing_known: bool) -> list[Counter]:
    """The counters that are open, or seem to be."""
    branch = live.branch
    if staffing_known:
        return [c for c in branch.counters if live.desk(c.number).state is DeskState.OPEN]
    lately = {
        ticket.leg.counter
        for ticket in live.tickets.values()
        if ticket.leg.ended_at is not None and now - ticket.leg.ended_at <= FREE_FOR
    }
    return [
        counter
        for counter in branch.counters
        if live.in_hand(counter.number) is not None or counter.number in lately
    ]


def _staffing(
    branch: Branch,
    serving: list[Counter],
    live: LiveBranch,
    services: set[ServiceCode],
    now: datetime,
) -> list[tuple[float, int]]:
    """The planned number of counters for ``services``, from each change of it on.

    Who is open now stays until the roster ends a shift or begins a break; who is paused comes back
    when that was said; who is not there yet comes when a shift begins.
    """
    here: set[CounterNumber] = {counter.number for counter in serving}
    changes: list[tuple[float, int]] = []
    for counter in branch.counters:
        if not services.intersection(counter.services):
            continue
        is_here = counter.number in here
        desk = live.desk(counter.number)
        if desk.state is DeskState.PAUSED and desk.expected_end is not None:
            changes.append((max((desk.expected_end - now).total_seconds(), 0.0), 1))
            is_here = True
        for seconds, step in _roster_steps(branch, counter, now):
            if (step > 0) != is_here:
                changes.append((seconds, step))
                is_here = step > 0
    number = len(serving)
    staffing = []
    for seconds, step in sorted(changes):
        number += step
        staffing.append((seconds, number))
    return staffing


def _roster_steps(branch: Branch, counter: Counter, now: datetime) -> list[tuple[float, int]]:
    """When the roster lets ``counter`` begin (+1) and stop (-1) after now, in order."""
    steps = []
    for shift in shifts_today(branch, counter, now):
        moments = [(shift.span.starts, 1), (shift.span.ends, -1)]
        for pause in shift.breaks:
            moments += [(pause.starts, -1), (pause.ends, 1)]
        steps += [(seconds_to(branch, moment, now), step) for moment, step in moments]
    return sorted(step for step in steps if step[0] > 0)
