"""Who will come for the rest of the day, and who comes back, as the simulation reads it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import numpy as np

from queueapp.domain.branch import Branch, Service
from queueapp.domain.hours import is_service_open
from queueapp.domain.live import LiveBranch
from queueapp.domain.remote import are_remote_paused, remote_share
from queueapp.domain.words import ServiceCode
from queueapp.forecast import luck
from queueapp.forecast.arrays import Numbers, Seconds
from queueapp.forecast.knowledge import SLOTS, Knowledge, known_services, service_places
from queueapp.forecast.planned_day import seconds_of_day
from queueapp.forecast.quantile_table import left_of
from queueapp.forecast.scene import Arrivals, Later
from queueapp.forecast.scene_people import ALL_ALONG, Hall, hold_lines

SLOT = 1800.0
"""Seconds."""
STAY_AWAY = 0.5
"""Of those who get no ticket from outside, so many are not seen in the hall instead.

Nobody has measured it; somewhere between all and none of them, and what follows says so.
"""
LEAST_SHARE = 0.02
"""Who goes on with a service that fewer than this go on with is not followed."""
_HOLD, _COMES_BACK, _GOES_ON, _GOES_ON_WITH = 30, 31, 5, 6


def arrivals_of(
    branch: Branch,
    now: datetime,
    knowledge: Knowledge,
    *,
    replicates: int,
    seed: int,
    with_booked: bool,
    kept: Mapping[ServiceCode, float],
) -> Arrivals:
    """Walk-ins from ``now`` to midnight.

    ``with_booked``: appointments are known, so that those who have one are not drawn again.
    """
    clock = seconds_of_day(branch, now)
    first = min(int(clock // SLOT), SLOTS - 1)
    expected = knowledge.expected_arrivals(branch.day(now))[first:].copy()
    if with_booked:
        expected[:, :, [c.by_appointment for c in branch.categories]] = 0.0
    for place, service in enumerate(known_services(branch)):
        expected[:, place] *= _open_slots(branch, service, now, first)[:, np.newaxis]
    ends = (np.arange(first, SLOTS) + 1) * SLOT - clock
    expected[0] *= min(max(ends[0], 0.0) / SLOT, 1.0)
    by_line = expected.reshape(len(expected), -1)
    totals = by_line.sum(axis=1)
    share = np.cumsum(by_line, axis=1) / np.maximum(totals, 1e-12)[:, np.newaxis]
    services = known_services(branch)
    return Arrivals(
        edges=np.concatenate([[0.0], ends]),
        expected=np.concatenate([[0.0], np.cumsum(totals)]),
        share=np.ascontiguousarray(share),
        factor=_factor(knowledge, replicates, seed),
        kept=np.array([kept.get(service.code, 1.0) for service in services]),
        luck=luck.key(seed, luck.OF_ARRIVALS) >> 1,
    )


def kept_of(live: LiveBranch, now: datetime) -> dict[ServiceCode, float]:
    """The share of arrivals that still comes for services whose remote tickets are paused."""
    return {
        service.code: 1 - STAY_AWAY * remote_share(live, service.code, now)
        for service in live.branch.services
        if are_remote_paused(live.branch, service, now)
    }


def later_of(
    live: LiveBranch,
    hall: Hall,
    now: datetime,
    knowledge: Knowledge,
    done: Seconds,
    *,
    seed: int,
) -> Later:
    """Who comes back from hold, and who goes on with another service after the present one.

    ``done``: when each counter is done with the customer in hand, shape (R, C).
    """
    replicates = len(done)
    line: list[int] = []
    accrues: list[float] = []
    at: list[Seconds] = []
    keys: list[int] = []
    for ticket, place in zip(hall.held, hold_lines(hall, live.branch), strict=True):
        own = luck.ticket_key(seed, ticket.id)
        elapsed = max((now - (ticket.leg.held_at or now)).total_seconds(), 0.0)
        left = left_of(knowledge.losses.hold, elapsed, luck.chances(own, replicates, _HOLD))
        back = luck.chances(own, replicates, _COMES_BACK) < knowledge.losses.comes_back
        line.append(hall.lines.index(place))
        accrues.append(-ALL_ALONG)
        at.append(np.where(back, left, np.inf))
        keys.append(own)
    for following, own, since, moments in _going_on(live, knowledge, done, now, seed):
        line.append(following)
        accrues.append(since)
        at.append(moments)
        keys.append(own)
    return Later(
        line=np.array(line, dtype=np.intp),
        accrues=np.array(accrues, dtype=np.float64),
        at=np.ascontiguousarray(np.array(at).reshape(len(at), replicates).T),
        luck=np.array(keys, dtype=np.uint64),
    )


def _going_on(
    live: LiveBranch, knowledge: Knowledge, done: Seconds, now: datetime, seed: int
) -> list[tuple[int, int, float, Seconds]]:
    """Line, luck, place and times of everybody in hand who may go on with another service."""
    branch = live.branch
    services = service_places(branch)
    categories = {category.code: place for place, category in enumerate(branch.categories)}
    replicates = len(done)
    found = []
    for place, counter in enumerate(branch.counters):
        ticket = live.in_hand(counter.number)
        if ticket is None or ticket.leg.service not in services:
            continue
        leg = ticket.leg
        service, category = services[leg.service], categories.get(leg.category)
        own = luck.ticket_key(seed, ticket.id)
        goes = luck.chances(own, replicates, _GOES_ON) < knowledge.losses.goes_on[service]
        if category is None or not goes.any():
            continue
        shares = knowledge.losses.goes_on_with[service]
        chosen = np.searchsorted(
            np.cumsum(shares), luck.chances(own, replicates, _GOES_ON_WITH), side="right"
        )
        for following in np.flatnonzero(shares >= LEAST_SHARE).tolist():
            moments = np.where(goes & (chosen == following), done[:, place], np.inf)
            since = (leg.accrues_from - now).total_seconds()
            line = following * len(categories) + category
            found.append((line, luck.key(own, following), since, moments))
    return found


def _factor(knowledge: Knowledge, replicates: int, seed: int) -> Numbers:
    """Today against the usual, as sure as it is: gamma, by its cube root (Wilson & Hilferty)."""
    comings = knowledge.comings
    scores = luck.spread_scores(luck.key(seed, luck.OF_ARRIVALS, 1), replicates)
    shape = max(comings.certainty * comings.today, 1.0)
    cube = 1 - 1 / (9 * shape) + scores / (3 * np.sqrt(shape))
    return np.asarray(np.maximum(comings.today * cube**3, 1e-6))


def _open_slots(branch: Branch, service: Service, now: datetime, first: int) -> Numbers:
    """1 for the half hours in which ``service`` takes customers, shape (slots,)."""
    if not service.is_open:
        return np.zeros(SLOTS - first)
    if not service.opening:
        return np.ones(SLOTS - first)
    begins = now - timedelta(seconds=seconds_of_day(branch, now))
    middles = (begins + timedelta(seconds=(slot + 0.5) * SLOT) for slot in range(first, SLOTS))
    return np.array([float(is_service_open(branch, service, middle)) for middle in middles])
