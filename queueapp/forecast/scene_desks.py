"""From the live picture of a branch to the counters of a scene and to what visits take there."""

from datetime import datetime

import numpy as np

from queueapp.domain.branch import Counter
from queueapp.domain.desk import DeskState
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import LegState, Ticket
from queueapp.domain.words import CounterNumber, StaffCode
from queueapp.forecast import luck
from queueapp.forecast.arrays import Flags, Numbers, Seconds
from queueapp.forecast.knowledge import Knowledge
from queueapp.forecast.presence import Presence
from queueapp.forecast.quantile_table import LEVELS, left_of, overdue, quantile
from queueapp.forecast.scene import Desks, Services

BEYOND = 1e-3
NOT_YET_UNATTENDED = 900.0
"""Seconds that a desk may let people wait before it is taken to be unattended, as long as nobody
has learned how soon this branch calls."""
_SERVICE, _BETWEEN, _NO_SHOW, _NO_SHOW_COST, _PAUSES, _PAUSE, _LEFT = 0, 1, 2, 3, 7, 8, 20
"""Purposes of luck, as in :mod:`queueapp.forecast.kernel_luck`."""


def locations(live: LiveBranch, knowledge: Knowledge, *, replicates: int, seed: int) -> Numbers:
    """The middle of the logarithm of occupancy, shape (R, S, C).

    Drawn anew in each replicate from what is known of the service, the clerk and the day.
    """
    occupancy = knowledge.occupancy
    places = len(occupancy.mean)
    services = np.array(
        [
            luck.spread_scores(luck.key(seed, luck.OF_SERVICES, place), replicates)
            for place in range(places)
        ]
    ).reshape(places, replicates)
    by_service = occupancy.mean[:, np.newaxis] + occupancy.deviation[:, np.newaxis] * services
    today = occupancy.today.mean + occupancy.today.deviation * luck.spread_scores(
        luck.key(seed, luck.OF_DAYS), replicates
    )
    counters = live.branch.counters
    by_counter = np.zeros((len(counters), replicates))
    for place, counter in enumerate(counters):
        clerk = occupancy.clerks.get(clerk_at(live, counter.number), occupancy.unknown_clerk)
        scores = luck.spread_scores(luck.key(seed, luck.OF_COUNTERS, counter.number), replicates)
        by_counter[place] = clerk.mean + clerk.deviation * scores
    by_service_today = by_service.T + today[:, np.newaxis]
    return np.ascontiguousarray(by_service_today[:, :, np.newaxis] + by_counter.T[:, np.newaxis, :])


def clerk_at(live: LiveBranch, counter: CounterNumber) -> StaffCode:
    """Who works at ``counter``; where nobody is named, the counter itself stands for its clerk."""
    in_hand = live.in_hand(counter)
    staff = live.desk(counter).staff or (in_hand.leg.staff if in_hand else None)
    return staff or StaffCode(f"#{counter}")


def services_of(knowledge: Knowledge, location: Numbers) -> Services:
    """What visits take, as the simulation reads it."""
    occupancy, losses = knowledge.occupancy, knowledge.losses
    return Services(
        location=location,
        residual=occupancy.residual,
        between=occupancy.between,
        response=occupancy.response,
        pauses=knowledge.slips.pauses,
        pause=knowledge.slips.unsaid_pause,
        no_show=losses.no_show,
        no_show_cost=losses.no_show_cost,
        leaving=losses.leaving,
        goes_on=losses.goes_on,
        goes_on_with=np.cumsum(losses.goes_on_with, axis=1),
    )


def desks_of(
    live: LiveBranch,
    now: datetime,
    knowledge: Knowledge,
    presence: Presence,
    location: Numbers,
    *,
    seed: int,
    staffing_known: bool,
) -> tuple[Desks, Seconds]:
    """The counters, and when each is done with the customer in hand (shape (R, C), no pauses).

    A customer occupies the counter since the call. Somebody who was on hold in between is reckoned
    from when the counter was last done with somebody else, at the latest. A counter that could
    call somebody who waits and does not is taken to be unattended: the longer, the longer still.
    """
    counters = live.branch.counters
    replicates = len(location)
    freed = latest_freed(live)
    services = service_places_of(knowledge)
    done = np.zeros((replicates, len(counters)))
    free_at = np.zeros_like(done)
    idle = np.zeros(len(counters), dtype=np.bool_)
    for place, counter in enumerate(counters):
        ticket = live.in_hand(counter.number)
        if ticket is not None and ticket.leg.service in services:
            left = _in_hand(ticket, place, now, knowledge, location, freed, seed)
            done[:, place] = left
            free_at[:, place] = left + _until_next_call(ticket, knowledge, seed, replicates)
            continue
        draws = luck.counter_chances(seed, counter.number, replicates, _LEFT)
        elapsed = _unattended_for(live, counter, now, freed, staffing_known=staffing_known)
        if elapsed is None:
            idle[place] = True
        elif np.isinf(elapsed):
            free_at[:, place] = np.inf
        else:
            free_at[:, place] = _unattended_still(knowledge, elapsed, draws)
    return (
        Desks(
            free_at=free_at,
            idle=idle,
            begins=presence.begins,
            ends=presence.ends,
            pause_after=presence.pause_after,
        ),
        done,
    )


