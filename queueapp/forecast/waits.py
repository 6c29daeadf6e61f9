"""How long everybody will wait: the estimates of one branch at one moment."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from queueapp.domain.estimate import Estimate, Estimates, Forecast, NoEstimate
from queueapp.domain.hours import is_service_open
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import CounterNumber, ServiceCode, TicketId
from queueapp.forecast.arrays import Numbers, Seconds
from queueapp.forecast.durations import ConfiguredDurations, Durations, service_places
from queueapp.forecast.lines import queue_of
from queueapp.forecast.luck import ticket_chances
from queueapp.forecast.presence import presence_of
from queueapp.forecast.queue import Queue
from queueapp.forecast.simulation import Calls, simulate

REPLICATES = 200
"""Enough for the P90; the median needs half as many."""
SEED = 20_260_101
"""Any number: the same one each time, so that estimates move only when the branch does."""
UNCALLED_ALLOWED = 0.2
"""With a larger share of replicates in which somebody is not called before the day ends (or the
last desk closes), a P80 would be a promise that nobody can give: the answer is in words."""
CHANCES = (0.1, 0.5, 0.8, 0.9)


def forecast(
    live: LiveBranch,
    now: datetime,
    *,
    replicates: int = REPLICATES,
    seed: int = SEED,
    durations: Durations | None = None,
) -> Estimates:
    """The waits of all who wait in ``live``, and of whoever would arrive ``now`` (aware).

    Simulates the branch's own queue ``replicates`` times with ``durations``, by default those
    that the branch configured. An appointment is taken to be due now when it arrives now.
    """
    queue = queue_of(live, now)
    calls = calls_ahead(
        live,
        now,
        queue,
        durations or ConfiguredDurations(live.branch),
        replicates=replicates,
        seed=seed,
    )
    waiting: dict[TicketId, Forecast] = dict.fromkeys(
        (ticket.id for ticket in live.waiting), NoEstimate.NOBODY_SERVES
    )
    waiting.update(zip(queue.tickets, _forecasts(calls.waiting), strict=True))
    arriving = dict(zip(queue.newcomers, _forecasts(calls.newcomers), strict=True))
    return Estimates(
        made_at=now,
        revision=live.revision,
        waiting=waiting,
        arriving={
            newcomer: _unless_closed(live, newcomer[0], now, found)
            for newcomer, found in arriving.items()
        },
    )


def calls_ahead(
    live: LiveBranch,
    now: datetime,
    queue: Queue,
    durations: Durations,
    *,
    replicates: int,
    seed: int,
) -> Calls:
    """When everybody in ``queue`` is called, in each of ``replicates`` ways the day may go."""
    return simulate(
        queue,
        presence_of(live, now, replicates=replicates, seed=seed),
        durations,
        free_at=free_at(live, now, durations, replicates=replicates, seed=seed),
        chances=_luck(queue.tickets, replicates=replicates, seed=seed),
    )


def _unless_closed(
    live: LiveBranch, service: ServiceCode, now: datetime, found: Forecast
) -> Forecast:
    if not is_service_open(live.branch, live.branch.service(service), now):
        return NoEstimate.SERVICE_CLOSED
    return found


def _luck(tickets: Sequence[TicketId], *, replicates: int, seed: int) -> Numbers:
    """Shape (replicates, tickets)."""
    if not tickets:
        return np.empty((replicates, 0))
    return np.column_stack([ticket_chances(seed, ticket, replicates) for ticket in tickets])


def free_at(
    live: LiveBranch, now: datetime, durations: Durations, *, replicates: int, seed: int
) -> Seconds:
    """When each counter is done with the customer in hand; shape (replicates, counters).

    A customer occupies the counter since the call. Somebody who was on hold in between is reckoned
    from when the counter was last done with somebody else, at the latest.
    """
    branch = live.branch
    freed = _latest_freed(live)
    services = service_places(branch)
    free = np.zeros((replicates, len(branch.counters)))
    for place, counter in enumerate(branch.counters):
        ticket = live.in_hand(counter.number)
        if ticket is None or ticket.leg.service not in services:
            continue
        called = ticket.leg.called_at or now
        elapsed = (now - max(called, freed.get(counter.number, called))).total_seconds()
        free[:, place] = durations.remaining(
            np.full(replicates, services[ticket.leg.service], dtype=np.intp),
            np.full(replicates, place, dtype=np.intp),
            np.full(replicates, max(elapsed, 0.0)),
            ticket_chances(seed, ticket.id, replicates),
        )
    return free


def _latest_freed(live: LiveBranch) -> dict[CounterNumber, datetime]:
    """When each counter was last done with somebody, or put them on hold."""
    latest: dict[CounterNumber, datetime] = {}
    for leg in (leg for ticket in live.tickets.values() for leg in ticket.legs):
        freed = leg.held_at or leg.ended_at
        if leg.counter is not None and freed is not None:
            latest[leg.counter] = max(freed, latest.get(leg.counter, freed))
    return latest


def _forecasts(calls: Seconds) -> list[Forecast]:
    """One per column of ``calls`` (shape: replicates, people)."""
    called = np.isfinite(calls)
    latest = np.where(called, calls, 0.0).max(axis=0)
    ranges = np.quantile(np.where(called, calls, latest), CHANCES, axis=0).T
    promised = (~called).mean(axis=0) <= UNCALLED_ALLOWED
    return [
        _estimate(*seconds) if can_promise else NoEstimate.NOBODY_SERVES
        for seconds, can_promise in zip(ranges.tolist(), promised.tolist(), strict=True)
    ]


def _estimate(p10: float, p50: float, p80: float, p90: float) -> Estimate:
    return Estimate(p10=p10, p50=p50, p80=p80, p90=p90)
