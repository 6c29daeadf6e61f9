"""Whole days of a hall, played by the domain's own verbs and routing, and what they promised.

Nothing of the forecast decides what happens here; it is only asked, as each ticket is issued.
"""

import heapq
from dataclasses import dataclass, field, replace
from datetime import timedelta
from math import log, sqrt

import numpy as np

from queueapp.domain import routing
from queueapp.domain import ticket as verbs
from queueapp.domain.branch import Branch, Counter, Policy
from queueapp.domain.estimate import Estimate
from queueapp.domain.live import candidate_of
from queueapp.domain.ticket import Leg, LegState, Ticket
from queueapp.domain.words import CategoryCode, CounterNumber, TicketId
from tests.domain.samples import (
    BILLS,
    COMPLAINTS,
    LINES,
    NOON,
    NORMAL,
    PRIORITY,
    SARA,
    a_branch,
    a_ticket,
)
from tests.forecast.halls import a_hall, forecast, in_numbers

SKILLS = ((BILLS, LINES), (BILLS,), (LINES, COMPLAINTS, BILLS), (COMPLAINTS, LINES))
BUSY_HOURS = 5
SECONDS_BETWEEN_ARRIVALS = 150.0


def a_busy_branch(policy: Policy) -> Branch:
    """Four counters with different skills."""
    counters = tuple(
        Counter(number=CounterNumber(place + 1), services=skills)
        for place, skills in enumerate(SKILLS)
    )
    return replace(a_branch(), policy=policy, counters=counters)


@dataclass(frozen=True)
class Outcome:
    """What one customer was promised on arrival, and how long they then waited, in seconds."""

    promised: Estimate
    waited: float


@dataclass
class Day:
    """One day; customers come at random, ``priority_share`` of them with priority."""

    branch: Branch
    seed: int
    priority_share: float
    outcomes: list[Outcome] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._chance = np.random.default_rng(self.seed)
        self._tickets: dict[TicketId, Ticket] = {}
        self._promised: dict[TicketId, Estimate] = {}
        self._events: list[tuple[float, TicketId | None]] = []

    def play(self) -> list[Outcome]:
        """Until the last customer is served."""
        seconds = 0.0
        while seconds < BUSY_HOURS * 3600:
            seconds += self._chance.exponential(SECONDS_BETWEEN_ARRIVALS)
            self._events.append((seconds, None))
        while self._events:
            now, finished = heapq.heappop(self._events)
            if finished is None:
                self._issue(now)
            else:
                del self._tickets[finished]
            self._call_whoever_is_next(now)
        return self.outcomes

    def _issue(self, now: float) -> None:
        moment = NOON + timedelta(seconds=now)
        service = self._chance.choice([BILLS, LINES, COMPLAINTS], p=[0.6, 0.25, 0.15])
        is_urgent = self._chance.random() < self.priority_share
        category: CategoryCode = PRIORITY if is_urgent else NORMAL
        ticket = a_ticket(
            len(self._promised), service=service, category=category, arrived_at=moment
        )
        estimates = forecast(a_hall(self.branch, self._tickets.values()), moment)
        self._promised[ticket.id] = in_numbers(estimates.arriving[service, category])
        self._tickets[ticket.id] = ticket

    def _call_whoever_is_next(self, now: float) -> None:
        moment = NOON + timedelta(seconds=now)
        busy = {t.leg.counter for t in self._tickets.values() if t.leg.state is LegState.CALLED}
        for counter in self.branch.counters:
            waiting = [t for t in self._tickets.values() if t.leg.state is LegState.WAITING]
            pick = routing.pick(self.branch, counter, map(candidate_of, waiting), moment)
            if counter.number in busy or pick is None:
                continue
            ticket = self._tickets[pick.candidate.ticket]
            called = verbs.call(ticket, counter=counter.number, staff=SARA, at=moment)
            self._tickets[ticket.id] = called
            waited = (moment - ticket.arrived_at).total_seconds()
            self.outcomes.append(Outcome(self._promised[ticket.id], waited))
            heapq.heappush(self._events, (now + self._duration(called.leg), ticket.id))

    def _duration(self, leg: Leg) -> float:
        service = self.branch.service(leg.service)
        mean, spread = service.mean.total_seconds(), service.spread.total_seconds()
        variance = log(1 + (spread / mean) ** 2)
        return float(self._chance.lognormal(log(mean) - variance / 2, sqrt(variance)))