def latest_freed(live: LiveBranch) -> dict[CounterNumber, datetime]:
    """When each counter was last done with somebody, or put them on hold."""
    latest: dict[CounterNumber, datetime] = {}
    for leg in (leg for ticket in live.tickets.values() for leg in ticket.legs):
        freed = leg.held_at or leg.ended_at
        if leg.counter is not None and freed is not None:
            latest[leg.counter] = max(freed, latest.get(leg.counter, freed))
    return latest


def _unattended_for(
    live: LiveBranch,
    counter: Counter,
    now: datetime,
    freed: dict[CounterNumber, datetime],
    *,
    staffing_known: bool,
) -> float | None:
    """Seconds since ``counter`` could have called somebody; ``None``: nobody waits for it.

    Where nobody recorded who is there, whoever has nobody in hand is taken to be away, since the
    last call's end; ``inf``: was not seen today.
    """
    if not staffing_known:
        last = freed.get(counter.number)
        return np.inf if last is None else max((now - last).total_seconds(), 0.0)
    desk = live.desk(counter.number)
    if desk.state is DeskState.CLOSED:
        return 0.0
    waiting = [
        max(leg.waiting_since, leg.not_before or leg.waiting_since)
        for leg in (ticket.leg for ticket in live.waiting)
        if leg.for_counter == counter.number
        or (leg.for_counter is None and leg.service in counter.services)
    ]
    waiting = [since for since in waiting if since <= now]
    if not waiting:
        return None if desk.state is DeskState.OPEN else 0.0
    if desk.state is DeskState.PAUSED:
        return 0.0
    begins = [min(waiting), freed.get(counter.number), desk.since]
    return max((now - max(b for b in begins if b is not None)).total_seconds(), 0.0)


def _unattended_still(knowledge: Knowledge, elapsed: float, chances: Numbers) -> Seconds:
    between = knowledge.occupancy.between
    if between[-1] <= 0 and elapsed < NOT_YET_UNATTENDED:
        return np.zeros_like(chances)
    return left_of(between, elapsed, chances)


def _in_hand(
    ticket: Ticket,
    place: int,
    now: datetime,
    knowledge: Knowledge,
    location: Numbers,
    freed: dict[CounterNumber, datetime],
    seed: int,
) -> Seconds:
    """How much longer the customer stays, shape (R,)."""
    leg = ticket.leg
    replicates = len(location)
    own = luck.ticket_key(seed, ticket.id)
    called = leg.called_at or now
    since = max(called, freed.get(leg.counter, called)) if leg.counter is not None else called
    elapsed = max((now - since).total_seconds(), 0.0)
    service = service_places_of(knowledge)[leg.service]
    left = _visit_left(
        location[:, service, place],
        knowledge.occupancy.residual[service],
        elapsed,
        luck.chances(own, replicates, _SERVICE),
    )
    if leg.state is not LegState.CALLED:
        return left
    waited = max((called - leg.counts_from).total_seconds(), 0.0)
    missing = knowledge.losses.no_show[0] + knowledge.losses.no_show[1] * waited
    gone = luck.chances(own, replicates, _NO_SHOW) < missing
    cost = luck.chances(own, replicates, _NO_SHOW_COST)
    return np.where(gone, left_of(knowledge.losses.no_show_cost, elapsed, cost), left)


def service_places_of(knowledge: Knowledge) -> dict[str, int]:
    """Where each service stands in ``knowledge``."""
    return {service: place for place, service in enumerate(knowledge.services)}


def _visit_left(location: Numbers, table: Numbers, elapsed: float, chances: Numbers) -> Seconds:
    """The quantiles of what is longer than ``elapsed``, less ``elapsed``, shape (R,)."""
    deviations = np.log(max(elapsed, 1e-3)) - location
    passed = _shares_below(table, deviations)
    left = np.exp(location + quantile(table, passed + (1 - passed) * chances)) - elapsed
    return np.where(passed < 1 - BEYOND, np.maximum(left, 0.0), overdue(elapsed, chances))


def _shares_below(table: Numbers, values: Numbers) -> Flags | Numbers:
    inside = np.interp(values, table, LEVELS)
    return np.where(values <= table[0], 0.0, np.where(values > table[-1], 1.0, inside))


def _until_next_call(ticket: Ticket, knowledge: Knowledge, seed: int, replicates: int) -> Seconds:
    own = luck.ticket_key(seed, ticket.id)
    between = quantile(knowledge.occupancy.between, luck.chances(own, replicates, _BETWEEN))
    pauses = luck.chances(own, replicates, _PAUSES) < knowledge.slips.pauses
    pause = quantile(knowledge.slips.unsaid_pause, luck.chances(own, replicates, _PAUSE))
    return np.asarray(between + np.where(pauses, pause, 0.0))
